import { expect, test } from 'vitest';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { asVerifier, type Verifier } from '../access.ts';
import { savedFilters } from '../queries.server.ts';
import { forgetFilter, keepFilter } from './filters.server.ts';

ownDatabase();

const verifier = async (called: string, sure = true): Promise<Viewer> =>
  aPerson(called, [{ role: 'verifier', scope: { kind: 'province', id: 'PV25' } }], sure);
const proven = (viewer: Viewer): Verifier => {
  const who = asVerifier(viewer);
  if (!who) throw new Error('no verifier');
  return who;
};

test('a verifier keeps ways of looking for themselves, each name once; a colleague sees and forgets none of them', async () => {
  const [samira, joris] = [proven(await verifier('Samira')), proven(await verifier('Joris'))];
  await withViewer(samira, (tx) => keepFilter(tx, samira, 'Ede', 'kind=new'));
  await withViewer(samira, (tx) => keepFilter(tx, samira, 'Ede', 'municipality=GM0228'));
  const kept = await withViewer(samira, (tx) => savedFilters(tx, samira));
  expect(kept).toMatchObject([{ name: 'Ede', asked: 'municipality=GM0228' }]);
  expect(await withViewer(joris, (tx) => savedFilters(tx, samira))).toEqual([]);
  await withViewer(joris, (tx) => forgetFilter(tx, samira, kept[0]?.id ?? ''));
  await expect(withViewer(joris, (tx) => keepFilter(tx, samira, 'x', ''))).rejects.toThrow(
    'row-level security',
  );
  expect(await withViewer(samira, (tx) => savedFilters(tx, samira))).toHaveLength(1);
  await withViewer(samira, (tx) => forgetFilter(tx, samira, kept[0]?.id ?? ''));
  expect(await withViewer(samira, (tx) => savedFilters(tx, samira))).toEqual([]);
});

test('only who verifies or edits somewhere, with a second factor, is a verifier', async () => {
  expect(asVerifier(await verifier('Samira'))).not.toBeNull();
  expect(asVerifier(await verifier('Zonder code', false))).toBeNull();
  expect(asVerifier(await aPerson('Ali', [{ role: 'partner' }]))).toBeNull();
});
