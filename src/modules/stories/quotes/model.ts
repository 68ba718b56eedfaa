import type { Day } from '#platform/clock.ts';
import type { BlockKind, FlatBlock } from '../document/model.ts';

/** Words of one voice, held by where they stand in one block; `start` and `end` count in UTF-16. */
export interface Anchor {
  readonly block: string;
  readonly start: number;
  readonly end: number;
  readonly exact: string;
}

export type QuoteStanding = 'held' | 'asked' | 'let-go';

/** A quote as its teller sees it. */
export interface Quote extends Anchor {
  readonly id: string;
  readonly standing: QuoteStanding;
  readonly language: string;
  readonly madeOn: Day;
  /** The words of its block in the released version; null when the block is gone. */
  readonly now: string | null;
}

/** A block as far as words can be held in it. */
export type HoldingBlock = Pick<FlatBlock, 'block' | 'kind' | 'text'>;

// A block of kind 'quote' says the words of someone else, and a photo or a moment only names something.
const ownWords: readonly BlockKind[] = ['paragraph', 'heading', 'aside', 'list'];

/** Whether words of this block can be quoted as those of the teller. */
export const isOwnVoice = ({ kind }: Pick<FlatBlock, 'kind'>): boolean => ownWords.includes(kind);

const binds = /^[\p{M}\p{Emoji_Modifier}\u200d]/u;
const region = /\p{Regional_Indicator}/u;

/** How many letters of flags stand right before here: two make one flag. */
const flagLettersBefore = (text: string, at: number): number => {
  const before = [...text.slice(0, at)].reverse();
  const stop = before.findIndex((sign) => !region.test(sign));
  return stop === -1 ? before.length : stop;
};

/**
 * Whether a quote may begin or end here, in UTF-16: never within a pair of surrogates, before a combining mark, a tone of skin or
 * a joiner, after a joiner, or within a flag. By properties of signs, not by clusters, so that a newer Unicode cuts as an older one did.
 */
export function mayCut(text: string, at: number): boolean {
  if (!Number.isInteger(at) || at < 0 || at > text.length) return false;
  if (at === 0 || at === text.length) return true;
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  if (before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff) return false;
  const rest = text.slice(at, at + 2);
  if (binds.test(rest) || text[at - 1] === '\u200d') return false;
  return !(region.test(rest) && flagLettersBefore(text, at) % 2 === 1);
}

/** The places where these words stand in a text, in UTF-16, also where they overlap. */
export function standsAt(text: string, exact: string): number[] {
  const found: number[] = [];
  if (exact === '') return found;
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) found.push(at);
  return found;
}

/** The anchor of these words of a block, or null when they cannot be held there as the teller's own. */
export function hold(block: HoldingBlock, start: number, end: number): Anchor | null {
  const { text } = block;
  if (!isOwnVoice(block) || end <= start || !mayCut(text, start) || !mayCut(text, end)) return null;
  return { block: block.block, start, end, exact: text.slice(start, end) };
}

/** Whether an anchor holds in these blocks: its words stand, byte for byte, where it says. */
export function holds(anchor: Anchor, blocks: readonly HoldingBlock[]): boolean {
  const block = blocks.find((each) => each.block === anchor.block);
  return block !== undefined && hold(block, anchor.start, anchor.end)?.exact === anchor.exact;
}

/**
 * Carries an anchor from one version to the next, or answers 'asked' when only the teller can tell. It is carried within the same
 * block and kind alone: where the block's words did not change, or where `exact` stands exactly once both before and after. Words
 * that stand twice may change places with their twin, so then the teller is asked. Other blocks and voices are never looked at.
 */
export function carry(
  anchor: Anchor,
  oldBlocks: readonly HoldingBlock[],
  newBlocks: readonly HoldingBlock[],
): Anchor | 'asked' {
  const was = oldBlocks.find(({ block }) => block === anchor.block);
  const is = newBlocks.find(({ block }) => block === anchor.block);
  if (!was || !is || was.kind !== is.kind || !holds(anchor, oldBlocks)) return 'asked';
  if (was.text === is.text) return anchor;
  const [start, ...twins] = standsAt(is.text, anchor.exact);
  if (start === undefined || twins.length > 0 || standsAt(was.text, anchor.exact).length > 1) return 'asked';
  return hold(is, start, start + anchor.exact.length) ?? 'asked';
}

export interface Annotated extends Anchor {
  readonly id: string;
  readonly slug: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl' | 'auto';
  readonly madeOn: Day;
}

/**
 * A quote as a W3C Web Annotation (REC-annotation-model-20170223), for programs. The selector says the words and where they stand in
 * their block, and no word around them: those were not consented to.
 */
export function asAnnotation(quote: Annotated, home: string): Readonly<Record<string, unknown>> {
  const { direction } = quote;
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `urn:uuid:${quote.id}`,
    type: 'Annotation',
    motivation: 'highlighting',
    created: `${quote.madeOn}T00:00:00Z`,
    target: {
      type: 'SpecificResource',
      source: {
        id: `${home}/tellings/${quote.slug}#block-${quote.block}`,
        type: 'Text',
        format: 'text/html',
        language: quote.language,
        textDirection: direction,
      },
      selector: [
        { type: 'TextQuoteSelector', exact: quote.exact },
        { type: 'TextPositionSelector', start: quote.start, end: quote.end },
      ],
    },
  };
}
