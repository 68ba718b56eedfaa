import type { Tx } from '#platform/db.server.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { happenedBetween, livingOn } from '../../../initiatives/shoreline/queries.server.ts';
import { measuredDays, type FigureAsk, type Seen } from '../model.ts';
import { tideDrawing, type Water } from '../views/tide-drawing.ts';

/** The shoreline between two days: how many lived on each measured day, and what began and ended since the one before. */
export async function seeShoreline(
  tx: Tx,
  { from, until }: Extract<FigureAsk, { kind: 'shoreline' }>,
  say: Speech,
): Promise<Seen | null> {
  const days = measuredDays(from, until);
  const happened = await happenedBetween(tx, from, until, say.language);
  const waters: Water[] = [];
  for (const [at, day] of days.entries()) {
    const since = days[at - 1] ?? day;
    const told = happened.filter((each) => each.day > since && each.day <= day);
    const { there } = await livingOn(tx, day);
    waters.push({
      day,
      there,
      began: told.filter(({ kind }) => kind === 'founded').length,
      ended: told.filter(({ kind }) => kind === 'ended').length,
    });
  }
  const [first, last] = [waters[0], waters.at(-1)];
  if (!first || !last || waters.every(({ there }) => there === 0)) return null;
  const written = { from: dayIn(say.language, from), until: dayIn(say.language, until) };
  const title = say('figures.title.shoreline', written);
  const sum = (what: 'began' | 'ended') => waters.reduce((all, each) => all + each[what], 0);
  return {
    title,
    alt: say('figures.alt.shoreline', {
      ...written,
      first: first.there,
      last: last.there,
      began: sum('began'),
      ended: sum('ended'),
    }),
    facts: {
      columns: [
        say('figures.column.day'),
        say('figures.column.there'),
        say('figures.column.began'),
        say('figures.column.ended'),
      ],
      rows: waters.map(({ day, there, began, ended }, at) => [
        day,
        there,
        at === 0 ? null : began,
        at === 0 ? null : ended,
      ]),
    },
    drawing: tideDrawing({
      title,
      waters,
      direction: say.direction,
      says: {
        ...written,
        water: say('figures.says.there'),
        began: say('figures.says.began'),
        ended: say('figures.says.ended'),
      },
    }),
  };
}
