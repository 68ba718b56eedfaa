import { beforeAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { hsdsJudge } from '../../../../../tests/support/hsds-schemas.ts';
import { layField, theRealField } from '../../testing.ts';
import { lists, type ListName } from '../model.ts';
import { page, record } from '../testing.ts';

const judge = hsdsJudge();
ownDatabase();

const listed: Readonly<Record<ListName, string>> = {
  organizations: 'compiled/organization_list.json',
  services: 'compiled/service_list.json',
  service_at_locations: 'compiled/service_at_location_list.json',
  locations: 'location.json',
  taxonomies: 'taxonomy.json',
  taxonomy_terms: 'taxonomy_term.json',
};
const whole: Readonly<Record<ListName, string>> = {
  organizations: 'organization.json',
  services: 'service.json',
  service_at_locations: 'service_at_location.json',
  locations: 'location.json',
  taxonomies: 'taxonomy.json',
  taxonomy_terms: 'taxonomy_term.json',
};

describe.skipIf(judge === null)('held against the schemas of Open Referral', () => {
  beforeAll(async () => {
    await layField(await theRealField());
  }, 240_000);
  const wrong = (schema: string, record: { readonly id: string }) =>
    (judge?.(schema, record) ?? []).map((why) => `${record.id}${why}`);

  test.each(lists)('every record in the pages of %s is as its list wants it', async (list) => {
    const first = await page(list, 'per_page=100');
    expect(first.total_items).toBeGreaterThan(list === 'taxonomies' ? 10 : 100);
    const seen: string[] = [];
    for (let at = 1; at <= first.total_pages; at++) {
      const { contents, size } = await page(list, `per_page=100&page=${at}`);
      expect(size).toBe(contents.length);
      expect(contents.flatMap((record) => wrong(listed[list], record))).toEqual([]);
      seen.push(...contents.map((record) => record.id));
    }
    expect(new Set(seen).size).toBe(first.total_items);
  });

  test.each(lists)(
    'every record of %s in full is as it wants it, in its list and by itself alike',
    async (list) => {
      const { contents } = await page(list, 'full=true&per_page=1000'.slice(list.startsWith('tax') ? 10 : 0));
      expect(contents.flatMap((record) => wrong(whole[list], record))).toEqual([]);
      for (const one of contents) expect(await record(list, one.id)).toEqual(one);
      expect(contents.length).toBe((await page(list, '')).total_items);
    },
  );

  test('an organization with its service in full is as both want it', async () => {
    const { contents } = await page('organizations', 'full_service=true&per_page=1000');
    for (const one of contents as readonly { id: string; services: { id: string }[] }[])
      expect([
        ...wrong('organization.json', one),
        ...one.services.flatMap((each) => wrong('service.json', each)),
      ]).toEqual([]);
  });
});
