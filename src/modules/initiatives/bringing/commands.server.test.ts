import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { asImporter, type Importer } from './access.ts';
import {
  beginBringing,
  dropBringing,
  endBringing,
  mapBringing,
  noteProgress,
  startBringing,
  sweepBringings,
} from './commands.server.ts';
import { bringIn } from './jobs.server.ts';
import type { Mapping } from './model.ts';
import { askedOf, prepareFile } from './preparing/queries.server.ts';
import { alikeAmong } from './likeness/queries.server.ts';
import { bringingOf, fileOf, latestBringings, mappingRemembered } from './queries.server.ts';
import { asCsv } from './testing.ts';

ownDatabase();
const gelderland = { kind: 'province', id: 'PV25' } as const;
let samira: Importer;
let karim: Importer;

async function importerCalled(name: string): Promise<Importer> {
  const who = asImporter(await aPerson(name, [{ role: 'verifier', scope: gelderland }]));
  if (!who) throw new Error('no importer');
  return who;
}
beforeAll(async () => {
  await withViewer(operator, (tx) => loadPlaces(tx));
  samira = await importerCalled('Samira');
  karim = await importerCalled('Karim');
});

const file = asCsv([
  { Naam: 'Taalcafé de Linde', Gemeente: 'Ede', Mail: 'linde@example.org' },
  { Naam: 'Buurtkeuken', Gemeente: 'Arnhem', Mail: '' },
]);
const mapping: Mapping = { Naam: 'name', Gemeente: 'municipality', Mail: '' };

async function begun(who: Importer, bytes = file): Promise<string> {
  const answer = await withViewer(who, (tx) =>
    beginBringing(tx, who, { bytes, name: 'lijst.csv', form: 'csv', rows: 2, language: 'nl' }),
  );
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.id;
}
const mapped = (who: Importer, id: string, source = 'lijst') =>
  withViewer(who, (tx) => mapBringing(tx, who, id, { source, sheet: null, mapping }));
const started = (who: Importer, id: string, choices = {}) =>
  withViewer(who, (tx) => startBringing(tx, who, id, choices));
const seen = (viewer: Viewer, id: string) => withViewer(viewer, (tx) => bringingOf(tx, id));
const jobs = () =>
  withViewer(house, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`select data->'data'->>'bringing' as id from jobs.job where data->>'job' = 'bring-in'`.execute(tx);
    return rows.map(({ id }) => id);
  });

describe('a file that is brought in', () => {
  test('goes from its columns to what comes out to being laid, and then the file itself is let go', async () => {
    const id = await begun(samira);
    expect(await seen(samira, id)).toMatchObject({
      standing: 'mapping',
      mine: true,
      source: '',
      by: 'Samira',
    });
    expect((await mapped(samira, id)).ok).toBe(true);
    expect((await started(samira, id)).ok).toBe(true);
    expect(await jobs()).toContain(id);
    expect((await mapped(samira, id)).ok).toBe(false);
    await bringIn({ bringing: id });
    expect(await seen(samira, id)).toMatchObject({
      standing: 'done',
      done: 2,
      outcome: { added: 2, changed: 0, same: 0, proposed: 0, left: 0 },
    });
    expect(await withViewer(house, (tx) => fileOf(tx, id))).toBeNull();
    const before = await seen(samira, id);
    await bringIn({ bringing: id });
    expect(await seen(samira, id)).toEqual(before);
  });

  test('that turns out faulty is refused with its faults, and nothing of it is laid', async () => {
    const id = await begun(
      samira,
      asCsv([
        { Naam: 'Nieuw', Gemeente: 'Ede' },
        { Naam: 'Weg', Gemeente: 'Nergenshuizen' },
      ]),
    );
    await mapped(samira, id);
    await started(samira, id);
    await bringIn({ bringing: id });
    expect(await seen(samira, id)).toMatchObject({
      standing: 'refused',
      outcome: {
        problemCount: 1,
        problems: [{ row: 3, field: 'municipality', reason: 'unknown_municipality' }],
      },
    });
    const { rows } = await withViewer(operator, (tx) =>
      sql`select 1 from core.initiative where slug like 'nieuw-%'`.execute(tx),
    );
    expect(rows).toEqual([]);
  });

  test('that cannot be read after all is refused, and is not tried for ever', async () => {
    const id = await begun(samira, Buffer.from('niets'));
    await mapped(samira, id);
    await started(samira, id);
    await bringIn({ bringing: id });
    expect(await seen(samira, id)).toMatchObject({ standing: 'refused', outcome: { failed: true } });
  });

  test('is asked about as it was told last time, and what it looks like is shown', async () => {
    expect(await withViewer(samira, (tx) => mappingRemembered(tx, 'lijst'))).toEqual(mapping);
    const id = await begun(
      karim,
      asCsv([{ Naam: 'Stichting Taalcafe de Linde', Gemeente: 'Ede', Mail: '' }]),
    );
    const looked = await withViewer(karim, async (tx) => {
      const bringing = await bringingOf(tx, id);
      const bytes = await fileOf(tx, id);
      if (!bringing || !bytes) throw new Error('not there');
      const asked = await askedOf(tx, bringing, bytes);
      const meaning = { source: 'andere lijst', sheet: null, mapping, language: 'nl' as const };
      const read = await prepareFile(tx, bytes, meaning);
      if (!read.ok) throw new Error(read.reason);
      return { asked, alike: await alikeAmong(tx, read.prepared.rows) };
    });
    expect(looked.asked).toMatchObject({
      source: 'lijst',
      columns: [
        { name: 'Naam', field: 'name', by: 'remembered', examples: ['Stichting Taalcafe de Linde'] },
        { name: 'Gemeente', field: 'municipality', by: 'remembered' },
        { name: 'Mail', field: '' },
      ],
    });
    expect(looked.alike).toMatchObject({
      alikeCount: 1,
      alike: [
        {
          row: 2,
          name: 'Stichting Taalcafe de Linde',
          entries: [{ name: 'Taalcafé de Linde', town: 'Ede' }],
        },
      ],
    });
    await withViewer(karim, (tx) => dropBringing(tx, karim, id));
    expect(await seen(karim, id)).toBeNull();
  });
});

describe('the walls around a file', () => {
  test('only who may bring in sees that it is there, and only its bringer what is in it or what becomes of it', async () => {
    const id = await begun(samira);
    const stranger = await aPerson('Niemand');
    const unsure = await aPerson('Half', [{ role: 'verifier', scope: gelderland }], false);
    for (const viewer of [stranger, unsure]) {
      expect(await seen(viewer, id)).toBeNull();
      expect(await withViewer(viewer, latestBringings)).toEqual([]);
      expect(asImporter(viewer)).toBeNull();
    }
    expect(asImporter(visitor)).toBeNull();
    expect(await seen(karim, id)).toMatchObject({ mine: false });
    expect(await withViewer(karim, (tx) => fileOf(tx, id))).toBeNull();
    expect((await mapped(karim, id)).ok).toBe(false);
    expect((await started(karim, id)).ok).toBe(false);
    expect((await withViewer(karim, (tx) => dropBringing(tx, karim, id))).ok).toBe(false);
    expect(await withViewer(samira, (tx) => fileOf(tx, id))).toEqual(file);
  });

  test('nobody begins one in the name of another, or says of their own that it is done', async () => {
    const asOther = { ...karim, id: samira.id } as Importer;
    await expect(
      withViewer(karim, (tx) =>
        beginBringing(tx, asOther, { bytes: file, name: 'x', form: 'csv', rows: 1, language: 'nl' }),
      ),
    ).rejects.toThrow(/row-level security/);
    const id = await begun(samira);
    await expect(
      withViewer(samira, (tx) =>
        tx.updateTable('core.bringing').set({ standing: 'done' }).where('id', '=', id).execute(),
      ),
    ).rejects.toThrow(/row-level security/);
    await expect(withViewer(samira, (tx) => endBringing(tx, id, 'done', {}))).rejects.toThrow(
      'Only the operator',
    );
    await expect(withViewer(samira, (tx) => noteProgress(tx, id, 1))).rejects.toThrow('Only the operator');
  });

  test('a file larger than may be is not kept', async () => {
    const bytes = Buffer.alloc(16 * 1024 * 1024 + 1);
    const answer = await withViewer(samira, (tx) =>
      beginBringing(tx, samira, { bytes, name: 'x', form: 'csv', rows: 1, language: 'nl' }),
    );
    expect(answer).toMatchObject({ ok: false, reason: 'too_big' });
  });

  test('a file that nobody came back for is let go after a week', async () => {
    const id = await begun(samira);
    const young = await begun(samira);
    await withViewer(operator, (tx) =>
      sql`update core.bringing set changed_at = now() - interval '8 days' where id = ${id}`.execute(tx),
    );
    expect(await withViewer(house, sweepBringings)).toBe(1);
    expect([await seen(samira, id), (await seen(samira, young))?.standing]).toEqual([null, 'mapping']);
  });
});
