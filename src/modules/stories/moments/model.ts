import type { Day } from '#platform/clock.ts';
import type { DatePrecision, EventKind } from '../../initiatives/model.ts';
import type { SaidPrecision } from '../document/model.ts';
import type { ReadBlock, Voice } from '../reading/model.ts';

/** One telling of a life event by whoever keeps the record: an initiative, a verifier, public sources. */
export interface MomentFact {
  readonly fact: string;
  readonly kind: EventKind;
  readonly day: Day | null;
  readonly precision: DatePrecision;
  readonly saidBy: string;
  readonly initiative: { readonly id: string; readonly slug: string; readonly name: string };
  readonly text: { readonly language: string; readonly words: string } | null;
}

/** A moment: a life event with every telling of it, and with those of other initiatives that lived it too. */
export interface Moment {
  readonly key: string;
  /** Every key under which a voice may have named it. */
  readonly facts: readonly MomentFact[];
}

/** What one voice tells of one moment, in its own order. */
export interface Passage {
  readonly voice: Voice;
  /** What the voice calls it; empty when it uses the moment's own name. */
  readonly called: string;
  readonly calledIn: string;
  readonly said: { readonly day: Day; readonly precision: SaidPrecision } | null;
  readonly blocks: readonly ReadBlock[];
  /** Whether there is more of it on the page of the telling. */
  readonly cut: boolean;
}

export interface MomentRow {
  /** Null for a moment of an invented story, which no record holds. */
  readonly moment: Moment | null;
  readonly key: string;
  readonly passages: readonly Passage[];
}

/** What is shown of a passage beside others; the whole stands on the page of the telling. */
const lettersAtOnce = 1_400;

/** The key under which facts are one moment: tied ones share it, and what tells one differently belongs to it. */
export function momentsFrom(rows: readonly (MomentFact & { readonly moment: string })[]): Moment[] {
  const found = new Map<string, MomentFact[]>();
  for (const { moment, ...fact } of rows) found.set(moment, [...(found.get(moment) ?? []), fact]);
  const first = (facts: readonly MomentFact[]) => facts.map(({ day }) => day ?? '9999').sort()[0] ?? '9999';
  return [...found]
    .map(([key, facts]) => ({ key, facts }))
    .sort((a, b) => (first(a.facts) === first(b.facts) ? 0 : first(a.facts) < first(b.facts) ? -1 : 1));
}

/** The different dates of a moment, each with everyone who says so. One date that all agree on stands once. */
export function datesOf(
  moment: Moment,
): { readonly day: Day | null; readonly precision: DatePrecision; readonly saidBy: readonly MomentFact[] }[] {
  const dates = new Map<string, MomentFact[]>();
  for (const fact of moment.facts) {
    const key = `${fact.day} ${fact.precision}`;
    dates.set(key, [...(dates.get(key) ?? []), fact]);
  }
  return [...dates.values()].flatMap((saidBy) => {
    const [{ day, precision } = { day: null, precision: 'unknown' as const }] = saidBy;
    // Who only says that they do not know when takes nothing from who does.
    return day === null && dates.size > 1 ? [] : [{ day, precision, saidBy }];
  });
}

/** The passages of a voice: from each moment it names up to the next one. */
export function passagesOf(voice: Voice): (Passage & { readonly moment: string | null })[] {
  const passages: (Passage & { readonly moment: string | null; blocks: ReadBlock[] })[] = [];
  const begin = (block: ReadBlock | null) => {
    const named = {
      voice,
      moment: block?.moment ?? null,
      called: block?.rendered?.text ?? block?.text ?? '',
      calledIn: block?.rendered
        ? (voice.rendering?.language ?? block.language)
        : (block?.language ?? voice.language),
      said: block?.saidDay
        ? { day: block.saidDay, precision: block.saidPrecision ?? ('day' as const) }
        : null,
      blocks: [] as ReadBlock[],
      cut: false,
    };
    passages.push(named);
    return named;
  };
  let at: ReturnType<typeof begin> | null = null;
  for (const block of voice.blocks) {
    if (block.kind === 'moment') at = begin(block);
    else (at ??= begin(null)).blocks.push(block);
  }
  return passages.filter(({ blocks, called }) => blocks.length > 0 || called !== '');
}

function shortened<Given extends Passage>(passage: Given): Given {
  let letters = 0;
  const blocks = passage.blocks.filter((block, at) => {
    const before = letters;
    letters += (block.rendered?.text ?? block.text).length;
    return at === 0 || before < lettersAtOnce;
  });
  return { ...passage, blocks, cut: blocks.length < passage.blocks.length };
}

/**
 * Moments with what each voice tells of them, voices always in the same order; and beside them what voices tell under their own words.
 * A moment that none of these voices tells stays, with no passages.
 */
export function momentsWithVoices(
  moments: readonly Moment[],
  voices: readonly Voice[],
): { rows: MomentRow[]; beside: Passage[] } {
  const known = new Map(
    moments.flatMap(
      ({ key, facts }) => [[key, key], ...facts.map(({ fact }) => [fact, key])] as [string, string][],
    ),
  );
  const passages = voices.flatMap(passagesOf).map(shortened);
  // Only an invented story has moments that no record holds; of a real voice such a key could tell of a record that is kept back.
  const rowOf = ({ moment, voice }: (typeof passages)[number]) =>
    moment === null ? null : (known.get(moment) ?? (voice.invented ? moment : null));
  const own = [...new Set(passages.flatMap((passage) => rowOf(passage) ?? []))].filter(
    (key) => !moments.some((moment) => moment.key === key),
  );
  const row = (key: string, moment: Moment | null) => ({
    key,
    moment,
    passages: passages.filter((passage) => rowOf(passage) === key),
  });
  return {
    rows: [...moments.map((moment) => row(moment.key, moment)), ...own.map((key) => row(key, null))],
    beside: passages.filter((passage) => rowOf(passage) === null),
  };
}

/** A moment on the line of an initiative, and how many open voices tell it. */
export interface ToldMoment {
  readonly moment: Moment;
  readonly voices: number;
}
