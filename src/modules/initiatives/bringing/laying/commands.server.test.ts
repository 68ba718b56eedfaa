import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { bringerOf } from '../reach/queries.server.ts';
import { asCsv } from '../testing.ts';
import { brought } from './testing.ts';

ownDatabase();

const rowsOf = <Row extends object>(text: string) =>
  withViewer(operator, async (tx) => (await sql.raw<Row>(text).execute(tx)).rows);
/** The newest entry whose address begins so; every address ends with a tail of its own. */
const entry = async (slug: string) => {
  const [row] = await rowsOf<
    Record<string, unknown>
  >(`select i.*, p.name, p.kind, p.themes, p.municipality, p.state,
    (select text from core.initiative_text t where t.initiative_id = i.id and language = 'nl') as text
    from core.initiative i left join pub.initiative_period p on p.initiative_id = i.id and upper_inf(p.valid)
    where i.slug ~ '^${slug}-[0-9a-f]{8}$' order by i.id desc limit 1`);
  return row;
};
const like = (slug: string) => `slug ~ '^${slug}-[0-9a-f]{8}$'`;
const row = (more: Record<string, string> = {}) => ({
  nr: 'A1',
  naam: 'Taalcafé de Linde',
  gemeente: 'Ede',
  omschrijving: 'Praten en lezen.',
  website: 'https://linde.example.org',
  mail: 'info@linde.example.org',
  thema: 'Taal',
  ...more,
});

beforeAll(() => withViewer(operator, (tx) => loadPlaces(tx)));

describe('bringing a source in again', () => {
  const again = (more: Record<string, string>) => brought(asCsv([row(more)]), { source: 'lijst' });

  test('brings what it tells anew up to date, and takes back what it no longer tells', async () => {
    expect(await again({})).toMatchObject({ added: 1 });
    expect(
      await again({ website: 'https://nieuw.example.org', mail: '', omschrijving: 'Meer.', thema: 'Werk' }),
    ).toMatchObject({
      added: 0,
      changed: 1,
      keptCount: 0,
    });
    expect(await entry('taalcafe-de-linde')).toMatchObject({
      website: 'https://nieuw.example.org',
      mail: null,
      themes: ['work'],
      text: 'Meer.',
      standing: 'laid',
    });
  });

  test('never writes over what another said since, and says what it kept', async () => {
    await rowsOf(
      `update core.initiative set website = 'https://eigen.example.org' where ${like('taalcafe-de-linde')}`,
    );
    await rowsOf(`update core.initiative_text set text = 'Wij praten.', origin = 'own' where language = 'nl'
      and initiative_id = (select id from core.initiative where ${like('taalcafe-de-linde')})`);
    await rowsOf(
      `update core.initiative set start_shape = start_shape || '{"name": "De Linde"}' where ${like('taalcafe-de-linde')}`,
    );
    const outcome = await again({
      website: 'https://nog.example.org',
      omschrijving: 'Weer anders.',
      thema: 'Wonen',
      mail: 'x@linde.example.org',
    });
    expect(outcome).toMatchObject({ changed: 1, keptCount: 1 });
    expect(outcome.kept).toEqual([
      {
        row: 2,
        slug: expect.stringMatching(/^taalcafe-de-linde-[0-9a-f]{8}$/) as unknown,
        field: 'website',
        held: 'https://eigen.example.org',
        told: 'https://nog.example.org',
      },
    ]);
    expect(await entry('taalcafe-de-linde')).toMatchObject({
      name: 'De Linde',
      website: 'https://eigen.example.org',
      mail: 'x@linde.example.org',
      themes: ['housing'],
      text: 'Wij praten.',
    });
  });

  test('only fills gaps in an entry that was found to be right, and does not end it', async () => {
    await rowsOf(
      `update core.initiative set checked_on = '2026-11-01', checked_through = 'call' where ${like('taalcafe-de-linde')}`,
    );
    const file = asCsv([
      { ...row({ thema: 'Werk', gemeente: 'Arnhem' }), tel: '026 1234567', status: 'gestopt' },
    ]);
    const outcome = await brought(file, { source: 'lijst' });
    expect(outcome.kept?.map(({ field }) => field).toSorted()).toEqual([
      'events',
      'mail',
      'place',
      'themes',
      'website',
    ]);
    expect(await entry('taalcafe-de-linde')).toMatchObject({
      phone: '026 1234567',
      themes: ['housing'],
      municipality: 'GM0228',
      state: 'active',
    });
  });

  test('without a column says nothing of what stood in it', async () => {
    const { mail: _mail, website: _website, ...less } = row({ nr: 'B1', naam: 'Zonder Kolom' });
    await brought(asCsv([{ ...less, mail: 'a@example.org', website: 'https://a.example.org' }]), {
      source: 'kolom',
    });
    await brought(asCsv([{ ...less, omschrijving: 'Anders.' }]), { source: 'kolom' });
    expect(await entry('zonder-kolom')).toMatchObject({
      mail: 'a@example.org',
      website: 'https://a.example.org',
    });
  });

  test('leaves what left the map where it is', async () => {
    await rowsOf(`update core.initiative set standing = 'withdrawn' where ${like('zonder-kolom')}`);
    const outcome = await brought(asCsv([row({ nr: 'B1', naam: 'Zonder Kolom', thema: 'Werk' })]), {
      source: 'kolom',
    });
    expect(outcome).toMatchObject({ added: 0, changed: 0, left: 1 });
  });

  test('under another name adds, for then it is another source; two of one name get addresses of their own', async () => {
    expect(await brought(asCsv([row()]), { source: 'een andere lijst' })).toMatchObject({ added: 1 });
    const { rows } = await withViewer(operator, (tx) =>
      sql<{ slug: string }>`select slug from core.initiative where slug like 'taalcafe-de-linde-%'`.execute(
        tx,
      ),
    );
    expect(new Set(rows.map(({ slug }) => slug)).size).toBe(2);
  });
});

describe('a row that is an entry that is there', () => {
  test('fills its gaps, keeps what it has, and is known by its key from then on', async () => {
    await brought(asCsv([row({ nr: 'C1', naam: 'Samen Aan Tafel', website: '', mail: '' })]), {
      source: 'een',
    });
    const outcome = await brought(
      asCsv([row({ nr: 'Z9', naam: 'Stichting Samen aan Tafel', thema: 'Werk' })]),
      {
        source: 'twee',
        choices: { Z9: String((await entry('samen-aan-tafel'))?.slug) },
      },
    );
    expect(outcome).toMatchObject({ added: 0, changed: 1 });
    expect(outcome.kept?.map(({ field }) => field).toSorted()).toEqual(['name', 'themes']);
    expect(await entry('samen-aan-tafel')).toMatchObject({
      name: 'Samen Aan Tafel',
      website: 'https://linde.example.org',
      themes: ['language'],
    });
    const again = await brought(
      asCsv([row({ nr: 'Z9', naam: 'Stichting Samen aan Tafel', website: 'https://w.example.org' })]),
      { source: 'twee' },
    );
    expect(again).toMatchObject({ added: 0, changed: 1 });
    expect((await entry('samen-aan-tafel'))?.website).toBe('https://w.example.org');
  });
});

describe('what a verifier brings in', () => {
  const gelderland = { kind: 'province', id: 'PV25' } as const;

  test('stands at once where they watch, and waits for another verifier elsewhere', async () => {
    const viewer = await aPerson('Samira', [{ role: 'verifier', scope: gelderland }]);
    const bringer = await withViewer(house, (tx) => bringerOf(tx, viewer.id ?? ''));
    const file = asCsv([
      row({ nr: '1', naam: 'In Ede' }),
      row({ nr: '2', naam: 'In Delft', gemeente: 'Delft' }),
    ]);
    expect(await brought(file, { source: 'samira', bringer })).toMatchObject({ added: 2, proposed: 1 });
    expect(await entry('in-ede')).toMatchObject({ standing: 'laid', added_by: null });
    expect(await entry('in-delft')).toMatchObject({ standing: 'proposed', added_by: viewer.id });
    const open = await withViewer(visitor, (tx) =>
      sql`select name from pub.initiative where name in ('In Ede', 'In Delft')`.execute(tx),
    );
    expect(open.rows).toEqual([{ name: 'In Ede' }]);
  });

  test('changes no entry elsewhere, but what they brought that still waits, and what they keep', async () => {
    const viewer = await aPerson('Karim', [{ role: 'verifier', scope: gelderland }]);
    const bringer = await withViewer(house, (tx) => bringerOf(tx, viewer.id ?? ''));
    const both = (thema: string) =>
      asCsv([
        row({ nr: '1', naam: 'Delfts Eigen', gemeente: 'Delft', thema }),
        row({ nr: '2', naam: 'Haags Eigen', gemeente: 'Den Haag', thema }),
      ]);
    await brought(both('Taal'), { source: 'karim', bringer });
    expect(await brought(both('Werk'), { source: 'karim', bringer })).toMatchObject({ changed: 2, left: 0 });
    await rowsOf(`update core.initiative set standing = 'laid' where ${like('(delfts|haags)-eigen')}`);
    expect(await brought(both('Wonen'), { source: 'karim', bringer })).toMatchObject({ changed: 0, left: 2 });
    const [delft] = await rowsOf<{ id: string }>(
      `select id from core.initiative where ${like('delfts-eigen')}`,
    );
    const member = await aMember('Lid', delft?.id ?? '');
    const asMember = await withViewer(house, (tx) => bringerOf(tx, member.id ?? ''));
    expect(await brought(both('Wonen'), { source: 'karim', bringer: asMember })).toMatchObject({
      changed: 1,
      left: 1,
    });
  });
});
