import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { stopClock } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { layOpen } from '../commands.server.ts';
import { aField, asAdmin, layField, theRealField } from '../testing.ts';
import { locationKey, serviceAtLocationKey, serviceKey } from './model.ts';
import { everything, keys, page, record } from './testing.ts';

const database = ownDatabase();
const admin = (text: string, values: unknown[] = []) =>
  asAdmin<{ id: string }>(database.adminUrl, text, values);

describe('what changed, told by deeds', () => {
  const slugs = ['one', 'two', 'three', 'four', 'five', 'six'];
  const told = new Map<string, string>();
  const lay = (changes: Readonly<Record<string, unknown>> = {}) =>
    layField(
      aField(
        slugs.map((id) => ({
          id,
          name: told.get(id) ?? id,
          summary_nl: told.get(`about ${id}`) ?? id,
          ...changes,
        })),
        {
          relations: [
            { from: 'one', to: 'two' },
            { from: 'three', type: 'part-of', to: 'one', since: '2018' },
          ],
        },
      ),
    );
  const idOf = async (slug: string) =>
    (await admin('select id from core.initiative where slug = $1', [slug]))[0]?.id ?? '';
  const open = async (slug: string) => {
    const id = await idOf(slug);
    await withViewer(operator, (tx) => layOpen(tx, [id]));
  };
  const deeds: readonly (readonly [string, (slug: string, word: string) => Promise<unknown>])[] = [
    ['tells the same again', () => lay()],
    ['lays the same open again', open],
    ['is called otherwise', async (slug, word) => (told.set(slug, `${slug} ${word}`), await lay())],
    ['does otherwise', async (slug, word) => (told.set(`about ${slug}`, word), await lay())],
    [
      'is hidden',
      async (slug) => (
        await admin(`update core.initiative set visibility = 'hidden' where slug = $1`, [slug]),
        await open(slug)
      ),
    ],
    [
      'is shown',
      async (slug) => (
        await admin(`update core.initiative set visibility = 'public' where slug = $1`, [slug]),
        await open(slug)
      ),
    ],
    [
      'has a mail address inside',
      async (slug, word) => (
        await admin('update core.initiative set mail = $2 where slug = $1', [slug, `${word}@example.org`]),
        await open(slug)
      ),
    ],
    [
      'shows its mail address',
      async (slug) => (
        await admin(
          `insert into core.entry_field select id, 'mail', 'public', 'asked' from core.initiative where slug = $1 on conflict do nothing`,
          [slug],
        ),
        await open(slug)
      ),
    ],
    [
      'keeps its summary back',
      async (slug) => (
        await admin(
          `insert into core.entry_field select id, 'summary', 'hidden', 'safety' from core.initiative where slug = $1 on conflict do nothing`,
          [slug],
        ),
        await open(slug)
      ),
    ],
    [
      'keeps nothing back',
      async (slug) => (
        await admin(
          `delete from core.entry_field using core.initiative i where i.id = initiative_id and i.slug = $1`,
          [slug],
        ),
        await open(slug)
      ),
    ],
    [
      'is confirmed',
      async (slug) => (
        await admin(
          `update core.initiative set confirmed_on = coalesce(confirmed_on, '2026-01-01') + 1 where slug = $1`,
          [slug],
        ),
        await open(slug)
      ),
    ],
    [
      'is spoken of by the other side',
      async () => (
        await admin(
          `insert into core.relation_voice (relation_id, who, stance) select id, 'to', 'disputes' from core.relation where upper_inf(recorded) limit 1 on conflict do nothing`,
        ),
        await open('two')
      ),
    ],
  ];

  beforeAll(async () => void (await lay()), 120_000);

  test('modified_after gives exactly the records that became different, whatever was done', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom(...deeds), fc.constantFrom(...slugs), fc.stringMatching(/^[a-z]{3,8}$/)),
          { minLength: 1, maxLength: 3 },
        ),
        async (done) => {
          const before = await everything();
          // Moments are told in milliseconds; two deeds in one of them could not be told apart.
          await pause(3);
          const since = new Date().toISOString();
          await pause(3);
          for (const [[, deed], slug, word] of done) await deed(slug, word);
          const after = await everything();
          const different = [...after]
            .filter(([id, one]) => before.get(id) !== one)
            .map(([id]) => id)
            .sort();
          changed += different.length;
          const what = done.map(([[name], slug]) => `${slug} ${name}`).join(', ');
          expect(await keys('organizations', `modified_after=${since}`), what).toEqual(different);
          expect(new Set(await keys('services', `modified_after=${since}`)), what).toEqual(
            new Set(different.map(serviceKey)),
          );
          for (const gone of [...before.keys()].filter((id) => !after.has(id)))
            expect(await record('organizations', gone), what).toBeNull();
        },
      ),
      { numRuns: 20, seed: 20151127 },
    );
    expect(changed).toBeGreaterThan(10);
  });
});

describe('what changed, told by days', () => {
  beforeAll(async () => {
    await layField(await theRealField());
  }, 240_000);
  afterEach(() => stopClock());
  const moments = async () => {
    const { contents } = await page('organizations', 'minimal=true');
    return new Map(contents.map(({ id, modified_date }) => [id, String(modified_date)]));
  };
  const keyIn = {
    organizations: (id: string) => id,
    services: serviceKey,
    service_at_locations: serviceAtLocationKey,
    locations: locationKey,
  };

  test('whatever the days of change are, each list gives those from a moment on and no other', async () => {
    const all = [...(await moments()).keys()];
    const placed = new Set(await keys('locations'));
    // Many change in one millisecond, some in the next, most far apart; all later than any life event that was told.
    const days = all.map((_, at) => new Date(Date.UTC(2027, 0, 1 + (at % 40)) + (at % 3)).toISOString());
    await admin(
      'update pub.initiative i set changed_at = d.at from unnest($1::uuid[], $2::timestamptz[]) d(id, at) where d.id = i.id',
      [all, days],
    );
    const changed = await moments();
    for (const [at, id] of all.entries()) expect(changed.get(id)).toBe(days[at]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...days),
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: 1, max: 90 }),
        async (day, shift, perPage) => {
          const since = new Date(Date.parse(day) + shift).toISOString();
          for (const list of ['organizations', 'services', 'service_at_locations', 'locations'] as const) {
            const expected = all
              .filter((id) => (changed.get(id) ?? '') >= since)
              .filter((id) => list === 'organizations' || list === 'services' || placed.has(locationKey(id)))
              .map(keyIn[list]);
            const query = `modified_after=${since}&minimal=true&per_page=${perPage}`;
            const first = await page(list, query);
            expect([first.total_items, first.total_pages]).toEqual([
              expected.length,
              Math.ceil(expected.length / perPage),
            ]);
            const seen: string[] = [];
            for (let at = 1; at <= first.total_pages; at++) {
              const one = await page(list, `${query}&page=${at}`);
              expect([one.first_page, one.last_page, one.empty, one.page_number]).toEqual([
                at === 1,
                at === first.total_pages,
                false,
                at,
              ]);
              for (const { id } of one.contents) seen.push(id);
            }
            expect(seen).toEqual(expected);
          }
        },
      ),
      { numRuns: 12, seed: 7 },
    );
  }, 240_000);

  test('who is told beforehand to stop changes at that midnight, and not before', async () => {
    await layField(
      aField([{ id: 'stops', name: 'Stops' }], {
        events: [{ organisation: 'stops', kind: 'ended', date: '2027-02-01' }],
      }),
    );
    const [row] = await admin("select id from pub.initiative where slug = 'stops'");
    const key = serviceKey(row?.id ?? '');
    const at = async (moment: string) => {
      stopClock(new Date(moment));
      const one = await record('services', key);
      const midnight = await keys('services', 'modified_after=2027-02-01T23:00:00.000Z');
      return [one?.status, one?.last_modified === '2027-02-01T23:00:00.000Z', midnight.includes(key)];
    };
    expect(await at('2027-02-01T22:59:59Z')).toEqual(['active', false, false]);
    expect(await at('2027-02-01T23:00:01Z')).toEqual(['defunct', true, true]);
  });

  test('a moment between two milliseconds lies after the first of them', async () => {
    const [id = ''] = await keys('organizations');
    await admin("update pub.initiative set changed_at = '2026-10-01T10:00:00.123Z' where id = $1", [id]);
    expect(await keys('organizations', 'modified_after=2026-10-01T10:00:00.123Z')).toContain(id);
    expect(await keys('organizations', 'modified_after=2026-10-01T12:00:00.123000%2B02:00')).toContain(id);
    expect(await keys('organizations', 'modified_after=2026-10-01T10:00:00.123001Z')).not.toContain(id);
  });
});
