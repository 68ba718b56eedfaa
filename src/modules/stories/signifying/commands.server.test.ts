import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { tellerOf } from '../access.ts';
import type { Placing } from '../model.ts';
import { settleTelling } from '../opening/jobs.server.ts';
import { aTelling } from '../testing.ts';
import { placeTelling } from './commands.server.ts';
import { othersPlacings, placingsOf } from './queries.server.ts';

ownDatabase();

const toAll = [{ use: 'read', verdict: 'given', audience: 'public' }] as const;
const placing = (a: number): Placing => ({ frame: 'strength', fits: true, shares: [a, 1000 - a, 0] });

async function place(viewer: Viewer, id: string, placings: readonly Placing[]) {
  const teller = tellerOf(viewer);
  if (!teller) throw new Error('Nobody tells.');
  return withViewer(viewer, async (tx) => {
    const placed = await placeTelling(tx, teller, id, placings);
    await settleTelling(tx, id);
    return placed;
  });
}

/** So many open tellings of others that are placed in the same frame. */
async function others(many: number): Promise<void> {
  for (let at = 0; at < many; at++) {
    const teller = await aPerson(`Verteller ${at}`);
    const { id } = await aTelling({ teller, consents: toAll });
    await place(teller, id, [placing(at * 100)]);
  }
}

test('a teller sees where others placed theirs only after their own, and only when there are five or more', async () => {
  const teller = await aPerson('Samira');
  const { id } = await aTelling({ teller, consents: toAll });
  const seen = () => withViewer(teller, (tx) => othersPlacings(tx, id));
  await others(5);
  expect(await seen()).toEqual([]);
  await place(teller, id, [placing(700), { frame: 'belonging', fits: false }]);
  expect(await seen()).toHaveLength(5);
  expect((await seen()).every(({ frame }) => frame === 'strength')).toBe(true);
  expect(await withViewer(teller, (tx) => placingsOf(tx, id))).toEqual(
    expect.arrayContaining([placing(700), { frame: 'belonging', fits: false }]),
  );
});

test('four dots are never shown: they could point at someone', async () => {
  const teller = await aPerson('Omar');
  const { id } = await aTelling({ teller });
  for (let at = 0; at < 4; at++) {
    const other = await aPerson(`Ander ${at}`);
    const told = await aTelling({ teller: other, consents: toAll });
    await place(other, told.id, [{ frame: 'given-taken', fits: true, shares: [at * 200, 1000 - at * 200] }]);
  }
  await place(teller, id, [{ frame: 'given-taken', fits: true, shares: [500, 500] }]);
  expect(await withViewer(teller, (tx) => othersPlacings(tx, id))).toEqual([]);
});

test('nobody but the teller places a telling, or sees where one lies that is not open', async () => {
  const teller = await aPerson('Mira');
  const { id } = await aTelling({ teller });
  await place(teller, id, [placing(100)]);
  const other = await aPerson('Ada', [{ role: 'admin' }]);
  expect(await place(other, id, [placing(900)])).toMatchObject({ ok: false, reason: 'telling_unknown' });
  expect(await withViewer(other, (tx) => placingsOf(tx, id))).toEqual([]);
  expect(await withViewer(other, (tx) => othersPlacings(tx, id))).toEqual([]);
});
