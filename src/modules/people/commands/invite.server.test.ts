import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { giverOf } from '../access.ts';
import { latestEnd, type Role, type Scope } from '../model.ts';
import { calledOf, entrustedTo } from '../queries.server.ts';
import { aMember, aPerson } from '../testing.ts';
import { invite, type Invitation } from './invite.server.ts';

ownDatabase();

const everywhere: Scope = { kind: 'all', id: '' };
const own: Scope = { kind: 'initiative', id: '0193a000-0000-7000-8000-00000000000a' };

async function asks(from: Viewer, role: Role, scope: Scope, wish: Partial<Invitation> = {}) {
  const giver = giverOf(from, role, scope);
  if (!giver) throw new Error('This viewer may not give this.');
  return invite(from, giver, {
    mail: 'new@canary.example',
    language: 'ar',
    home: 'https://steppingstones.example',
    until: latestEnd(today()),
    reason: 'asked for by the board',
    ...wish,
  });
}

interface Posted {
  readonly id: string;
  readonly to_person: string;
  readonly words: { readonly values: Record<string, string>; readonly buttons: readonly { url: string }[] };
}
const posted = () =>
  withViewer(
    operator,
    async (tx) =>
      (await sql<Posted>`select id, to_person, words from vault.letter order by posted_at`.execute(tx)).rows,
  );

test('who is invited gets a letter that says who asks, and not what for; what is theirs stands when they come', async () => {
  const member = await aMember('Mira', own.id);
  expect(await asks(member, 'member', own)).toMatchObject({ ok: true });
  const [letter] = await posted();
  expect(await mailOf(letter?.to_person ?? '')).toBe('new@canary.example');
  expect(letter?.words.values).toEqual({ named: 'yes', by: 'Mira' });
  expect(letter?.words.buttons).toEqual([
    { label: 'mail.people.open', url: 'https://steppingstones.example/ar/sign-in' },
  ]);
  expect(await entrustedTo(letter?.to_person ?? '', false)).toEqual([
    { role: 'member', scopeKind: 'initiative', scopeId: own.id },
  ]);
});

test('whether an address was known already, the one who invites does not learn', async () => {
  const member = await aMember('Noor', own.id);
  const known = await asks(member, 'member', own);
  const unknown = await asks(member, 'member', own, { mail: 'nobody@canary.example' });
  expect(known).toEqual(unknown);
});

test('nobody invites themselves by their own address', async () => {
  const admin = await aPerson('Ada', [{ role: 'admin' }]);
  await asks(admin, 'partner', everywhere, { mail: 'me@canary.example' });
  const mine = (await posted()).at(-1)?.to_person ?? '';
  await withViewer(operator, (tx) =>
    sql`insert into core.role_grant (person_id, role, scope_kind, until_day, reason) values (${mine}, 'admin', 'all', core.today() + 9, 'for a test')`.execute(
      tx,
    ),
  );
  const me: Viewer = { kind: 'person', id: mine, entrusted: await entrustedTo(mine, true), sure: true };
  const before = (await posted()).length;
  expect(await asks(me, 'verifier', everywhere, { mail: 'me@canary.example' })).toMatchObject({
    ok: false,
    reason: 'grant_to_oneself',
  });
  expect(await posted()).toHaveLength(before);
});

test('the first admin is invited from the terminal, and without an address of the house no letter goes', async () => {
  const before = (await posted()).length;
  expect(
    await asks(operator, 'admin', everywhere, { mail: 'first@canary.example', home: null }),
  ).toMatchObject({ ok: true });
  expect(await posted()).toHaveLength(before);
  await asks(operator, 'admin', everywhere, { mail: 'second@canary.example' });
  expect((await posted()).at(-1)?.words.values).toEqual({ named: 'no', by: '' });
});

test('who is new is called as the one who invites says; who was here keeps their own name', async () => {
  const admin = await aPerson('Ada', [{ role: 'admin' }]);
  await asks(admin, 'partner', everywhere, { mail: 'named@canary.example', called: 'Vera' });
  await asks(admin, 'partner', everywhere, { mail: 'named@canary.example', called: 'Somebody else' });
  const person = (await posted()).at(-1)?.to_person ?? '';
  expect(await withViewer(admin, (tx) => calledOf(tx, person))).toBe('Vera');
});

test('a crowd that invites at once does not wait for each other for ever', async () => {
  const admin = await aPerson('Ada', [{ role: 'admin' }]);
  const before = (await posted()).length;
  const crowd = Array.from({ length: 30 }, (_, at) => ({
    mail: `crowd${at}@canary.example`,
    called: `Guest ${at}`,
  }));
  const asked = await Promise.all(crowd.map((wish) => asks(admin, 'partner', everywhere, wish)));
  expect(asked.filter(({ ok }) => !ok)).toEqual([]);
  expect(await posted()).toHaveLength(before + crowd.length);
}, 20_000);
