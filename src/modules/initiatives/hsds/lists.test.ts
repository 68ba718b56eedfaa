import { beforeAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { asAdmin, layField, theRealField } from '../testing.ts';
import { locationKey, serviceAtLocationKey, serviceKey } from './model.ts';
import { keys, page, record, sent, type Record } from './testing.ts';

const database = ownDatabase();
beforeAll(async () => {
  await layField(await theRealField());
}, 240_000);

const termsIn = (one: Record) =>
  ((one.attributes ?? []) as { taxonomy_term_id: string }[]).map((attribute) => attribute.taxonomy_term_id);

describe('what a list is narrowed by', () => {
  test('a word of a list finds exactly the records that carry it', async () => {
    const terms = (await page('taxonomy_terms', 'per_page=1000')).contents;
    for (const list of ['organizations', 'services', 'locations'] as const) {
      const all = (await page(list, 'full=true&per_page=1000')).contents;
      let met = 0;
      for (const { id, taxonomy } of terms) {
        // The words of a place stand at the location itself, and find what is there too.
        if (taxonomy === 'Place' && list !== 'locations') continue;
        if (taxonomy !== 'Place' && list === 'locations') continue;
        const carrying = all.filter((one) => termsIn(one).includes(id)).map((one) => one.id);
        if (carrying.length > 0) met++;
        expect(await keys(list, `taxonomy_term_id=${id}`), `${list} ${id}`).toEqual(carrying);
      }
      expect(met).toBeGreaterThan(list === 'locations' ? 1 : 50);
    }
  }, 240_000);

  test('a list of words finds the records that carry any of them', async () => {
    const all = (await page('services', 'full=true&per_page=1000')).contents;
    const terms = (await page('taxonomy_terms', 'per_page=1000')).contents;
    for (const { id } of (await page('taxonomies')).contents) {
      const words = terms.filter((term) => term.taxonomy_id === id).map((term) => term.id);
      const carrying = all
        .filter((one) => termsIn(one).some((term) => words.includes(term)))
        .map((one) => one.id);
      const found = await keys('services', `taxonomy_id=${id}`);
      if (carrying.length > 0) expect(found).toEqual(carrying);
      expect(await keys('taxonomy_terms', `taxonomy_id=${id}`)).toEqual(words);
    }
  });

  test('a word nobody knows finds nothing', async () => {
    const unknown = '00000000-0000-5000-8000-000000000000';
    for (const name of ['taxonomy_term_id', 'taxonomy_id', 'organization_id'])
      expect(await page('services', `${name}=${unknown}`)).toMatchObject({
        total_items: 0,
        total_pages: 0,
        empty: true,
        last_page: true,
      });
    expect(await keys('taxonomy_terms', `taxonomy_id=${unknown}`)).toEqual([]);
    expect(await keys('taxonomy_terms', `parent_id=${unknown}`)).toEqual([]);
  });

  test('an organization has one service, and at most one place', async () => {
    for (const id of (await keys('organizations')).slice(0, 40)) {
      expect(await keys('services', `organization_id=${id}`)).toEqual([serviceKey(id)]);
      const places = await keys('locations', `organization_id=${id}`);
      expect(await keys('service_at_locations', `organization_id=${id}`)).toEqual(
        places.length > 0 ? [serviceAtLocationKey(id)] : [],
      );
      expect([[], [locationKey(id)]]).toContainEqual(places);
    }
  });

  test('words find in any language, and what is found is a list like any other', async () => {
    const { contents, total_items } = await page('organizations', 'search=Takecarebnb');
    expect(total_items).toBeGreaterThan(0);
    expect(contents.map(({ name }) => name)).toContain('Takecarebnb');
    const arabic = await keys('services', `search=${encodeURIComponent('اللاجئين')}`);
    expect(arabic.length).toBeGreaterThan(0);
    expect(await keys('services', `search=${encodeURIComponent('اللاجئين')}`)).toEqual(arabic);
    expect(await keys('services', 'search=qqqxqqq')).toEqual([]);
    expect((await page('taxonomies', 'search=theme')).contents.map(({ name }) => name)).toContain('Theme');
  });
});

describe('how a list is told', () => {
  test('its pages tell each record once, and say where they are', async () => {
    const whole = await keys('organizations');
    const seen: string[] = [];
    for (let at = 1; at <= Math.ceil(whole.length / 30); at++)
      seen.push(...(await page('organizations', `per_page=30&page=${at}`)).contents.map(({ id }) => id));
    expect(seen).toEqual(whole);
    expect(await page('organizations', 'page=100000')).toMatchObject({
      total_items: whole.length,
      page_number: 100000,
      size: 0,
      first_page: false,
      last_page: true,
      empty: true,
    });
  });

  test('all of it at once, a record on each line', async () => {
    const lines = (await sent('services', 'format=ndjson&full=true')).trimEnd().split('\n');
    const { contents } = await page('services', 'full=true&per_page=1000');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(contents);
  });

  test('only what changed when, of all records in one page', async () => {
    const { contents, total_pages } = await page('services', 'minimal=true');
    expect(total_pages).toBe(1);
    const whole = (await page('services', 'per_page=1000')).contents;
    expect(contents).toEqual(whole.map(({ id, last_modified }) => ({ id, modified_date: last_modified })));
  });

  test('a record is found by its own key only, however that is written', async () => {
    const [id = ''] = await keys('services');
    expect(await record('services', id.toUpperCase())).toMatchObject({ id });
    expect(await record('organizations', id)).toBeNull();
    for (const word of ['x', '', "' or 1=1", '00000000-0000-5000-8000-000000000000'])
      expect(await record('services', word)).toBeNull();
  });
});

describe('what a record tells', () => {
  test('nothing that is not open, and no place more exact than it may be', async () => {
    const everything = await sent('organizations', 'format=ndjson&full_service=true');
    const exact = await asAdmin<{ lat: number; lon: number }>(
      database.adminUrl,
      `select v.lat, v.lon from vault.initiative_place v where v.precision <> 'exact'
        and not exists (select from pub.place p where p.lat = v.lat and p.lon = v.lon)
        and not exists (select from pub.province p where p.lat = v.lat and p.lon = v.lon)`,
    );
    expect(exact.length).toBeGreaterThan(50);
    const told = exact.filter(({ lat, lon }) => everything.includes(`"latitude":${lat},"longitude":${lon},`));
    expect(told).toEqual([]);
  });

  test('who stopped is defunct, who sleeps is closed for a while', async () => {
    const rows = await asAdmin<{ id: string; state: string }>(
      database.adminUrl,
      'select initiative_id as id, state from pub.initiative_period where valid @> current_date',
    );
    const states = { active: 'active', paused: 'temporarily closed', ended: 'defunct' } as const;
    const told = new Map(
      (await page('services', 'per_page=1000')).contents.map(({ id, status }) => [id, status]),
    );
    for (const { id, state } of rows)
      expect(told.get(serviceKey(id))).toBe(states[state as keyof typeof states]);
    expect(new Set(told.values()).size).toBeGreaterThan(1);
  });

  test('every key it refers to leads to a record', async () => {
    const ids = new Set(await keys('organizations'));
    const terms = new Set(await keys('taxonomy_terms'));
    for (const one of (await page('organizations', 'full_service=true&per_page=1000')).contents) {
      for (const term of termsIn(one)) expect(terms.has(term)).toBe(true);
      if (one.parent_organization_id) expect(ids.has(String(one.parent_organization_id))).toBe(true);
      const related = (one.attributes as { link_type: string; value?: string }[]).filter(
        (each) => each.link_type === 'relation',
      );
      for (const { value = '{}' } of related)
        expect(ids.has((JSON.parse(value) as { to: string }).to)).toBe(true);
    }
  });
});
