import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { languages, type Language } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { house, visitor } from '#platform/viewer.ts';
import { readXml, type Element } from '#platform/xml.ts';
import { layOpen } from '../commands.server.ts';
import { aField, asAdmin, layField } from '../testing.ts';
import { atomFeed, jsonFeed } from './feeds/model.ts';
import { parseNews } from './input.ts';
import { feedOf, newsOf } from './queries.server.ts';
import { changeOpenly } from './testing.ts';

const database = ownDatabase();
const catalogue = await catalogueOnDisk('messages');
const origin = 'https://stenen.example';
const news = (query: string, since: number | null = null, most = 50) => {
  const asked = parseNews(new URLSearchParams(query));
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors));
  return withViewer(visitor, (tx) =>
    newsOf(tx, asked.value.wish, { since: since === null ? null : { number: since }, most }, 'nl'),
  );
};
const feed = async (query: string) => {
  const asked = parseNews(new URLSearchParams(query));
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors));
  const since = new URLSearchParams(query).get('since');
  const told = await withViewer(visitor, (tx) => feedOf(tx, asked.value, { origin, since }));
  return { told, say: speaker(asked.value.language, catalogue) };
};
const slugsOf = (told: { items: readonly { slug: string }[] }) => told.items.map(({ slug }) => slug).sort();
const change = (...slugs: string[]) => changeOpenly(database.adminUrl, ...slugs);
const hide = async (slug: string) => {
  await asAdmin(database.adminUrl, `update core.initiative set visibility = 'hidden' where slug = $1`, [
    slug,
  ]);
  const rows = await asAdmin<{ id: string }>(
    database.adminUrl,
    'select id from core.initiative where slug = $1',
    [slug],
  );
  await withViewer(house, (tx) =>
    layOpen(
      tx,
      rows.map(({ id }) => id),
    ),
  );
};

beforeAll(() =>
  layField(
    aField(
      [
        { id: 'koor', name: 'Koor <van> & "de" buurt \u0001', themes: ['culture', 'language'] },
        { id: 'nour', name: 'بيت النور', themes: ['work'] },
        { id: 'keuken', name: 'Keuken', municipality: 'Utrecht', province: 'Utrecht', themes: ['leisure'] },
        { id: 'schuil', name: 'Schuilplaats', precision: 'hidden' },
        { id: 'grof', name: 'Ergens in Gelderland', precision: 'region' },
        { id: 'weg', name: 'Gaat Weg' },
      ].map((row) => ({ ...row, name: row.name.replace('\u0001', '') })),
    ),
  ),
);

test.each([
  ['', ['grof', 'keuken', 'koor', 'nour', 'schuil', 'weg']],
  ['municipality=GM0344', ['keuken']],
  ['municipality=GM0202', ['koor', 'nour', 'weg']],
  ['province=PV25', ['grof', 'koor', 'nour', 'weg']],
  ['near=Arnhem&within=10', ['koor', 'nour', 'weg']],
  ['near=أرنهيم', ['koor', 'nour', 'weg']],
  ['theme=work&theme=leisure', ['keuken', 'nour']],
  ['theme=work&municipality=GM0344', []],
  ['entry=koor', ['koor']],
  ['entry=nergens', []],
  ['near=Nergenshuizen', []],
])('of ?%s exactly what is wished is told', async (query, slugs) => {
  expect(slugsOf(await news(query))).toEqual(slugs);
});

test('with a cursor every line after it is told, once, page after page, and nothing else', async () => {
  const start = (await news('')).next;
  await change('koor');
  await change('nour');
  await change('keuken');
  const told: string[] = [];
  let at = start;
  for (let more = true; more;) {
    const page = await news('', at, 1);
    told.push(...slugsOf(page));
    [at, more] = [page.next, page.more];
  }
  expect(told).toEqual(['koor', 'nour', 'keuken']);
  expect(await news('', at)).toMatchObject({ items: [], gone: [], next: at, more: false });
});

test('several changes of one entry are one item, new when it came that day', async () => {
  await change('koor');
  await change('koor');
  const { items } = await news('entry=koor');
  expect(items).toMatchObject([{ slug: 'koor', what: 'added' }]);
});

test('what left the map is told to everyone who may have a copy, by its slug and nothing more', async () => {
  const start = (await news('')).next;
  await change('weg');
  await hide('weg');
  for (const query of ['', 'municipality=GM0344', 'theme=work'])
    expect((await news(query, start)).gone, query).toMatchObject([{ slug: 'weg', movedTo: null }]);
  expect((await news('entry=koor', start)).gone).toEqual([]);
  const { told, say } = await feed('');
  const all = `${JSON.stringify(jsonFeed(say, told))}${atomFeed(say, told)}`;
  expect(all).not.toContain('Gaat Weg');
  expect(all).toContain(':weg:');
});

test('an entry that shows no place is in no feed of a place', async () => {
  for (const query of ['municipality=GM0202', 'near=Arnhem&within=300'])
    expect(slugsOf(await news(query))).not.toContain('schuil');
});

const child = (node: Element, name: string) => node.children.filter((one) => one.name === name);
const textOf = (node: Element | undefined) => node?.text ?? '';

test.each(languages)(
  'the Atom feed in %s is well-formed and has all that RFC 4287 asks',
  async (language: Language) => {
    const { told, say } = await feed(`lang=${language}&theme=culture&theme=work`);
    const feedTold = atomFeed(say, told);
    const read = readXml(feedTold, { depth: 6, elements: 500 });
    if (!read.ok) throw new Error(`${read.reason} at line ${read.line}`);
    const { root } = read;
    expect([root.name, root.space]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
    expect(feedTold).toMatch(new RegExp(`<feed [^>]*xml:lang="${language}">`));
    for (const name of ['id', 'title', 'updated', 'author']) expect(child(root, name), name).toHaveLength(1);
    expect(textOf(child(child(root, 'author')[0] as Element, 'name')[0])).not.toBe('');
    const self = child(root, 'link').find(({ attributes }) => attributes.rel === 'self')?.attributes.href;
    expect(self).toBe(`${origin}/data/v1/changes.atom?theme=work&theme=culture&lang=${language}`);
    const entries = child(root, 'entry');
    expect(entries).toHaveLength(2);
    const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
    for (const entry of entries) {
      for (const name of ['id', 'title', 'updated']) expect(child(entry, name), name).toHaveLength(1);
      expect(textOf(child(entry, 'updated')[0])).toMatch(moment);
      expect(textOf(child(entry, 'id')[0])).toMatch(/^tag:stenen\.example,2026:[a-z-]+:\d{4}-\d{2}-\d{2}$/);
      expect(child(entry, 'link')[0]?.attributes.href).toMatch(
        new RegExp(`^https://stenen.example/${language}/initiatives/`),
      );
      expect(textOf(child(entry, 'content')[0])).not.toBe('');
    }
    expect(
      entries.map((entry) => textOf(child(entry, 'title')[0]).includes('Koor <van> & "de" buurt')),
    ).toContain(true);
    const ids = entries.map((entry) => textOf(child(entry, 'id')[0]));
    expect(new Set(ids).size).toBe(ids.length);
    const tombs = child(root, 'deleted-entry');
    expect(tombs.length).toBeGreaterThan(0);
    for (const { attributes } of tombs) {
      expect(attributes.ref).toMatch(/^tag:stenen\.example,2026:/);
      expect(attributes.when).toMatch(moment);
    }
  },
);

test('the JSON feed has all that JSON Feed 1.1 asks', async () => {
  const { told, say } = await feed('lang=ar&since=0');
  const it = JSON.parse(JSON.stringify(jsonFeed(say, told))) as {
    version: string;
    title: string;
    feed_url: string;
    language: string;
    items: { id: string; url: string; content_text: string; date_published: string }[];
    _steppingstones: { since: number; more: boolean };
  };
  expect(it.version).toBe('https://jsonfeed.org/version/1.1');
  expect([it.language, it.feed_url]).toEqual(['ar', `${origin}/data/v1/changes.json?since=0&lang=ar`]);
  expect(it.title).not.toBe('');
  expect(it.items.length).toBeGreaterThan(3);
  for (const item of it.items) {
    expect(item.content_text).not.toBe('');
    expect(new Date(item.date_published).toISOString()).toBe(item.date_published);
  }
  expect(new Set(it.items.map(({ id }) => id)).size).toBe(it.items.length);
  expect(it._steppingstones).toMatchObject({ more: false, since: told.news.next });
});

test('a question that is wrong is refused with every wrong parameter named', () => {
  const wrong = (query: string) => {
    const read = parseNews(new URLSearchParams(query));
    return read.ok ? [] : read.errors.map(({ name }) => name);
  };
  expect(wrong('theme=cooking&municipality=Arnhem&lang=xx&since=soon&strange=1').sort()).toEqual([
    'lang',
    'municipality',
    'since',
    'strange',
    'theme',
  ]);
  expect(wrong('near=a&near=b')).toEqual(['near']);
  expect(wrong('entry=../../etc&within=9999').sort()).toEqual(['entry', 'within']);
  expect(wrong('theme=work,housing&since=2026-11-21&near=Ede&within=5&lang=ti')).toEqual([]);
});

test('what is told of an entry is what happened since, and of a place that was told once no more', async () => {
  const start = (await news('')).next;
  const [row] = await asAdmin<{ id: string }>(
    database.adminUrl,
    `select id from core.initiative where slug = 'keuken'`,
  );
  await asAdmin(
    database.adminUrl,
    `insert into core.life_event (fact, initiative_id, key, kind, day, precision, said_by, recorded)
     values (uuidv7(), $1, 'prijs', 'award', '2026-10-01', 'month', 'own', tstzrange(clock_timestamp(), null))`,
    [row?.id],
  );
  await change('keuken');
  expect((await news('entry=keuken', start)).items).toMatchObject([
    { what: 'changed', events: [{ kind: 'award', day: '2026-10-01' }] },
  ]);
  const later = (await news('')).next;
  await change('keuken');
  expect((await news('entry=keuken', later)).items).toMatchObject([{ what: 'changed', events: [] }]);
});
