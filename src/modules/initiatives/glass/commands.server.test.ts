import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { breakerOf, type Breaker } from './access.ts';
import { askForGlass, breakGlass, lookThroughGlass } from './commands.server.ts';
import { tellOfGlass } from './jobs.server.ts';
import { glassAsked, glassWith } from './queries.server.ts';

const database = ownDatabase();
const shelter = '0193a000-0000-7000-8000-0000000000aa';
const reason = 'The police asks where someone who is in danger is';

const breaker = (viewer: Viewer): Breaker => breakerOf(viewer) ?? { person: viewer.id ?? '', breaks: true };
const rows = <Row>(text: ReturnType<typeof sql<Row>>) =>
  withViewer(operator, async (tx) => (await text.execute(tx)).rows);

async function asAdministrator(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

let ada: Viewer;
let bram: Viewer;
let mira: Viewer;
beforeAll(async () => {
  await withViewer(operator, async (tx) => {
    await sql`insert into core.initiative (id, slug, visibility, origin, last_sign, sources, mail)
      values (${shelter}, 'shelter', 'hidden', 'own', 'seen', '{}', 'shelter@canary.example')`.execute(tx);
    await sql`insert into vault.initiative_place (initiative_id, valid, lat, lon, precision)
      values (${shelter}, daterange(null, null), 52.123, 5.987, 'hidden')`.execute(tx);
  });
  ada = await aPerson('Ada', [{ role: 'admin' }]);
  bram = await aPerson('Bram', [{ role: 'privacy-officer' }]);
  mira = await aMember('Mira', shelter);
});

const ask = async (who = ada, hours = 2): Promise<string> => {
  const asked = await withViewer(who, (tx) =>
    askForGlass(tx, breaker(who), { slug: 'shelter', reason, hours }),
  );
  if (!asked.ok) throw new Error(asked.reason);
  return asked.value;
};
const agree = (who: Viewer, glass: string) => withViewer(who, (tx) => breakGlass(tx, breaker(who), glass));
const look = (who: Viewer, glass: string) =>
  withViewer(who, (tx) => lookThroughGlass(tx, breaker(who), glass));

test('one alone breaks nothing: who asks cannot agree, and sees nothing until a second does', async () => {
  const glass = await ask();
  expect(await look(ada, glass)).toMatchObject({ ok: false });
  expect(await agree(ada, glass)).toMatchObject({ ok: false, reason: 'glass_unknown' });
  const own = withViewer(ada, (tx) =>
    sql`update core.glass set agreed_by = asked_by, agreed_at = now(), open_until = now() + interval '1 hour' where id = ${glass}`.execute(
      tx,
    ),
  );
  await expect(own.then(({ numAffectedRows }) => Number(numAffectedRows ?? 0))).resolves.toBe(0);
  expect(await look(ada, glass)).toMatchObject({ ok: false });
});

test('two people see what is kept, for the hours they asked; that they looked is written down', async () => {
  const glass = await ask();
  expect(await agree(bram, glass)).toMatchObject({ ok: true });
  for (const who of [ada, bram]) {
    const seen = await look(who, glass);
    expect(seen).toMatchObject({
      ok: true,
      value: { mail: 'shelter@canary.example', places: [{ lat: 52.123 }] },
    });
  }
  const looks = await rows<{ person: string }>(
    sql`select person_id as person from core.place_look where initiative_id = ${shelter} and purpose = 'glass'`,
  );
  expect(looks.map(({ person }) => person)).toEqual([ada.id, bram.id]);
  expect((await withViewer(mira, (tx) => sql`select 1 from core.place_look`.execute(tx))).rows).toHaveLength(
    2,
  );
});

test('after its time the glass is whole again', async () => {
  const glass = await ask();
  await agree(bram, glass);
  // What was agreed never changes, so only a test can make time pass.
  await asAdministrator(`alter table core.glass disable trigger glass_stays;
    update core.glass set agreed_at = now() - interval '3 hours', asked_at = now() - interval '3 hours', open_until = now() - interval '1 hour' where agreed_by is not null;
    alter table core.glass enable trigger glass_stays`);
  expect(await look(ada, glass)).toMatchObject({ ok: false });
  expect((await withViewer(ada, (tx) => sql`select 1 from vault.initiative_place`.execute(tx))).rows).toEqual(
    [],
  );
});

test('a third admin, a member and a stranger see nothing through it and break nothing', async () => {
  const glass = await ask();
  const third = await aPerson('Third', [{ role: 'admin' }]);
  const unsure = await aPerson('Unsure', [{ role: 'admin' }], false);
  const stranger = await aPerson('Stranger');
  for (const who of [mira, stranger, unsure]) {
    expect(await agree(who, glass)).toMatchObject({ ok: false });
    expect(breakerOf(who)).toBeNull();
  }
  await agree(bram, glass);
  for (const who of [third, mira, stranger]) expect(await look(who, glass)).toMatchObject({ ok: false });
  expect(await withViewer(stranger, (tx) => glassAsked(tx))).toEqual([]);
});

test('what was asked and agreed never changes, not even around the deeds', async () => {
  const glass = await ask();
  await agree(bram, glass);
  for (const change of [
    sql`update core.glass set hours = 24 where id = ${glass}`,
    sql`update core.glass set reason = 'another reason altogether' where id = ${glass}`,
    sql`update core.glass set open_until = open_until + interval '1 minute' where id = ${glass}`,
  ])
    await expect(rows(change)).rejects.toThrow(/does not change|check/);
});

test('those it concerns are told by mail, once, with the reason, whoever they are', async () => {
  const glass = await ask();
  await agree(bram, glass);
  const put = await rows<{ job: string }>(
    sql`select data->>'job' as job from jobs.job where data->'data'->>'glass' = ${glass}`,
  );
  expect(put).toEqual([{ job: 'tell-of-glass' }]);
  await rows(sql`delete from vault.letter`);
  await tellOfGlass({ glass });
  await tellOfGlass({ glass });
  const letters = await rows<{ person: string | null; address: string | null; reason: string }>(
    sql`select to_person as person, to_address as address, words->'values'->>'reason' as reason from vault.letter order by to_address nulls first`,
  );
  expect(letters).toEqual([
    { person: mira.id, address: null, reason },
    { person: null, address: 'shelter@canary.example', reason },
  ]);
  const seen = await withViewer(mira, (tx) => glassWith(tx, glass));
  expect(seen).toMatchObject({ reason, entry: { slug: 'shelter' } });
  expect(seen?.toldAt).not.toBeNull();
});

test('glass that nobody agreed to in a week stays whole', async () => {
  const glass = await ask();
  await asAdministrator(`alter table core.glass disable trigger glass_stays;
    update core.glass set asked_at = now() - interval '8 days' where id = '${glass}';
    alter table core.glass enable trigger glass_stays`);
  expect(await agree(bram, glass)).toMatchObject({ ok: false });
});
