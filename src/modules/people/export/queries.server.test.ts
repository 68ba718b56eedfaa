import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '../access.ts';
import { aPerson } from '../testing.ts';
import { someoneElse } from './model.ts';
import { belongingsOf, shelvesOf } from './queries.server.ts';

ownDatabase();

interface Column {
  readonly table: string;
  readonly column: string;
  readonly note: string | null;
}

// Named as if they held a person, and they do not.
const nobodys = ['core.initiative.merged_into'];

test('every column that holds the key of a person is in the export, whichever room made it', async () => {
  const [shelves, columns] = await withViewer(operator, async (tx) => [
    await shelvesOf(tx),
    (
      await sql<Column>`select format('%s.%s', n.nspname, c.relname) as table, a.attname as column, col_description(c.oid, a.attnum) as note
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
        where n.nspname in ('core', 'vault') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype`.execute(
        tx,
      )
    ).rows,
  ]);
  const given = new Set(shelves.map(({ table, column }) => `${table}.${column}`));
  expect(given.size).toBeGreaterThan(12);
  expect(given).toContain('core.person.id');
  expect(given).toContain('vault.card.person_id');
  const forgotten = columns
    .filter(({ column, note }) => /(_by|person(_id)?)$/.test(column) || /\bperson\b/i.test(note ?? ''))
    .map(({ table, column }) => `${table}.${column}`)
    .filter((name) => !given.has(name) && !nobodys.includes(name));
  expect(forgotten, 'Give these the class [person], or say above why they hold nobody.').toEqual([]);
});

test('one sees what was entrusted and who looked, no secret, and no key of anybody else', async () => {
  const giver = await aPerson('Giver', [{ role: 'admin' }]);
  const me = await aPerson('Samira');
  const place = '0193a000-0000-7000-8000-0000000000cc';
  await withViewer(operator, async (tx) => {
    await sql`insert into core.role_grant (person_id, role, scope_kind, until_day, granted_by, reason)
      values (${me.id}, 'partner', 'all', core.today() + 9, ${giver.id}, 'as was agreed')`.execute(tx);
    await sql`update core.person set made_by = ${giver.id} where id = ${me.id}`.execute(tx);
    await sql`insert into vault.card (person_id, code_hash, language, until_day) values (${me.id}, sha256('canary'), 'ar', core.today() + 9)`.execute(
      tx,
    );
    await sql`insert into core.initiative (id, slug, visibility, origin, last_sign, sources, mail)
      values (${place}, 'kept', 'hidden', 'own', 'seen', '{}', 'kept@canary.example')`.execute(tx);
    await sql`insert into core.proposal (initiative_id, kind, words, said_by, brought_by, standing, decided_by, decided_at, decided_why)
      values (${place}, 'change', '{"phone": {"from": "canary-phone"}}', 'own', ${giver.id}, 'accepted', ${me.id}, now(), 'it is so')`.execute(
      tx,
    );
  });
  const mine = oneself(me) ?? { person: '' };
  const told = await belongingsOf(mine);
  const on = (table: string, column: string) =>
    told.find((each) => each.table === table && each.column === column)?.rows;
  expect(on('core.person', 'id')).toMatchObject([{ called: 'Samira', made_by: someoneElse }]);
  expect(on('core.role_grant', 'person_id')).toMatchObject([
    { reason: 'as was agreed', granted_by: someoneElse },
  ]);
  expect(on('vault.card', 'person_id')).toMatchObject([{ language: 'ar' }]);
  // What one decided about others is one's deed; what it was about is theirs.
  expect(on('core.proposal', 'decided_by')?.[0]).toMatchObject({ decided_by: me.id });
  expect(JSON.stringify(told)).not.toMatch(/canary/);
  expect(JSON.stringify(told)).not.toContain(giver.id);
});

test('what one follows goes along, and what somebody else follows does not', async () => {
  const [me, other] = [await aPerson('Samira'), await aPerson('Other')];
  for (const [who, theme] of [
    [me, 'language'],
    [me, 'work'],
    [other, 'canary'],
  ] as const)
    await withViewer(operator, (tx) =>
      sql`with follower as (
          insert into vault.follower (person_id, home) values (${who.id}, 'https://canary.example')
          on conflict (person_id) do update set home = excluded.home returning id)
        insert into vault.following (follower_id, wish, language, confirmed_at, told_through)
        select id, jsonb_build_object('theme', ${theme}::text), 'ar', now(), 1 from follower`.execute(tx),
    );
  const told = await belongingsOf(oneself(me) ?? { person: '' });
  const rows = (table: string) => told.filter((each) => each.table === table).flatMap((each) => each.rows);
  expect(rows('vault.following').map(({ wish, language }) => [wish, language])).toEqual([
    [{ theme: 'language' }, 'ar'],
    [{ theme: 'work' }, 'ar'],
  ]);
  expect(rows('vault.following')[0]?.confirmed_at).toBeInstanceOf(Date);
  expect(rows('vault.follower')).toMatchObject([{ person_id: me.id }]);
  expect(rows('vault.follower')[0]?.made_at).toBeInstanceOf(Date);
  expect(JSON.stringify(rows('vault.following'))).not.toContain('canary');
});

test('someone else’s things are in nobody’s export', async () => {
  const stranger = await aPerson('Stranger');
  const told = await belongingsOf(oneself(stranger) ?? { person: '' });
  expect(told.map(({ table }) => table)).toEqual(['core.person']);
});
