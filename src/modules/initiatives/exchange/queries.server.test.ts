import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { layOpen } from '../commands.server.ts';
import { aField, asAdmin, layField, type Row } from '../testing.ts';
import type { Since } from './input.ts';
import { changesSince } from './queries.server.ts';

const database = ownDatabase();
const three: Row[] = [
  { id: 'one', name: 'De Eerste' },
  { id: 'two', name: 'De Tweede' },
  { id: 'three', name: 'De Derde' },
];
const since = (from: Since) => withViewer(visitor, (tx) => changesSince(tx, from));
const told = async (from: Since) => (await since(from)).changes.map((change) => [change.slug, change.what]);
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeAll(() => layField(aField(three)), 120_000);

test('the diary begins with what was added, in the order it was written', async () => {
  const { changes, next, more } = await since({ number: 0 });
  expect(changes.map((change) => [change.slug, change.what])).toEqual([
    ['one', 'added'],
    ['two', 'added'],
    ['three', 'added'],
  ]);
  expect(changes.map((change) => change.number)).toEqual(
    [...changes.map((change) => change.number)].sort((a, b) => a - b),
  );
  expect([next, more]).toEqual([changes.at(-1)?.number, false]);
});

test('who asks from where the last answer ended gets only what came after, by number and by moment', async () => {
  const { next } = await since({ number: 0 });
  expect(await told({ number: next })).toEqual([]);
  await pause();
  const moment = new Date().toISOString();
  expect(await told({ moment })).toEqual([]);
  await layField(
    aField([
      { id: 'two', name: 'De Tweede, anders' },
      { id: 'four', name: 'De Vierde' },
    ]),
  );
  const what = [
    ['two', 'changed'],
    ['four', 'added'],
  ];
  expect(await told({ number: next })).toEqual(what);
  expect(await told({ moment })).toEqual(what);
  expect((await since({ number: next })).next).toBe((await since({ moment })).next);
});

test('the same told again is no news', async () => {
  const { next } = await since({ number: 0 });
  await layField(
    aField([
      { id: 'two', name: 'De Tweede, anders' },
      { id: 'four', name: 'De Vierde' },
    ]),
  );
  expect(await told({ number: next })).toEqual([]);
});

test('what is taken away is told as removed, and what comes back as added', async () => {
  const { next } = await since({ number: 0 });
  const [row] = await asAdmin<{ id: string }>(
    database.adminUrl,
    "update core.initiative set visibility = 'hidden' where slug = 'one' returning id",
  );
  const id = row?.id ?? '';
  await withViewer(operator, (tx) => layOpen(tx, [id]));
  expect(await told({ number: next })).toEqual([['one', 'removed']]);
  // Laid open again while hidden: nothing more is told.
  await withViewer(operator, (tx) => layOpen(tx, [id]));
  expect(await told({ number: next })).toEqual([['one', 'removed']]);
  await asAdmin(database.adminUrl, "update core.initiative set visibility = 'public' where slug = 'one'");
  await withViewer(operator, (tx) => layOpen(tx, [id]));
  await asAdmin(database.adminUrl, "delete from core.initiative where slug = 'one'");
  await withViewer(operator, (tx) => layOpen(tx, [id]));
  expect(await told({ number: next })).toEqual([
    ['one', 'removed'],
    ['one', 'added'],
    ['one', 'removed'],
  ]);
});

test('a copy that follows the diary knows exactly what is open', async () => {
  const copy = new Set<string>();
  let from = 0;
  for (;;) {
    const { changes, next, more } = await since({ number: from });
    for (const { slug, what } of changes) {
      if (what === 'removed') copy.delete(slug);
      else copy.add(slug);
    }
    from = next;
    if (!more) break;
  }
  const open = await asAdmin<{ slug: string }>(database.adminUrl, 'select slug from pub.initiative');
  expect([...copy].sort()).toEqual(open.map((row) => row.slug).sort());
});

test('a long diary is read in parts without a gap', async () => {
  const { next } = await since({ number: 0 });
  await asAdmin(
    database.adminUrl,
    "insert into pub.change (slug, what) select 'many-' || n, 'added' from generate_series(1, 2500) n",
  );
  const seen: string[] = [];
  let from = next;
  for (let part = 0; part < 5; part++) {
    const answer = await since({ number: from });
    seen.push(...answer.changes.map((change) => change.slug));
    from = answer.next;
    if (!answer.more) break;
  }
  expect(seen).toEqual(Array.from({ length: 2500 }, (_, at) => `many-${at + 1}`));
});

test('a diary asked from the future is empty, and says where it ends now', async () => {
  const { next } = await since({ moment: '2999-01-01T00:00:00.000Z' });
  expect(next).toBeGreaterThan(2500);
  expect(await since({ number: 999_999_999_999_999 })).toMatchObject({ changes: [], more: false });
});
