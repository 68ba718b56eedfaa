import { expect, test } from 'vitest';
import { parseField, type FieldTexts } from './input.ts';

const entry = {
  id: 'the-stone',
  name: 'The Stone',
  kind: 'initiative',
  status: 'active',
  summary_nl: 'Koffie.',
  summary_en: 'Coffee.',
  sources: ['x'],
  startYear: 2016,
};
const event = {
  id: 'evt-1',
  organisation: 'the-stone',
  date: '2017-03',
  kind: 'grew',
  text_en: 'More chairs.',
  sources: ['x'],
};
const relation = {
  id: 'rel-1',
  from: 'the-stone',
  type: 'refers-to',
  to: 'the-other',
  since: '2018',
  sources: ['x'],
};
const other = { ...entry, id: 'the-other', name: 'The Other' };

function files(
  changed: { entry?: object; event?: object; relation?: object; texts?: Partial<FieldTexts> } = {},
): FieldTexts {
  return {
    organisations: JSON.stringify([{ ...entry, ...changed.entry }, other]),
    trajectory: JSON.stringify([{ ...event, ...changed.event }]),
    relations: JSON.stringify([{ ...relation, ...changed.relation }]),
    renderings: {},
    ...changed.texts,
  };
}

const problemsOf = (texts: FieldTexts) => {
  const read = parseField(texts, '2026-11-21');
  return read.ok ? [] : read.problems.map(({ file, row, field, reason }) => [file, row, field, reason]);
};

test('a good file is taken, and the year of its row becomes its founding', () => {
  const read = parseField(files(), '2026-11-21');
  expect(
    read.ok && read.field.entries[0]?.events.map(({ kind, day, precision }) => [kind, day, precision]),
  ).toEqual([
    ['grew', '2017-03-01', 'month'],
    ['founded', '2016-01-01', 'year'],
  ]);
});

test.each([
  ['a name that is not there', { entry: { name: undefined } }, ['organisations.json', 1, 'name', 'missing']],
  ['an empty name', { entry: { name: '  ' } }, ['organisations.json', 1, 'name', 'missing']],
  ['a kind nobody knows', { entry: { kind: 'company' } }, ['organisations.json', 1, 'kind', 'not_allowed']],
  [
    'a formality beyond five',
    { entry: { formality: 7 } },
    ['organisations.json', 1, 'formality', 'not_allowed'],
  ],
  [
    'a phase nobody knows',
    { entry: { phases: ['arrival', 'flying'] } },
    ['organisations.json', 1, 'phases.1', 'not_allowed'],
  ],
  [
    'a year that is a word',
    { entry: { startYear: 'long ago' } },
    ['organisations.json', 1, 'startYear', 'not_a_date'],
  ],
  [
    'an end before the beginning',
    { entry: { endYear: 2001 } },
    ['organisations.json', 1, 'endYear', 'wrong_order'],
  ],
  [
    'a point in the sea of Norway',
    { entry: { lat: 66, lon: 5 } },
    ['organisations.json', 1, 'lat', 'not_a_place'],
  ],
  ['half a point', { entry: { lat: 52 } }, ['organisations.json', 1, 'lon', 'not_a_place']],
  [
    'an address of a script',
    { entry: { website: 'javascript:alert(1)' } },
    ['organisations.json', 1, 'website', 'wrong_form'],
  ],
  ['an entry without a source', { entry: { sources: [] } }, ['organisations.json', 1, 'sources', 'missing']],
  ['an id with capitals', { entry: { id: 'The Stone' } }, ['organisations.json', 1, 'id', 'not_a_slug']],
  [
    'an event of nobody',
    { event: { organisation: 'nobody' } },
    ['trajectory.json', 1, 'organisation', 'unknown_entry'],
  ],
  ['a thirteenth month', { event: { date: '2017-13' } }, ['trajectory.json', 1, 'date', 'not_a_date']],
  [
    'a day that is not in the calendar',
    { event: { date: '2017-02-30' } },
    ['trajectory.json', 1, 'date', 'not_a_date'],
  ],
  ['a relation to nobody', { relation: { to: 'nobody' } }, ['relations.json', 1, 'to', 'unknown_entry']],
  ['a relation with itself', { relation: { to: 'the-stone' } }, ['relations.json', 1, 'to', 'to_itself']],
  [
    'a relation that ends before it begins',
    { relation: { until: '2017' } },
    ['relations.json', 1, 'until', 'wrong_order'],
  ],
  ['a file that is no JSON', { texts: { relations: '[{' } }, ['relations.json', 0, '', 'not_json']],
  ['a file that is no list', { texts: { relations: '{}' } }, ['relations.json', 0, '', 'not_a_list']],
  [
    'a rendering that is empty',
    { texts: { renderings: { ar: '{"language":"ar","events":{"evt-1":""}}' } } },
    ['renderings/ar.json', 0, 'events.evt-1', 'missing'],
  ],
])('%s is told with its file, row and field', (_, changed, problem) => {
  expect(problemsOf(files(changed))).toContainEqual(problem);
});

test('a doubled id is told, and every fault of a file at once', () => {
  const texts = files({
    texts: { organisations: JSON.stringify([entry, entry, { ...other, kind: 'x', status: 'y' }]) },
  });
  expect(problemsOf(texts)).toEqual(
    expect.arrayContaining([
      ['organisations.json', 2, 'id', 'doubled'],
      ['organisations.json', 3, 'kind', 'not_allowed'],
      ['organisations.json', 3, 'status', 'not_allowed'],
    ]),
  );
});
