import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { parseWish } from '../../input.ts';
import { findInitiatives } from '../../queries.server.ts';
import { guesses } from '../guessing/model.ts';
import type { Mapping, Outcome } from '../model.ts';
import { knownNames } from '../queries.server.ts';
import { bringerOf, theOperator, type Bringer } from '../reach/queries.server.ts';
import { readFile } from '../reading/input.ts';
import { asCsv, madeTable, plantFaults } from '../testing.ts';
import { layFile, type FileLaid } from './commands.server.ts';

ownDatabase();
const aWhile = 120_000;

async function guessed(bytes: Buffer): Promise<Mapping> {
  const read = await readFile(bytes, null);
  if (!read.ok || read.kind !== 'table') throw new Error('no table');
  const known = await withViewer(visitor, knownNames);
  return Object.fromEntries(
    [...guesses(read.table, {}, known)].map(([column, { field }]) => [column, field]),
  );
}

interface Wish {
  readonly source?: string;
  readonly bringer?: Bringer;
  readonly choices?: Record<string, string>;
  readonly mapping?: Mapping;
  readonly progress?: (done: number) => void;
}

async function bring(
  bytes: Buffer,
  { source = 'made', bringer = theOperator, choices = {}, mapping, progress = () => undefined }: Wish = {},
): Promise<FileLaid> {
  const meaning = {
    source,
    sheet: null,
    mapping: mapping ?? (await guessed(bytes)),
    language: 'nl' as const,
  };
  return withViewer(house, async (tx) => {
    const laid = await layFile(tx, bytes, meaning, { bringer, choices, progress });
    if (!laid.ok) throw Object.assign(new Error('refused'), { laid });
    return laid;
  }).catch((error: unknown) => {
    if (error instanceof Error && 'laid' in error) return error.laid as FileLaid;
    throw error;
  });
}
async function brought(bytes: Buffer, wish: Wish = {}): Promise<Outcome> {
  const laid = await bring(bytes, wish);
  if (!laid.ok) throw new Error(JSON.stringify(laid).slice(0, 500));
  return laid.outcome;
}

const rowsOf = <Row extends object>(text: string) =>
  withViewer(operator, async (tx) => (await sql.raw<Row>(text).execute(tx)).rows);
const entry = async (slug: string) => {
  const [row] = await rowsOf<
    Record<string, unknown>
  >(`select i.*, p.name, p.kind, p.themes, p.municipality, p.state,
    (select text from core.initiative_text t where t.initiative_id = i.id and language = 'nl') as text
    from core.initiative i left join pub.initiative_period p on p.initiative_id = i.id and upper_inf(p.valid) where i.slug = '${slug}'`);
  return row;
};
const count = async (table: string) =>
  (await rowsOf<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? 0;

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
      `update core.initiative set website = 'https://eigen.example.org' where slug = 'taalcafe-de-linde'`,
    );
    await rowsOf(`update core.initiative_text set text = 'Wij praten.', origin = 'own' where language = 'nl'
      and initiative_id = (select id from core.initiative where slug = 'taalcafe-de-linde')`);
    await rowsOf(
      `update core.initiative set start_shape = start_shape || '{"name": "De Linde"}' where slug = 'taalcafe-de-linde'`,
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
        slug: 'taalcafe-de-linde',
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
      `update core.initiative set checked_on = '2026-11-01', checked_through = 'call' where slug = 'taalcafe-de-linde'`,
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
    await rowsOf(`update core.initiative set standing = 'withdrawn' where slug = 'zonder-kolom'`);
    const outcome = await brought(asCsv([row({ nr: 'B1', naam: 'Zonder Kolom', thema: 'Werk' })]), {
      source: 'kolom',
    });
    expect(outcome).toMatchObject({ added: 0, changed: 0, left: 1 });
  });

  test('under another name adds, for then it is another source; two of one name get addresses of their own', async () => {
    expect(await brought(asCsv([row()]), { source: 'een andere lijst' })).toMatchObject({ added: 1 });
    expect((await entry('taalcafe-de-linde-ede'))?.standing).toBe('laid');
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
        choices: { Z9: 'samen-aan-tafel' },
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
      sql`select slug from pub.initiative where slug in ('in-ede', 'in-delft')`.execute(tx),
    );
    expect(open.rows).toEqual([{ slug: 'in-ede' }]);
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
    await rowsOf(
      `update core.initiative set standing = 'laid' where slug in ('delfts-eigen', 'haags-eigen')`,
    );
    expect(await brought(both('Wonen'), { source: 'karim', bringer })).toMatchObject({ changed: 0, left: 2 });
    const [delft] = await rowsOf<{ id: string }>(
      `select id from core.initiative where slug = 'delfts-eigen'`,
    );
    const member = await aMember('Lid', delft?.id ?? '');
    const asMember = await withViewer(house, (tx) => bringerOf(tx, member.id ?? ''));
    expect(await brought(both('Wonen'), { source: 'karim', bringer: asMember })).toMatchObject({
      changed: 1,
      left: 1,
    });
  });
});
