import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { openAgenda } from '../../../agendas/reading/queries.server.ts';
import { apart } from '../../../initiatives/relations/model.ts';
import { wordsFor } from '../../../sessions/room/model.ts';
import type { FigureAsk, Seen } from '../model.ts';
import { promisesDrawing } from '../views/promises-drawing.ts';

const most = 24;

/** The year of an action agenda drawn up here; null when there is none by that name, or no promise of it is open. */
export async function seePromises(
  tx: Tx,
  { agenda: slug }: Extract<FigureAsk, { kind: 'promises' }>,
  say: Speech,
  today: Day,
): Promise<Seen | null> {
  const agenda = await openAgenda(tx, slug);
  const promises = (agenda?.told ?? []).slice(0, most);
  const from = agenda?.drawnOn ?? null;
  if (!agenda || from === null || promises.length === 0) return null;
  const until = [
    agenda.untilDay ?? from,
    ...promises.flatMap(({ stones }) => stones.map((stone) => stone.due_on)),
  ]
    .toSorted()
    .at(-1) as Day;
  const name = apart(wordsFor(agenda.title, [say.language])?.text ?? slug);
  const title = say('figures.title.promises', { name }).slice(0, 200);
  const told = promises.map((promise) => ({
    number: promise.number,
    what: wordsFor(promise.what, [say.language])?.text ?? '',
    state: say(`agendas.state.${promise.state}`),
    stones: promise.stones,
  }));
  const count = (state: string) => promises.filter((promise) => promise.state === state).length;
  return {
    title,
    alt: say('figures.alt.promises', {
      name,
      day: dayIn(say.language, from),
      count: promises.length,
      done: count('done'),
      letgo: count('let-go'),
      silent: promises.filter(({ silentSince }) => silentSince !== null).length,
    }),
    facts: {
      columns: [
        say('figures.column.number'),
        say('figures.column.promise'),
        say('figures.column.state'),
        say('figures.column.asked'),
        say('figures.column.answered'),
      ],
      rows: told.map(({ number, what, state, stones }) => [
        number,
        what,
        state,
        stones.filter(({ asked_on: on }) => on !== null).length,
        stones.filter(({ answered_on: on }) => on !== null).length,
      ]),
    },
    drawing: promisesDrawing({
      title,
      direction: say.direction,
      from,
      until,
      today,
      begin: dayIn(say.language, from),
      end: dayIn(say.language, until),
      promises: told,
    }),
  };
}
