import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { asAdmin } from '../../initiatives/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../testing.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';
import { say, speakForMyself, takeBack } from '../../consent/commands.server.ts';
import { lookEverywhere } from '../../consent/jobs.server.ts';
import { nothingSaid, type Saying, type Use } from '../../consent/model.ts';
import { consentsOf } from '../../consent/queries.server.ts';
import { whereItStands } from '../../consent/withdrawal/queries.server.ts';

const database = ownDatabase();
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'steppingstones-consent-'));
  process.env.STEPPINGSTONES_VAR = home;
});
afterAll(() => rm(home, { recursive: true, force: true }));
let noor: Viewer;
let bram: Viewer;
beforeAll(async () => {
  noor = await aPerson('Noor');
  bram = await aPerson('Bram');
});

const proof = (viewer: Viewer) => speakerOf(viewer) as Speaker;
const yes = (use: Use, more: Partial<Saying> = {}): Saying => ({
  ...nothingSaid(use),
  verdict: 'given',
  audience: 'public',
  ...more,
});
const hashOf = (doc: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(['', doc]))
    .digest();
const says = (viewer: Viewer, item: string, sayings: readonly Saying[], seenHash = Buffer.alloc(32)) =>
  withViewer(viewer, (tx) =>
    say(tx, proof(viewer), { item, sayings, seenHash, shownIn: 'nl', how: 'screen' }),
  );
const takesBack = (viewer: Viewer, item: string) =>
  withViewer(viewer, (tx) => takeBack(tx, proof(viewer), { item, language: 'ar', how: 'screen' }));
const openNow = (slug: string) =>
  withViewer(visitor, (tx) => tx.selectFrom('pub.telling').select('slug').where('slug', '=', slug).execute());

test('what a teller says is opened in the same moment, and ends in the same moment', async () => {
  const { id, slug, doc } = await aTelling({ teller: noor });
  expect(await openNow(slug)).toEqual([]);
  const said = await says(noor, id, [yes('read')], hashOf(doc));
  expect(said).toMatchObject({ ok: true, value: { receipt: expect.any(String) as unknown } });
  expect(await openNow(slug)).toHaveLength(1);
  await says(noor, id, [{ ...nothingSaid('read'), verdict: 'ask-me' }], hashOf(doc));
  expect(await openNow(slug)).toEqual([]);
});

test('the last word on each use counts, and everything that was said stays to be read', async () => {
  const { id } = await aTelling({ teller: noor });
  await says(noor, id, [yes('print'), yes('coding'), nothingSaid('press')]);
  await says(noor, id, [nothingSaid('print')]);
  const { lastWords, history } = await withViewer(noor, (tx) => consentsOf(tx, id));
  expect(lastWords.filter(({ verdict }) => verdict !== 'taken-back').map(({ use }) => use)).toEqual([
    'coding',
  ]);
  expect(history.map(({ use, verdict }) => [use, verdict])).toEqual([
    ['print', 'taken-back'],
    ['coding', 'given'],
    ['print', 'given'],
  ]);
});

test('saying what stands already adds nothing; a new version asks anew', async () => {
  const { id } = await aTelling({ teller: noor });
  await says(noor, id, [yes('coding')]);
  expect(await says(noor, id, [yes('coding')])).toEqual({ ok: true, value: { receipt: null } });
  expect(await says(noor, id, [yes('coding')], Buffer.alloc(32, 1))).toMatchObject({
    value: { receipt: expect.any(String) as unknown },
  });
});

test('who wrote it down passes on the teller’s word, recorded as such, until the teller ends that', async () => {
  const { id } = await aTelling({ teller: noor, recordedBy: bram });
  await says(bram, id, [yes('coding')]);
  const { history } = await withViewer(noor, (tx) => consentsOf(tx, id));
  expect(history).toMatchObject([{ use: 'coding', how: 'word', byWord: true }]);
  expect(await withViewer(bram, (tx) => speakForMyself(tx, proof(bram), id))).toMatchObject({ ok: false });
  expect(await withViewer(noor, (tx) => speakForMyself(tx, proof(noor), id))).toMatchObject({ ok: true });
  expect(await says(bram, id, [yes('print')])).toMatchObject({ ok: false, reason: 'consent_unknown' });
  expect(await takesBack(bram, id)).toMatchObject({ ok: false, reason: 'consent_unknown' });
});

test('nobody passes on another’s word as if it were the teller’s own', async () => {
  const { id } = await aTelling({ teller: noor, recordedBy: bram });
  const asTeller = withViewer(bram, (tx) => sql`select core.take_back(${id}, 'nl', 'screen')`.execute(tx));
  await expect(asTeller).rejects.toMatchObject({ code: '42501' });
});

test('a stranger can say nothing, take nothing back and read nothing of it', async () => {
  const { id } = await aTelling({ teller: noor, consents: [yes('read')] });
  expect(await says(bram, id, [yes('print')])).toMatchObject({ ok: false, reason: 'consent_unknown' });
  expect(await takesBack(bram, id)).toMatchObject({ ok: false, reason: 'consent_unknown' });
  expect((await withViewer(bram, (tx) => consentsOf(tx, id))).history).toEqual([]);
});

test('two who speak at the same time are written one after the other, and the chain stays whole', async () => {
  const { id } = await aTelling({ teller: noor, recordedBy: bram });
  await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      says(at % 2 ? noor : bram, id, [at % 3 ? yes('coding') : nothingSaid('coding')], Buffer.alloc(32, at)),
    ),
  );
  const broken = await withViewer(operator, (tx) => sql`select * from core.broken_seals()`.execute(tx));
  expect(broken.rows).toEqual([]);
});

test('what was taken back stands nowhere, its receipt closes, and taking it back again answers the same receipt', async () => {
  const { id, slug } = await aTelling({
    teller: noor,
    says: ['Zuurdesembrood met kardemom.'],
    consents: [yes('read')],
  });
  const standsIn = () => withViewer(operator, (tx) => whereItStands(tx, id));
  expect(await standsIn()).toContain('pub.telling.id');
  const back = await takesBack(noor, id);
  if (!back.ok) throw new Error(back.reason);
  expect(await openNow(slug)).toEqual([]);
  expect(await standsIn()).toEqual([]);
  await lookEverywhere({ item: id, receipt: back.value.receipt });
  const [receipt] = await withViewer(noor, (tx) =>
    tx.selectFrom('core.receipt').selectAll().where('item', '=', id).execute(),
  );
  expect(receipt).toMatchObject({ id: back.value.receipt, kind: 'taken-back', language: 'ar' });
  expect(receipt?.done_at).toBeInstanceOf(Date);
  expect(await takesBack(noor, id)).toEqual(back);
  expect(await says(noor, id, [yes('read')])).toMatchObject({ ok: false, reason: 'consent_taken_back' });
});

test('a receipt stays open while anything of it stands anywhere', async () => {
  const { id } = await aTelling({ teller: noor });
  const back = await takesBack(noor, id);
  if (!back.ok) throw new Error(back.reason);
  await withViewer(operator, (tx) =>
    sql`insert into core.story (slug, kind, title, opening, language) values ('een-verdwaalde', 'blog', 'Verdwaald', ${`zie ${id}`}, 'nl')`.execute(
      tx,
    ),
  );
  await expect(lookEverywhere({ item: id, receipt: back.value.receipt })).rejects.toThrow(
    'core.story.opening',
  );
  const [receipt] = await withViewer(noor, (tx) =>
    tx.selectFrom('core.receipt').select('done_at').where('item', '=', id).execute(),
  );
  expect(receipt?.done_at).toBeNull();
});

test('what was said is only ever added to, by nobody changed and by nobody removed, and a broken seal shows', async () => {
  const { id } = await aTelling({ teller: noor, consents: [yes('read')] });
  for (const viewer of [noor, operator])
    for (const change of [
      sql`update core.consent set verdict = 'taken-back' where item = ${id}`,
      sql`delete from core.consent where item = ${id}`,
      sql`truncate core.consent`,
    ])
      await expect(withViewer(viewer, (tx) => change.execute(tx))).rejects.toMatchObject({ code: '42501' });
  await asAdmin(
    database.adminUrl,
    `begin; set local session_replication_role = replica; update core.consent set audience = 'network' where item = '${id}'; commit`,
  );
  const broken = await withViewer(operator, (tx) => sql`select item from core.broken_seals()`.execute(tx));
  expect(broken.rows).toEqual([{ item: id }]);
});

test('nobody else reads what was said, its receipts, or what must never come back', async () => {
  const { id } = await aTelling({ teller: noor });
  await says(noor, id, [yes('print')]);
  await takesBack(noor, id);
  const sees = (viewer: Viewer, table: string) =>
    withViewer(viewer, (tx) => sql`select 1 from ${sql.table(table)}`.execute(tx)).then(
      ({ rows }) => rows.length,
    );
  const admin = await aPerson('Beheer', [{ role: 'admin' }]);
  for (const table of ['core.consent_item', 'core.consent', 'core.receipt', 'core.lineage', 'core.tombstone'])
    expect([table, await sees(admin, table)]).toEqual([table, 0]);
  expect(await sees(noor, 'core.receipt')).toBeGreaterThan(1);
  expect(await sees(noor, 'core.tombstone')).toBe(0);
});
