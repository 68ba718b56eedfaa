import { beforeAll, expect, test } from 'vitest';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { layOpen } from '../../commands.server.ts';
import { aField, asAdmin, layField, wishFor } from '../../testing.ts';
import { openPage } from '../model.ts';
import { changesSince, findOpen } from '../queries.server.ts';
import { wholeRecord } from './model.ts';
import { entryBySlug, relationsBeside } from './queries.server.ts';

const database = ownDatabase();
const admin = (text: string) => asAdmin<{ id: string }>(database.adminUrl, text);
const canary = { mail: 'canary@secret.example', phone: '+31 6 99 88 77 66', text: 'Een geheim van één.' };

beforeAll(async () => {
  const rows = ['one', 'two', 'old', 'kept'].map((id) => ({ id, name: id }));
  await layField(
    aField(rows, {
      relations: [
        { from: 'one', to: 'two' },
        { from: 'kept', type: 'part-of', to: 'one' },
      ],
    }),
  );
  await admin(`
    update core.initiative set mail = '${canary.mail}', phone = '${canary.phone}', confirmed_on = '2026-11-01', checked_on = '2026-11-10', checked_through = 'visit' where slug = 'kept';
    insert into core.entry_field select id, f, 'hidden', 'safety' from core.initiative, unnest(array['place','summary']) f where slug = 'kept';
    insert into core.initiative_text select id, 'fr', '${canary.text}', 'own', false from core.initiative where slug = 'kept';
    insert into core.relation_voice (relation_id, who, stance, said_on, words, language)
      select id, 'to', 'disputes', '2026-10-10', 'Niet meer.', 'nl' from core.relation where type = 'partners-with'`);
  await open('one', 'two', 'old', 'kept');
}, 240_000);

async function open(...slugs: string[]): Promise<void> {
  const rows = await admin(
    `select id from core.initiative where slug in (${slugs.map((slug) => `'${slug}'`).join()})`,
  );
  await withViewer(operator, (tx) =>
    layOpen(
      tx,
      rows.map(({ id }) => id),
    ),
  );
}
const whole = (slug: string) =>
  withViewer(visitor, async (tx) => {
    const entry = await entryBySlug(tx, slug);
    if (entry === null || 'movedTo' in entry) return entry;
    return wholeRecord(entry, await relationsBeside(tx, entry.id), today());
  });

test('an entry tells who said that it is right, and of what it keeps back only why', async () => {
  const told = await whole('kept');
  expect(told).toMatchObject({
    confirmedOn: '2026-11-01',
    checkedOn: '2026-11-10',
    checkedThrough: 'visit',
    freshness: 'confirmed',
    keptBack: { place: 'safety', summary: 'safety' },
    mail: null,
    phone: null,
    summaries: [],
    place: { precision: 'hidden', town: null, municipality: null, province: null, lat: null, lon: null },
  });
  for (const secret of Object.values(canary)) expect(JSON.stringify(told)).not.toContain(secret);
});

test('a list tells the same of it', async () => {
  const wish = wishFor('');
  const { found, field } = await withViewer(visitor, (tx) => findOpen(tx, wish, 'nl'));
  const { initiatives } = openPage(found, wish, field);
  expect(initiatives.find(({ slug }) => slug === 'kept')).toMatchObject({
    freshness: 'confirmed',
    checkedThrough: 'visit',
    keptBack: { place: 'safety', summary: 'safety' },
    mail: null,
    summary: null,
    lat: null,
  });
  expect(initiatives.find(({ slug }) => slug === 'one')).toMatchObject({
    freshness: 'never-confirmed',
    keptBack: {},
  });
  for (const secret of Object.values(canary)) expect(JSON.stringify(initiatives)).not.toContain(secret);
});

test('a relation is told with both who speak of it, from either side', async () => {
  for (const slug of ['one', 'two']) {
    const told = await whole(slug);
    expect(
      told && 'relations' in told ? told.relations.filter(({ type }) => type === 'partners-with') : [],
    ).toMatchObject([
      {
        from: { slug: 'one' },
        to: { slug: 'two' },
        standing: 'disputed',
        assertedBy: 'public-sources',
        voices: [
          { who: 'public-sources', stance: 'asserts' },
          { who: 'to', stance: 'disputes', saidOn: '2026-10-10', words: 'Niet meer.', language: 'nl' },
        ],
      },
    ]);
  }
});

test('an entry that turned out to be another leads there, in its own address and in the diary', async () => {
  const { next } = await withViewer(visitor, (tx) => changesSince(tx, { number: 0 }));
  await admin(
    `update core.initiative set standing = 'merged', merged_into = (select id from core.initiative where slug = 'one') where slug = 'old'`,
  );
  await open('old');
  expect(await whole('old')).toEqual({ movedTo: 'one' });
  const { changes } = await withViewer(visitor, (tx) => changesSince(tx, { number: next }));
  expect(changes).toMatchObject([{ slug: 'old', what: 'removed', movedTo: 'one' }]);
});

test('what is hidden and what never was cannot be told apart', async () => {
  await admin(`update core.initiative set visibility = 'hidden' where slug = 'two'`);
  await open('two');
  expect([await whole('two'), await whole('nobody')]).toEqual([null, null]);
  const told = await whole('one');
  expect(JSON.stringify(told)).not.toContain('"two"');
});
