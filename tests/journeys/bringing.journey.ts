import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

const database = houseDatabase();
let lists = 0;
const csv = (rows: readonly string[]) => ({
  name: 'lijst.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`Naam;Gemeente;E-mail;Omschrijving\r\n${rows.join('\r\n')}\r\n`),
});

journey(
  'a verifier brings a list in: its faults are told, what comes out is seen first, and again it adds nothing',
  async ({ page, say, open, follow }) => {
    const list = `lijst ${process.pid}-${++lists}`;
    const rows = [
      `Eettafel ${list};Ede;info@example.org;Samen eten.`,
      `Naaiatelier ${list};Delft;;Samen naaien.`,
    ];
    const bring = async (file: ReturnType<typeof csv>) => {
      await open('/desk/import');
      await page.getByLabel(say('import.desk.file')).setInputFiles(file);
      await follow(() => page.getByRole('button', { name: say('import.desk.file.do') }).click());
    };
    const press = (key: Parameters<typeof say>[0], values = {}) =>
      follow(() => page.getByRole('button', { name: say(key, values), exact: true }).click());
    const main = () => page.locator('main').textContent();

    await bring({ ...csv([]), buffer: Buffer.from('Naam;Gemeente\r\n') });
    expect(await page.getByRole('alert').textContent()).toContain(say('import.desk.refused.only_header'));

    await bring(csv([...rows, 'Weg;Nergenshuizen;geen mail;']));
    expect(await page.getByLabel(say('import.desk.map.column', { name: 'Gemeente' })).inputValue()).toBe(
      'municipality',
    );
    await press('import.desk.map.do');
    expect(await page.getByRole('alert').textContent()).toContain(say('import.desk.mapping.source_needed'));
    await page.getByLabel(say('import.desk.map.source'), { exact: true }).fill(list);
    await press('import.desk.map.do');
    expect(await main()).toContain(say('import.desk.problems.title', { count: 2 }));
    expect(await main()).toContain('Nergenshuizen');
    expect(await page.getByRole('button', { name: say('import.desk.look.do', { count: 3 }) }).count()).toBe(
      0,
    );

    for (const [round, counts] of [
      ['first', { added: 2, changed: 0, same: 0 }],
      ['again', { added: 0, changed: 1, same: 1 }],
    ] as const) {
      const told = round === 'first' ? rows : rows.map((row) => row.replace('Samen eten', 'Samen koken'));
      await bring(csv(told));
      await page.getByLabel(say('import.desk.map.source'), { exact: true }).fill(list);
      await press('import.desk.map.do');
      expect(await main()).toContain(rows[0]?.split(';')[0]);
      await press('import.desk.look.do', { count: 2 });
      await expect
        .poll(async () => (await page.reload(), page.getByRole('heading', { level: 1 }).textContent()), {
          timeout: 60_000,
        })
        .toBe(say('import.desk.done.title'));
      expect(await main()).toContain(say('import.desk.done.counts', counts));
      if (round === 'first') expect(await main()).toContain(say('import.desk.done.proposed', { count: 1 }));
    }
    const standing = await asAdmin<{ standing: string }>(
      database.adminUrl,
      `select standing from core.initiative i join core.outside_key k on k.initiative_id = i.id where k.source = $1 order by 1`,
      [list],
    );
    expect(standing.map((row) => row.standing)).toEqual(['laid', 'proposed']);
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    as: () => anInhabitant('Samira', [{ role: 'verifier', scope: { kind: 'province', id: 'PV25' } }]),
  },
);

let kept = '';
journey(
  'whoever keeps an initiative reads all that is kept of it, and takes it along as a file',
  async ({ page, say, open }) => {
    const [entry] = await asAdmin<{ slug: string }>(
      database.adminUrl,
      'select slug from core.initiative where id = $1',
      [kept],
    );
    await open(`/initiatives/${entry?.slug}/export`);
    expect(await page.locator('main').textContent()).toContain('vault.initiative_place');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: say('keeping.export.do') }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^${entry?.slug}-\\d{4}-\\d\\d-\\d\\d\\.json$`));
    const folder = await mkdtemp(join(tmpdir(), 'belongings-'));
    await download.saveAs(join(folder, 'all.json'));
    const file = JSON.parse(await readFile(join(folder, 'all.json'), 'utf8')) as {
      slug: string;
      tables: Record<string, { rows: unknown[] }>;
    };
    await rm(folder, { recursive: true });
    expect(file.slug).toBe(entry?.slug);
    expect(file.tables['vault.initiative_place']?.rows).toHaveLength(1);
  },
  {
    widths: [360],
    scripts: [false],
    as: async () => {
      const [entry] = await asAdmin<{ id: string }>(
        database.adminUrl,
        `select id from core.initiative where slug = 'takecarebnb'`,
      );
      kept = entry?.id ?? '';
      return anInhabitant('Lid', [{ role: 'member', scope: { kind: 'initiative', id: kept } }]);
    },
  },
);
