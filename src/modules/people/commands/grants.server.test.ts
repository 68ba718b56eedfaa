import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { giverOf, oneself, stewardOf, type Giver, type Steward } from '../access.ts';
import { latestEnd, staffRoles, type Role, type Scope } from '../model.ts';
import { entrustedTo, fellowsOf, grantsOf, standingGrants } from '../queries.server.ts';
import { aMember, aPerson } from '../testing.ts';
import { endGrant, giveGrant, lookAtGrant, renewGrant } from './grants.server.ts';

ownDatabase();

const everywhere: Scope = { kind: 'all', id: '' };
const gelderland: Scope = { kind: 'province', id: 'PV25' };
const initiative = '0193a000-0000-7000-8000-00000000000a';
const wish = { until: latestEnd(today()), reason: 'asked for by the board' };
const key = (viewer: Viewer) => viewer.id ?? '';
const must = <Proof>(proof: Proof | null): Proof => {
  if (proof === null) throw new Error('This viewer has no proof.');
  return proof;
};
const steward = (viewer: Viewer): Steward => must(stewardOf(viewer));
const giver = (viewer: Viewer, role: Role, scope: Scope): Giver => must(giverOf(viewer, role, scope));
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: { code?: string }) => error.code,
  );

let admin: Viewer;
let other: Viewer;
beforeAll(async () => {
  admin = await aPerson('Ada', [{ role: 'admin' }]);
  other = await aPerson('Noor');
});

const give = (from: Viewer, to: Viewer, role: Role, scope: Scope, until = wish.until) =>
  withViewer(from, (tx) => giveGrant(tx, giver(from, role, scope), key(to), { ...wish, until }));

test('an admin entrusts a role in a place for at most a year, and it stands at once', async () => {
  expect(await give(admin, other, 'verifier', gelderland)).toMatchObject({ ok: true });
  expect(await give(admin, other, 'verifier', gelderland)).toMatchObject({ ok: true });
  expect(await entrustedTo(key(other), true)).toEqual([
    { role: 'verifier', scopeKind: 'province', scopeId: 'PV25' },
  ]);
  const [grant] = await withViewer(admin, (tx) => grantsOf(tx, key(other)));
  expect(grant).toMatchObject({ givenBy: 'Ada', reason: wish.reason, until: wish.until });
});

describe('nobody grants themselves', () => {
  test('not by the deed', async () => {
    expect(await give(admin, admin, 'editor', everywhere)).toMatchObject({
      ok: false,
      reason: 'grant_to_oneself',
    });
  });

  test('not around the deed: the database refuses the row', async () => {
    const row = (tx: Tx) =>
      sql`insert into core.role_grant (person_id, role, scope_kind, until_day, granted_by, reason)
        values (${key(admin)}, 'editor', 'all', core.today() + 9, ${key(other)}, 'no reason')`.execute(tx);
    expect(await code(withViewer(admin, row))).toBe('42501');
    const own = (tx: Tx) =>
      sql`insert into core.role_grant (person_id, role, scope_kind, until_day, granted_by, reason)
        values (${key(admin)}, 'editor', 'all', core.today() + 9, ${key(admin)}, 'no reason')`.execute(tx);
    expect(['23514', '42501']).toContain(await code(withViewer(admin, own)));
  });

  test('not by renewing, nor by finding one’s own still needed', async () => {
    const [mine] = await withViewer(admin, (tx) => grantsOf(tx, key(admin)));
    const id = mine?.id ?? '';
    expect(await withViewer(admin, (tx) => renewGrant(tx, steward(admin), id, 'still needed'))).toMatchObject(
      {
        reason: 'grant_to_oneself',
      },
    );
    expect(await withViewer(admin, (tx) => lookAtGrant(tx, steward(admin), id))).toMatchObject({
      reason: 'grant_to_oneself',
    });
    const look = (tx: Tx) =>
      sql`insert into core.grant_look (grant_id, looked_by) values (${id}, ${key(admin)})`.execute(tx);
    expect(await code(withViewer(admin, look))).toBe('42501');
  });
});

describe('no grant lasts over a year', () => {
  test('not by the deed', async () => {
    const over = daysLater(latestEnd(today()), 1);
    expect(await give(admin, other, 'editor', everywhere, over)).toMatchObject({ reason: 'grant_too_long' });
  });

  test('not around it: neither when it is made nor by stretching it later', async () => {
    const long = (tx: Tx) =>
      sql`insert into core.role_grant (person_id, role, scope_kind, until_day, reason)
        values (${key(other)}, 'editor', 'all', core.today() + 367, 'for ever')`.execute(tx);
    expect(await code(withViewer(operator, long))).toBe('23514');
    const stretch = (tx: Tx) =>
      sql`update core.role_grant set until_day = until_day + 1 where person_id = ${key(other)}`.execute(tx);
    expect(await code(withViewer(operator, stretch))).toBe('42501');
  });
});

describe('staff roles need a second factor', () => {
  test.each(staffRoles)('what is entrusted to a %s opens nothing without one', async (role) => {
    const unsure = await aPerson(`Unsure ${role}`, [{ role }], false);
    expect(await entrustedTo(key(unsure), false)).toEqual([]);
    const seen = (who: Viewer) => withViewer(who, (tx) => standingGrants(tx));
    // Even when the session claims otherwise, the database sees no second factor.
    const own = await seen(unsure);
    expect(own.every(({ person }) => person.id === unsure.id)).toBe(true);
    const row = (tx: Tx) =>
      sql`insert into core.role_grant (person_id, role, scope_kind, until_day, granted_by, reason)
        values (${key(other)}, 'partner', 'all', core.today() + 9, ${key(unsure)}, 'as a favour')`.execute(
        tx,
      );
    expect(await code(withViewer(unsure, row))).toBe('42501');
  });
});

test('a member brings another member in, for their own initiative and as nothing else', async () => {
  const member = await aMember('Mira', initiative);
  const fellow = await aPerson('Fatima');
  const own: Scope = { kind: 'initiative', id: initiative };
  expect(await give(member, fellow, 'member', own)).toMatchObject({ ok: true });
  expect((await withViewer(member, (tx) => fellowsOf(tx, initiative))).map(({ called }) => called)).toEqual([
    'Fatima',
    'Mira',
  ]);
  expect(
    giverOf(member, 'member', { kind: 'initiative', id: '0193a000-0000-7000-8000-00000000000b' }),
  ).toBeNull();
  expect(giverOf(member, 'verifier', gelderland)).toBeNull();
  expect(giverOf(other, 'member', own)).toBeNull();
  for (const [role, kind, id] of [
    ['member', 'initiative', '0193a000-0000-7000-8000-00000000000b'],
    ['verifier', 'province', 'PV25'],
    ['admin', 'all', ''],
  ]) {
    const row = (tx: Tx) =>
      sql`insert into core.role_grant (person_id, role, scope_kind, scope_id, until_day, granted_by, reason)
        values (${key(fellow)}, ${role}, ${kind}, ${id}, core.today() + 9, ${key(member)}, 'as a favour')`.execute(
        tx,
      );
    expect(await code(withViewer(member, row)), role).toBe('42501');
  }
});

test('what was given never changes: it ends, by a steward or by who holds it, and nobody else ends it', async () => {
  const holder = await aPerson('Hassan', [{ role: 'partner', scope: gelderland }]);
  const [grant] = await withViewer(holder, (tx) => grantsOf(tx, key(holder)));
  const id = grant?.id ?? '';
  const end = (who: Viewer) => withViewer(who, (tx) => endGrant(tx, must(oneself(who)), id, 'moved away'));
  expect(await end(other)).toMatchObject({ ok: false, reason: 'grant_unknown' });
  expect(await end(holder)).toMatchObject({ ok: true });
  expect(await end(admin)).toMatchObject({ ok: false });
  expect(await entrustedTo(key(holder), true)).toEqual([]);
});

test('renewing ends what stood and gives it again for a year, so that the story stays whole', async () => {
  const holder = await aPerson('Yara', [{ role: 'facilitator' }]);
  const [old] = await withViewer(admin, (tx) => grantsOf(tx, key(holder)));
  const renewed = await withViewer(admin, (tx) => renewGrant(tx, steward(admin), old?.id ?? '', 'goes on'));
  expect(renewed).toMatchObject({ ok: true });
  const all = await withViewer(admin, (tx) => grantsOf(tx, key(holder)));
  expect(all.map(({ endedOn, until }) => [endedOn, until])).toEqual([
    [today(), daysLater(today(), 300)],
    [null, daysLater(today(), 365)],
  ]);
});

test('an admin reads no private content: neither what is kept back nor where a hidden place is', async () => {
  const hidden = '0193a000-0000-7000-8000-0000000000cc';
  await withViewer(operator, async (tx) => {
    await sql`insert into core.initiative (id, slug, visibility, origin, last_sign, sources, mail)
      values (${hidden}, 'kept', 'hidden', 'own', 'seen', '{}', 'kept@canary.example')`.execute(tx);
    await sql`insert into vault.initiative_place (initiative_id, valid, lat, lon, precision)
      values (${hidden}, daterange(null, null), 52, 5.9, 'hidden')`.execute(tx);
    await sql`insert into vault.letter (name, language, to_address, words, until)
      values ('sign-in', 'nl', 'who@canary.example', '{}', now() + interval '1 day')`.execute(tx);
  });
  for (const from of [
    'core.initiative',
    'vault.initiative_place',
    'vault.letter',
    'vault.entry_link',
    'core.proposal',
  ])
    expect(
      (await withViewer(admin, (tx) => sql`select 1 from ${sql.table(from)}`.execute(tx))).rows,
      from,
    ).toEqual([]);
});
