import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outsideData } from '../../../../../tests/support/outside-data.ts';
import { lastingKey } from '#platform/ids.ts';
import { termKey, termOf } from '../terms/model.ts';
import { entriesFromHsds } from './input.ts';
import { fieldEntryOf } from './model.ts';

const wishes = { language: 'en', readOn: '2026-11-22' };
const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const read = (json: unknown) => entriesFromHsds(json, wishes);
const one = (more: object = {}) => {
  const told = read([{ id, name: 'Taalcafé', description: 'Praten.', ...more }]);
  if (!told.ok) throw new Error(JSON.stringify(told.problems));
  return told.entries[0];
};
const wrong = (json: unknown) => {
  const told = read(json);
  return told.ok ? [] : told.problems.map(({ row, field, reason }) => [row, field, reason]);
};

describe('an organization that any house may tell', () => {
  test('is an initiative of which little is said, and nothing is made up', () => {
    expect(one({ website: 'https://taal.example', phones: [{ number: '026 123 45 67' }] })).toMatchObject({
      id,
      slug: 'taalcafe-9a8057',
      start: {
        name: 'Taalcafé',
        kind: 'initiative',
        formality: null,
        ledBy: 'not-said',
        scope: null,
        phases: [],
        themes: [],
      },
      website: 'https://taal.example',
      phone: '026 123 45 67',
      texts: [{ language: 'en', text: 'Praten.', origin: 'public-sources' }],
      place: { precision: 'hidden' },
      events: [{ kind: 'noticed', day: null, precision: 'unknown', saidBy: 'public-sources' }],
      origin: 'public-sources',
      confirmedOn: null,
      relations: [],
    });
  });

  test('is shown by its town, however exactly its place was told', () => {
    const locations = [
      { latitude: 51.98765, longitude: 5.91234, location_type: 'physical', addresses: [{ city: 'Arnhem' }] },
    ];
    expect(one({ locations })?.place).toMatchObject({ town: 'Arnhem', lat: 51.98765, precision: 'town' });
    const services = [
      { id, name: 'x', status: 'active', service_at_locations: [{ location: locations[0] }] },
    ];
    expect(one({ services })?.place).toMatchObject({ town: 'Arnhem', precision: 'town' });
  });

  test('began in the year it tells, and is over when all it did is defunct', () => {
    const services = ['defunct', 'defunct'].map((status) => ({ id, name: 'x', status }));
    expect(one({ year_incorporated: 2011, services })?.events).toMatchObject([
      { kind: 'founded', day: '2011-01-01', precision: 'year' },
      { kind: 'ended', day: '2026-11-22', precision: 'at-latest' },
    ]);
    expect(one({ services: [...services, { id, name: 'y', status: 'active' }] })?.events).toHaveLength(1);
  });

  test('that says markup, is read as text', () => {
    expect(one({ description: '<p>Samen <b>leren</b></p>\n<script>x</script>' })?.texts[0]?.text).toBe(
      'Samen leren x',
    );
  });

  test.skipIf(outsideData('data', 'hsds', 'examples') === null)(
    'is read from the examples of Open Referral',
    () => {
      const folder = outsideData('data', 'hsds', 'examples') ?? '';
      for (const name of ['organization_full', 'organization_list']) {
        const told = read(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')));
        expect(told.ok && told.entries).toMatchObject([
          { start: { name: 'Example Organization Inc.' }, website: 'http://example.com' },
        ]);
      }
    },
  );
});

describe('what is wrong in a file', () => {
  test('every wrong record is told with row, field and reason, all at once', () => {
    const attribute = (taxonomy: 'life-event' | 'relation' | 'theme', code: string, value?: string) => ({
      id,
      taxonomy_term_id: termKey(taxonomy, code),
      taxonomy_term: termOf(taxonomy, code),
      value,
    });
    const own = (row: number) => lastingKey('row', String(row));
    const toItself = `{"key":"k","to":"${own(4)}","sincePrecision":"unknown","untilPrecision":"unknown"}`;
    const never = '{"precision":"day","day":"2016-02-30","saidBy":"own"}';
    const found = wrong([
      { id: 'x', name: '', description: 'a' },
      { id: own(2), name: 'a', website: 'ftp://x', email: 'nobody' },
      { id: own(3), name: 'b', attributes: [attribute('life-event', 'founded', never)] },
      { id: own(4), name: 'c', attributes: [attribute('relation', 'part-of', toItself)] },
      { id: own(5), name: 'd', attributes: [attribute('theme', 'astrology')] },
      'nothing',
    ]);
    expect(found.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
      [1, 'id', 'wrong_form'],
      [1, 'name', 'missing'],
      [2, 'website', 'wrong_form'],
      [2, 'email', 'wrong_form'],
      [3, 'life-event founded.day', 'not_a_date'],
      [4, 'relation', 'to_itself'],
      [5, 'attributes.themes.0', 'not_allowed'],
      [6, '', 'wrong_form'],
    ]);
  });

  test('what is no list of organizations is told as one', () => {
    for (const json of [null, 1, 'x', {}, { contents: 1 }, { organizations: {} }])
      expect(wrong(json)).toEqual([[0, '', 'not_a_list']]);
    expect(
      wrong([
        { id, name: 'a' },
        { id, name: 'b' },
      ]),
    ).toEqual([[2, 'id', 'doubled']]);
    expect(wrong([])).toEqual([]);
  });

  test('whatever is given, reading it ends in entries or in reasons', () => {
    const anyOrganization = fc.record(
      {
        id: fc.oneof(fc.uuid(), fc.string()),
        name: fc.oneof(fc.string(), fc.anything()),
        description: fc.anything(),
        website: fc.oneof(fc.webUrl(), fc.anything()),
        locations: fc.oneof(
          fc.array(fc.record({ latitude: fc.anything(), addresses: fc.anything() })),
          fc.anything(),
        ),
        services: fc.oneof(fc.array(fc.object()), fc.anything()),
        attributes: fc.oneof(
          fc.array(
            fc.record({
              id: fc.uuid(),
              taxonomy_term_id: fc.constantFrom(
                termKey('life-event', 'founded'),
                termKey('relation', 'part-of'),
                termKey('told', 'at-first'),
              ),
              value: fc.oneof(fc.json(), fc.string()),
            }),
          ),
          fc.anything(),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(anyOrganization, { maxLength: 4 }), fc.anything()), (json) => {
        const told = read(json);
        if (!told.ok) expect(told.problems.length).toBeGreaterThan(0);
        for (const entry of told.ok ? told.entries : [])
          expect(fieldEntryOf(entry).slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
      { numRuns: 500 },
    );
  });
});
