import type { SheetBlock } from '#platform/print/sheet.ts';
import { tongueName } from '../../../languages/naming/model.ts';
import { calledIn, type Voice } from '../../../stories/reading/model.ts';
import { laid, text, wordsIn, type Desk, type Laid } from '../model.ts';

/** How a teller allows their telling on paper. */
export interface OnPaper {
  /** The name that may stand beside it; null is none. */
  readonly called: string | null;
  /** The languages it may be printed in; null is any. */
  readonly languages: readonly string[] | null;
}

/** As many signs as a card holds; a telling is never cut within a part of it. */
const room = 1_400;

/** The parts of a telling that fit on a card, from its beginning, and whether that is all of it. */
function fitting(blocks: Voice['blocks']): {
  readonly blocks: Voice['blocks'];
  readonly whole: boolean;
} {
  const told = blocks.filter(({ text: words }) => words.trim() !== '');
  let used = 0;
  const tooMuch = told.findIndex((block, at) => (used += block.text.length) > room && at > 0);
  return { blocks: tooMuch < 0 ? told : told.slice(0, tooMuch), whole: tooMuch < 0 };
}

/** A telling as a card for the wall: the words as they were told, with a rendering beside them where the teller allows that language. */
export function cardSheet(desk: Desk, voice: Voice, { called, languages }: OnPaper): Laid {
  const { say } = desk;
  const { blocks, whole } = fitting(voice.blocks);
  const made = voice.rendering;
  const mayRender = made !== null && (languages === null || languages.includes(made.language));
  const rendered = blocks.map((block) => block.rendered);
  const from = tongueName(voice.language, say.language);
  const note = (signed: string | null) =>
    signed === null
      ? say('stories.rendering.unnamed', { from })
      : `${say('stories.rendering.by', { from })} ${signed}`;
  const renderings =
    made && mayRender && rendered.every((one) => one !== null && !one.stale)
      ? [
          {
            language: made.language,
            words: rendered.map((one) => one?.text ?? '').join('\n\n'),
            note:
              made.madeHow === 'machine' ? say('stories.rendering.machine', { from }) : note(made.signedAs),
          },
        ]
      : [];
  const unnamed = calledIn(say, { name: null, roleThen: voice.roleThen });
  const told: SheetBlock = {
    type: 'voice',
    words: blocks.map((block) => block.text).join('\n\n'),
    language: voice.language,
    called: called ?? unnamed.was ?? '',
    renderings,
  };
  return laid(desk, {
    kind: say('sheets.card'),
    title: voice.title === '' ? say('stories.telling') : wordsIn(say, voice.title, voice.language),
    blocks: [told, ...(whole ? [] : [text(say('sheets.card.more'))])],
    foot: [...(voice.invented ? [say('stories.invented.about')] : []), say('sheets.card.consent')],
  });
}
