import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { afterAskDeed, askDeeds, askStates, type AskDoer, type AskState } from './model.ts';
import { aTableOfTwo, layNeighbourhood, type AtTable } from './testing.ts';

ownDatabase();
let at: AtTable;
const asks = new Map<AskState, string>();
beforeAll(async () => {
  await layNeighbourhood();
  at = await aTableOfTwo();
  // One ask that waits or is promised is all that an initiative may have at a table.
  for (const state of askStates)
    await withViewer(operator, async (tx) => {
      const table = state === 'promised' ? (await aTableOfTwo()).table : at.table;
      const { rows } = await sql<{ id: string }>`
        insert into core.connection_ask (table_id, initiative, called, wish, language, words, state, answered_on, answer, answer_language)
        values (${table.id}, ${at.keys.group}, 'Warme Stoep', 'table', 'nl', 'Mogen wij?', ${state},
          ${state === 'waiting' ? null : sql`core.today()`}, 'Nu niet.', 'nl') returning id`.execute(tx);
      asks.set(state, rows[0]?.id ?? '');
      if (state === 'promised')
        await sql`insert into core.table_keeper (table_id, person, since) values (${table.id}, ${at.keeper.id}, core.today())`.execute(
          tx,
        );
    });
}, 60_000);

/** Whether the house lets this viewer write that an ask in one state is in another; nothing stays of it. */
async function lets(viewer: Viewer, from: AskState, to: AskState): Promise<boolean> {
  const back = new Error('taken back');
  let touched = 0;
  return withViewer(viewer, async (tx) => {
    const { rows } = await sql`
      update core.connection_ask set state = ${to}, answered_on = core.today(), answer = 'Nu niet.', answer_language = 'nl'
      where id = ${asks.get(from)} returning 1`.execute(tx);
    touched = rows.length;
    throw back;
  }).catch((error: unknown) => {
    if (error === back) return touched === 1;
    if ((error as { code?: string }).code === '42501') return false;
    throw error;
  });
}

const pairs = askStates.flatMap((from) =>
  askStates.filter((to) => to !== from).map((to) => [from, to] as const),
);
const goes = (from: AskState, to: AskState, doers: readonly AskDoer[]) =>
  askDeeds.some((deed) =>
    doers.some((doer) => {
      const after = afterAskDeed(from, deed, doer);
      return after.ok && after.value === to;
    }),
  );
const lettings = async (viewer: Viewer) => {
  const let_: string[] = [];
  for (const [from, to] of pairs) if (await lets(viewer, from, to)) let_.push(`${from} to ${to}`);
  return let_;
};
const ways = (...doers: readonly AskDoer[]) =>
  pairs.filter(([from, to]) => goes(from, to, doers)).map(([from, to]) => `${from} to ${to}`);

test('the database lets an ask go the ways of its model and no other, whoever moves it', async () => {
  expect(await lettings(operator)).toEqual(ways('table', 'asker'));
});

test('who asked goes only the ways of who asks, and who keeps the table those of the table, past the promise itself', async () => {
  expect(await lettings(at.group)).toEqual(ways('asker'));
  // A promise is made by core.take_step alone, with who carries it.
  expect(await lettings(at.keeper)).toEqual(ways('table').filter((way) => way !== 'waiting to promised'));
});
