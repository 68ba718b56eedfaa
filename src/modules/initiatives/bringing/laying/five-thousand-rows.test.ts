import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { parseWish } from '../../input.ts';
import { findInitiatives } from '../../queries.server.ts';
import { asCsv, madeTable, plantFaults } from '../testing.ts';
import { bring, brought } from './testing.ts';

ownDatabase();
const aWhile = 180_000;
const count = (table: string) =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx);
    return rows[0]?.n ?? 0;
  });

beforeAll(() => withViewer(operator, (tx) => loadPlaces(tx)));

describe('a table of 5,000 rows', () => {
  const rows = madeTable(5_000, 2026);

  test(
    'with forty planted faults is refused, every one of them told with its row, field and reason, and nothing is laid',
    async () => {
      const { file, faults } = plantFaults(rows, 40, 7);
      const laid = await bring(file);
      if (laid.ok || laid.kind !== 'rows') throw new Error('it was taken');
      expect(faults).toHaveLength(40);
      expect(laid.problems.map(({ row, field, reason }) => ({ row, field, reason }))).toEqual(faults);
      expect([await count('core.initiative'), await count('pub.change')]).toEqual([0, 0]);
    },
    aWhile,
  );

  test(
    'without them is laid with progress, found by its words, and brought in again is nothing new',
    async () => {
      const file = asCsv(rows);
      const heard: number[] = [];
      expect(await brought(file, { progress: (done) => void heard.push(done) })).toMatchObject({
        added: 5_000,
        changed: 0,
        proposed: 0,
      });
      expect(heard.length).toBeGreaterThan(10);
      expect(heard).toEqual(heard.toSorted((a, b) => a - b));
      expect(heard.at(-1)).toBe(5_000);
      const { wish } = parseWish(new URLSearchParams({ q: rows[77]?.Naam ?? '' }), '2026-11-22');
      const found = await withViewer(visitor, (tx) => findInitiatives(tx, wish, 'nl'));
      expect(found.stones[0]?.name).toBe(rows[77]?.Naam);
      const diary = await count('pub.change');
      expect(await brought(file)).toMatchObject({ added: 0, changed: 0, same: 5_000 });
      const changed = asCsv(
        rows.map((each, at) => (at === 9 ? { ...each, Omschrijving: 'Nu anders.' } : each)),
      );
      expect(await brought(changed)).toMatchObject({ added: 0, changed: 1, same: 4_999 });
      expect([await count('core.initiative'), await count('pub.change')]).toEqual([5_000, diary + 1]);
    },
    aWhile,
  );
});
