import { expect, test } from 'vitest';
import { placeWords } from './model.ts';
import { parseToldSessions } from './input.ts';

const session = {
  id: 'maaksessie-werk',
  title_nl: 'Maaksessie Werk',
  title_en: 'Make session on work',
  kind: 'make-session',
  date: '2019-11',
  place: 'Arnhem',
  participants: 40,
  questions: ['What do you know?'],
  actions: [{ text: 'Meet again.', owners: ['de-brug'] }],
  sources: ['https://example.org/report'],
  confidence: 'high',
};
const read = (changed: object = {}, renderings: Record<string, string> = {}) =>
  parseToldSessions(JSON.stringify([{ ...session, ...changed }]), renderings, '2026-11-22');
const problemsOf = (changed: object, renderings: Record<string, string> = {}) => {
  const told = read(changed, renderings);
  return told.ok ? [] : told.problems.map(({ file, row, field, reason }) => [file, row, field, reason]);
};

test('a gathering is read with its questions and what was agreed, in every language a rendering tells', () => {
  const told = read(
    {},
    { nl: JSON.stringify({ sessions: { 'maaksessie-werk/question/1': 'Wat weet je?' } }) },
  );
  expect(told.ok && told.sessions[0]).toMatchObject({
    held: { day: '2019-11-01', precision: 'month' },
    people: 40,
    notes: [
      { kind: 'question', texts: { en: 'What do you know?', nl: 'Wat weet je?' } },
      { kind: 'action', texts: { en: 'Meet again.' } },
      { kind: 'source', texts: { und: 'https://example.org/report' } },
    ],
    agreed: [{ texts: { en: 'Meet again.' }, owners: ['de-brug'] }],
  });
});

test('a number the source explains may count stories; it is told in its words and never as people', () => {
  const told = read({ participants: 7, participantsNote: 'seven stories' });
  expect(told.ok && told.sessions[0]?.people).toBeNull();
  expect(told.ok && told.sessions[0]?.notes).toContainEqual({ kind: 'note', texts: { en: 'seven stories' } });
});

test.each([
  ['a kind nobody knows', { kind: 'party' }, ['sessions.json', 1, 'kind', 'not_allowed']],
  ['a title that is not there', { title_nl: undefined }, ['sessions.json', 1, 'title_nl', 'missing']],
  ['a thirteenth month', { date: '2019-13' }, ['sessions.json', 1, 'date', 'not_a_date']],
  ['a day that has not come', { date: '2031' }, ['sessions.json', 1, 'date', 'not_a_date']],
  ['a theme nobody knows', { themes: ['weather'] }, ['sessions.json', 1, 'themes.0', 'not_allowed']],
  ['half a person', { participants: 2.5 }, ['sessions.json', 1, 'participants', 'wrong_form']],
  ['a gathering without a source', { sources: [] }, ['sessions.json', 1, 'sources', 'missing']],
  ['something agreed without words', { actions: [{}] }, ['sessions.json', 1, 'actions.0.text', 'missing']],
])('%s is told with its row and field', (_, changed, problem) => {
  expect(problemsOf(changed)).toContainEqual(problem);
});

test('a rendering of what no source says is told', () => {
  const renderings = { ar: JSON.stringify({ sessions: { 'maaksessie-werk/insight/9': 'x' } }) };
  expect(problemsOf({}, renderings)).toEqual([
    ['renderings/ar.json', 0, 'sessions.maaksessie-werk/insight/9', 'unknown_entry'],
  ]);
});

test('what a source adds about a place is no part of its name', () => {
  expect(
    ['Amsterdam (assumed)', 'province of Utrecht', 'Gelderland (place not found)'].map(placeWords),
  ).toEqual([
    { name: 'Amsterdam', province: false },
    { name: 'Utrecht', province: true },
    { name: 'Gelderland', province: false },
  ]);
});
