import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { roleUrls } from '#platform/database/roles.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';
import { takeAllBack, takeBack } from '../../consent/commands.server.ts';
import { lookEverywhere } from '../../consent/jobs.server.ts';
import { replayTombstones } from '../../consent/tombstones/commands.server.ts';
import { parseTombstones } from '../../consent/tombstones/input.ts';
import { asLine } from '../../consent/tombstones/model.ts';
import { replayBook, buryWhoLeft } from '../../consent/tombstones/jobs.server.ts';
import { tombstones } from '../../consent/tombstones/queries.server.ts';
import { whereItStands } from '../../consent/withdrawal/queries.server.ts';
import { asAdmin } from '../../initiatives/testing.ts';
import { leaveHouse } from '../../people/commands/leave.server.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../testing.ts';
import { indexTelling } from './jobs.server.ts';

const database = ownDatabase();
const clone = `test_backup_${randomBytes(6).toString('hex')}`;
const server = inject('databaseAdminUrl');
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'steppingstones-tombstones-'));
  process.env.STEPPINGSTONES_VAR = home;
});
afterAll(async () => {
  await leaveDatabase();
  await asAdmin(server, `drop database if exists ${clone} with (force)`);
  await rm(home, { recursive: true, force: true });
});

const proof = (viewer: Viewer) => speakerOf(viewer) as Speaker;
const everyone = { use: 'read', verdict: 'given', audience: 'public' } as const;
const openSlugs = async () =>
  (await withViewer(visitor, (tx) => tx.selectFrom('pub.telling').select('slug').execute())).map(
    ({ slug }) => slug,
  );

/** Puts the database of this test back to how its backup has it. */
async function goOnWith(name: string): Promise<void> {
  await leaveDatabase();
  const urls = roleUrls(server.replace(/\/postgres$/, `/${name}`));
  process.env.STEPPINGSTONES_APP_URL = urls.app;
  process.env.STEPPINGSTONES_PUBLIC_URL = urls.public;
}

test('what was taken back, or who left, does not come back with an older backup', async () => {
  const teller = await aPerson('Noor');
  const leaver = await aPerson('Wie weggaat');
  const gone = await aTelling({ teller, says: ['Kaneelbroodjesgeur.'], consents: [everyone] });
  const leftBehind = await aTelling({ teller: leaver, says: ['Weggaansverhaal.'], consents: [everyone] });
  const stays = await aTelling({ teller, says: ['Dit blijft.'], consents: [everyone] });
  for (const { id } of [gone, leftBehind, stays]) await indexTelling({ telling: id });
  await leaveDatabase();
  const [name] = new URL(database.adminUrl).pathname.split('/').slice(-1);
  await asAdmin(server, `create database ${clone} template ${name}`);

  const back = await withViewer(teller, (tx) =>
    takeBack(tx, proof(teller), { item: gone.id, language: 'nl', how: 'screen' }),
  );
  if (!back.ok) throw new Error(back.reason);
  await lookEverywhere({ item: gone.id, receipt: back.value.receipt });
  const many = await withViewer(leaver, async (tx) => {
    const taken = await takeAllBack(tx, proof(leaver), 'nl');
    await leaveHouse(tx, proof(leaver));
    return taken;
  });
  expect(many).toBe(1);
  await buryWhoLeft({ person: leaver.id ?? '' });
  expect(await openSlugs()).toEqual([stays.slug]);
  const written = (await withViewer(operator, tombstones)).map(asLine).join('');
  expect(written).not.toContain(gone.id);
  // The book beside the database has the same, and nothing that says more.
  const book = await readFile(join(home, 'tombstones.jsonl'), 'utf8');
  expect(parseTombstones(book).tombstones).toHaveLength(3);

  await goOnWith(clone);
  expect((await openSlugs()).sort()).toEqual([gone.slug, leftBehind.slug, stays.slug].sort());
  const stones = parseTombstones(written).tombstones;
  const first = await withViewer(operator, (tx) => replayTombstones(tx, stones));
  expect(first.tellings.map(({ item }) => item).sort()).toEqual([gone.id, leftBehind.id].sort());
  expect(first.people).toEqual([leaver.id]);
  expect(await openSlugs()).toEqual([stays.slug]);
  for (const telling of first.tellings) await lookEverywhere(telling);
  expect(await withViewer(operator, (tx) => whereItStands(tx, gone.id))).toEqual([]);
  const words = await withViewer(operator, (tx) =>
    sql`select word from pub.search_word where word like 'kaneelbrood%' or word like 'weggaansverhaal%'`.execute(
      tx,
    ),
  );
  expect(words.rows).toEqual([]);
  expect(await withViewer(operator, (tx) => replayTombstones(tx, stones))).toEqual({
    tellings: [],
    people: [],
  });
});

test('a start takes away by itself what its book says was taken away, and a line that was cut off harms no other', async () => {
  const teller = await aPerson('Samira');
  const { id } = await aTelling({ teller, consents: [everyone] });
  const { rows } = await withViewer(operator, (tx) =>
    sql<{ hash: string }>`select encode(sha256(convert_to(${id}::text, 'UTF8')), 'hex') as hash`.execute(tx),
  );
  const stone = asLine({
    kind: 'telling',
    hash: rows[0]?.hash ?? '',
    at: '2026-11-22T10:00:00.000Z',
    reason: 'taken-back',
  });
  await writeFile(join(home, 'tombstones.jsonl'), `${stone}{"kind":"tell`);
  expect((await replayBook()).tellings.map(({ item }) => item)).toEqual([id]);
  expect(await replayBook()).toEqual({ tellings: [], people: [] });
  const { unread, tombstones: stones } = parseTombstones(
    await readFile(join(home, 'tombstones.jsonl'), 'utf8'),
  );
  expect(unread).toHaveLength(1);
  expect(stones.length).toBeGreaterThan(1);
});
