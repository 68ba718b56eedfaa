import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { aDilemma } from '../testing.ts';

ownDatabase();

test('a dilemma that was told is on no street before somebody looked', async () => {
  const samira = await aPerson('Samira');
  const waits = await aDilemma(samira, { waits: true });
  const open = await aDilemma(samira);
  const { rows } = await withViewer(visitor, async (tx) => ({
    rows: await tx.selectFrom('pub.dilemma').select('slug').execute(),
  }));
  expect(rows).toEqual([{ slug: open.slug }]);
  expect(open.slug).not.toBe(waits.slug);
});
