import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { operator } from '#platform/viewer.ts';
import { aTableOfTwo, goer, layNeighbourhood, type AtTable } from '../connecting/testing.ts';
import { deskTable } from '../reading/queries.server.ts';
import { layOutSeat, stepSeat } from './commands.server.ts';
import { parseSeat } from './input.ts';
import type { SeatStep } from './model.ts';

ownDatabase();
const on = '2026-11-25';
let at: AtTable;
beforeAll(async () => {
  await layNeighbourhood();
  at = await aTableOfTwo();
}, 60_000);

const lays = (shell: string) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ role: 'een school', mandate: 'advises', shell }))
    form.set(name, value);
  const wish = parseSeat(form);
  const who = goer(at.keeper);
  return wish.ok ? withViewer(who, (tx) => layOutSeat(tx, who, at.table.id, wish.value)) : wish;
};

test('a seat is laid out only in a ring that its table has', async () => {
  for (const shell of ['3', '5', '0', '1.5', 'buiten'])
    expect(await lays(shell), shell).toEqual(refused('tables.desk.refused.not-there'));
  expect(await lays('2')).toMatchObject({ ok: true });
});

test('who keeps a table and holds a seat at it leaves, and does not let themselves go', async () => {
  const keeping = { table_id: at.table.id, person: at.hall.id ?? '', since: on };
  await withViewer(operator, (tx) => tx.insertInto('core.table_keeper').values(keeping).execute());
  const who = goer(at.hall);
  const step = (deed: SeatStep['deed']): SeatStep => ({
    seat: at.seats.hall,
    deed,
    reason: 'Wij zijn klaar hier.',
    offer: null,
    when: null,
    shown: 'not-said',
  });
  const does = (deed: SeatStep['deed']) => withViewer(who, (tx) => stepSeat(tx, who, step(deed), 'nl', on));
  expect(await does('end')).toEqual(refused('tables.desk.refused.not-yours'));
  expect(await does('leave')).toMatchObject({ ok: true, value: { state: 'left', by: 'holder' } });
  const desk = await withViewer(who, (tx) => deskTable(tx, at.table.id, 'nl'));
  expect(desk?.seats.find(({ id }) => id === at.seats.hall)?.news).toMatchObject([
    { kind: 'left', toldBy: 'holder' },
  ]);
});
