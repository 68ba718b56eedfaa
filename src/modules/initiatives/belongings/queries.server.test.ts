import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, asAdmin, layField } from '../testing.ts';
import { belongings, notTaken } from './model.ts';
import { belongingsOf } from './queries.server.ts';

const database = ownDatabase();
let id = '';
let other = '';
let member: Viewer;

beforeAll(async () => {
  await layField(
    aField(
      [
        { id: 'ours', name: 'Het Onze', lat: 51.98123, lon: 5.91234, precision: 'hidden' },
        { id: 'theirs', name: 'Het Hunne' },
      ],
      {
        events: [{ organisation: 'ours', date: '2018', kind: 'grew' }],
        relations: [{ from: 'theirs', to: 'ours' }],
      },
    ),
  );
  const rows = await asAdmin<{ id: string; slug: string }>(
    database.adminUrl,
    'select id, slug from core.initiative order by slug',
  );
  [id, other] = rows.map((row) => row.id) as [string, string];
  member = await aMember('Samira', id);
  await withViewer(operator, async (tx) => {
    await sql`update core.initiative set mail = 'samira@het-onze.example.org', phone = '026 1234567' where id = ${id}`.execute(
      tx,
    );
    await sql`insert into core.entry_field values (${id}, 'mail', 'hidden', 'safety')`.execute(tx);
    await sql`insert into core.proposal (initiative_id, kind, words, said_by) values (${id}, 'change', '{"said": "Wij zijn verhuisd."}', 'own')`.execute(
      tx,
    );
  });
});

test('every table that names an initiative is among its belongings, or says why not', async () => {
  const found = await asAdmin<{ name: string }>(
    database.adminUrl,
    `with recursive named as (
       select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
       where n.nspname in ('core', 'vault') and c.relkind in ('r', 'p') and not a.attisdropped
         and (c.oid = 'core.initiative'::regclass or a.attname in ('initiative_id', 'relation_id') or c.relname = 'role_grant')
       union select k.conrelid from named join pg_constraint k on k.contype = 'f' and k.confrelid = named.oid)
     select format('%s.%s', n.nspname, c.relname) as name from named join pg_class c on c.oid = named.oid
       join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('core', 'vault') order by 1`,
  );
  const names = found.map(({ name }) => name);
  expect(names.filter((name) => !belongings[name] && !notTaken[name])).toEqual([]);
  expect(
    [...Object.keys(belongings), ...Object.keys(notTaken)].filter((name) => !names.includes(name)),
  ).toEqual([]);
  expect(Object.keys(belongings).filter((name) => notTaken[name])).toEqual([]);
});

describe('who keeps an initiative', () => {
  test('gets all of it, also what nobody else may see, and each column says what it is', async () => {
    const answer = await withViewer(member, (tx) => belongingsOf(tx, id));
    if (!answer.ok) throw new Error(answer.reason);
    const rows = (name: string) => answer.value.find((table) => table.name === name)?.rows ?? [];
    expect(rows('core.initiative')).toMatchObject([
      { slug: 'ours', mail: 'samira@het-onze.example.org', phone: '026 1234567' },
    ]);
    expect(rows('vault.initiative_place')).toMatchObject([
      { lat: 51.98123, lon: 5.91234, precision: 'hidden' },
    ]);
    expect(rows('core.entry_field')).toMatchObject([
      { field: 'mail', visibility: 'hidden', reason: 'safety' },
    ]);
    expect(rows('core.life_event').map((event) => event.kind)).toEqual(
      expect.arrayContaining(['founded', 'grew']),
    );
    expect(rows('core.life_event_text')).toHaveLength(1);
    expect(rows('core.relation')).toMatchObject([{ from_id: other, to_id: id }]);
    expect(rows('core.proposal')).toMatchObject([{ words: { said: 'Wij zijn verhuisd.' } }]);
    expect(rows('core.role_grant')).toMatchObject([{ person_id: member.id, role: 'member' }]);
    expect(rows('core.outside_key')).toMatchObject([{ source: 'field', key: 'ours' }]);
    const initiative = answer.value.find((table) => table.name === 'core.initiative');
    expect(initiative?.about).toContain('An initiative or institution');
    expect(initiative?.columns.slug).toBe('the word in its address');
    expect(answer.value.map(({ name }) => name)).toEqual(Object.keys(belongings));
  });

  test('gets no secrets and no fingerprints, and nothing of another initiative', async () => {
    const answer = await withViewer(member, (tx) => belongingsOf(tx, id));
    if (!answer.ok) throw new Error(answer.reason);
    const columns = answer.value.flatMap(({ name, columns }) =>
      Object.keys(columns).map((column) => `${name}.${column}`),
    );
    const hidden = await asAdmin<{ name: string }>(
      database.adminUrl,
      `select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid where n.nspname in ('core', 'vault') and col_description(c.oid, a.attnum) ~ '^\\[(machine|secret)\\]'`,
    );
    expect(columns.filter((column) => hidden.some(({ name }) => name === column))).toEqual([]);
    expect(columns).toContain('vault.initiative_place.lat');
    expect(JSON.stringify(answer.value)).not.toContain('Het Hunne');
  });

  test('is someone: a stranger, a verifier there and a member of another get nothing at all', async () => {
    const verifier = await aPerson('Verifieerder', [{ role: 'verifier' }]);
    const elsewhere = await aMember('Ander', other);
    for (const viewer of [verifier, elsewhere, await aPerson('Niemand')])
      expect(await withViewer(viewer, (tx) => belongingsOf(tx, id))).toMatchObject({
        ok: false,
        reason: 'not_yours',
      });
    await expect(withViewer(visitor, (tx) => belongingsOf(tx, id))).rejects.toThrow();
  });
});
