import type { Tx } from '#platform/db.server.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { apart } from '../../../initiatives/relations/model.ts';
import type { Told } from '../../../sessions/landscape/landscape.ts';
import { sessionNamed } from '../../../sessions/reading/queries.server.ts';
import { wordsFor } from '../../../sessions/room/model.ts';
import type { FigureAsk, Seen } from '../model.ts';
import { landscapeDrawing } from '../views/landscape-drawing.ts';

/**
 * The landscape of a session that was held and whose minutes are open; null when there is none, or it rests on fewer than five people.
 * It names what was said by its number alone: who takes their words back takes nothing out of a figure, because they are not in it.
 */
export async function seeLandscape(
  tx: Tx,
  { session: slug }: Extract<FigureAsk, { kind: 'landscape' }>,
  say: Speech,
): Promise<Seen | null> {
  const session = await sessionNamed(tx, slug, say.language);
  const picture = session?.picture;
  if (!session || !picture || picture.people === null) return null;
  const numbers = new Map(session.statements.map(({ id, number }) => [id, number]));
  const numberOf = ({ statement }: Told) => numbers.get(statement) ?? 0;
  const name = apart(wordsFor(session.title, [say.language, session.language])?.text ?? slug);
  const title = say('figures.title.landscape', { name }).slice(0, 200);
  const heaps = picture.groups.shown ? picture.groups.sizes : [picture.people];
  const row = (told: Told, part: string) => [
    numberOf(told),
    part,
    say(`landscape.leaning.${told.leaning}`),
    told.people,
  ];
  const letter = (group: number) => say('landscape.group', { letter: String.fromCharCode(65 + group) });
  const { sharedGround: shared, lonelyButWeighty: lonely, openQuestions: open } = picture;
  return {
    title,
    alt: say('figures.alt.landscape', {
      name,
      people: picture.people,
      groups: heaps.length,
      shared: shared.length,
      lonely: lonely.length,
      open: open.length,
    }),
    facts: {
      columns: [
        say('figures.column.number'),
        say('figures.column.part'),
        say('figures.column.leaning'),
        say('figures.column.people'),
      ],
      rows: [
        ...shared.map((told) => row(told, say('landscape.shared.title'))),
        ...picture.differingVoices.flatMap(({ group, best }) => (best ? [row(best, letter(group))] : [])),
        ...lonely.map((told) => row(told, say('landscape.lonely.title'))),
        ...open.map((told) => row(told, say('landscape.open.title'))),
      ],
    },
    drawing: landscapeDrawing({
      title,
      direction: say.direction,
      heaps,
      letters: picture.groups.shown,
      shared: shared.map(numberOf),
      lonely: lonely.map(numberOf),
      open: open.map(numberOf),
      says: {
        people: (each) => say('landscape.figure.people', { each }),
        shared: say('landscape.figure.shared'),
        lonely: say('landscape.figure.lonely'),
        open: say('landscape.figure.open'),
      },
    }),
  };
}
