import { describe, expect, test } from 'vitest';
import { parseAnswers, parseDone, parseSince, typedEarlier, typedIn } from './input.ts';
import type { Typed } from './model.ts';
import { formOf } from './testing.ts';

const today = '2026-11-22';
const least: Typed = { name: ['Brug'], place: ['Arnhem'] };
const parsed = (typed: Typed) => parseAnswers({ ...least, ...typed }, [], today);
const reasons = (typed: Typed) => parsed(typed).problems.map(({ field, reason }) => `${field} ${reason}`);

test('a name and a place are enough, and everything else is not said', () => {
  const { answers, problems } = parsed({});
  expect(problems).toEqual([]);
  expect(answers).toMatchObject({
    ...{ kind: 'initiative', formality: null, ledBy: 'not-said', scope: null, phases: [], since: null },
    ...{ text: null, website: null, mail: null, phone: null, visibility: 'public', keptBack: [] },
  });
});

test('without a name or a place each of them is asked for', () => {
  expect(parseAnswers({}, [], today).problems.map(({ field, reason }) => `${field} ${reason}`)).toEqual([
    'name missing',
    'place missing',
  ]);
});

test.each([
  ['brug.example', 'https://brug.example'],
  ['www.brug.example/over ons', null],
  ['http://brug.example', 'http://brug.example'],
  ['brug.example:8080/a', 'https://brug.example:8080/a'],
  ['javascript:alert(1)', null],
  ['https://user:secret@brug.example', null],
  ['brug', null],
  ['mailto:post@brug.example', null],
])('the website %s is taken as %s', (given, taken) => {
  const { answers, problems } = parsed({ website: [given] });
  if (taken === null) expect(problems.map((problem) => problem.reason)).toEqual(['not_a_website']);
  else expect(answers.website).toBe(taken);
});

test('addresses and numbers are taken as people write them, also in their own digits', () => {
  const { answers } = parsed({ mail: ['Post@Brug.example'], phone: ['٠٢٦ ١٢٣٤٥٦٧'], sinceYear: ['۲۰۱۶'] });
  expect(answers).toMatchObject({
    mail: 'post@brug.example',
    phone: '026 1234567',
    since: { day: '2016-01-01', precision: 'year' },
  });
  expect(reasons({ mail: ['post'], phone: ['bel maar'], sinceYear: ['16'] })).toEqual([
    'sinceYear not_a_year',
    'mail not_a_mail',
    'phone not_a_phone',
  ]);
});

test('a year that is chosen but not written is asked for, and one that is yet to come is none', () => {
  expect(reasons({ since: ['year'] })).toEqual(['sinceYear missing']);
  expect(reasons({ since: ['year'], sinceYear: ['2027'] })).toEqual(['sinceYear not_a_year']);
});

test('for whom is a list in any script’s commas, of at most ten', () => {
  expect(parsed({ audiences: ['نساء، شباب, buren; buren'] }).answers.audiences).toEqual([
    'نساء',
    'شباب',
    'buren',
  ]);
  expect(reasons({ audiences: [Array.from({ length: 11 }, (_, at) => `groep ${at}`).join()] })).toEqual([
    'audiences too_many',
  ]);
});

test('to show a street or an exact point, a point is needed, and it has to lie in the country', () => {
  expect(reasons({ precision: ['exact'] })).toEqual(['point point_missing']);
  expect(reasons({ precision: ['street'], point: ['hier'] })).toEqual(['point not_a_point']);
  expect(reasons({ point: ['48.85, 2.35'] })).toEqual(['point not_a_point']);
  expect(parsed({ precision: ['exact'], point: ['51.985 5.898'] }).answers.place.point).toEqual({
    lat: 51.985,
    lon: 5.898,
  });
});

test('what is kept back has a reason, and mail and phone are for the table until someone says otherwise', () => {
  const { answers } = parsed({
    ...{
      'show-mail': ['public'],
      'show-phone': ['table'],
      'show-website': ['hidden'],
      'why-website': ['safety'],
    },
    ...{ 'show-place': ['network'], 'show-scope': ['everyone?'] },
  });
  expect(answers.keptBack).toEqual([
    { field: 'website', visibility: 'hidden', reason: 'safety' },
    { field: 'mail', visibility: 'public', reason: 'not-said' },
    { field: 'place', visibility: 'network', reason: 'not-said' },
  ]);
});

test('an answer that is not among the answers is as good as none', () => {
  const { answers, problems } = parsed({
    phase: ['landing', 'flying'],
    ledBy: ['me'],
    kind: ['cult'],
    formality: ['9'],
    language: ['ar', '../x'],
  });
  expect(problems).toEqual([]);
  expect(answers).toMatchObject({
    phases: ['landing'],
    ledBy: 'not-said',
    kind: 'initiative',
    formality: null,
    languages: ['ar'],
  });
});

describe('a form comes in', () => {
  test('with what can be read of it, and the fields in which something could not', () => {
    const { typed, unreadable } = typedIn(
      formOf({
        name: ' Brug\u202e ',
        text: 'a\r\nb\u0000',
        place: 'Arnhem',
        unknown: 'x',
        phase: ['landing', 'arrival'],
      }),
    );
    expect(typed).toEqual({
      name: ['Brug'],
      text: ['a\nb'],
      place: ['Arnhem'],
      phase: ['landing', 'arrival'],
    });
    expect(unreadable.toSorted()).toEqual(['name', 'text']);
  });

  test('with the joiners that Persian is written with, which are no hostile signs', () => {
    expect(typedIn(formOf({ name: 'می\u200cخواهم' }))).toEqual({
      typed: { name: ['می\u200cخواهم'] },
      unreadable: [],
    });
  });

  test('only as strings, and no more of them than a person types', () => {
    const form = formOf({ name: 'a'.repeat(50_000), language: Array.from({ length: 500 }, () => 'nl') });
    form.append('text', new Blob(['x']), 'x.txt');
    const { typed } = typedIn(form);
    expect([typed.name?.[0]?.length, typed.language?.length, typed.text]).toEqual([20_000, 60, []]);
  });
});

test('what was kept of a form earlier is believed only as far as it is one', () => {
  expect(typedEarlier('{"name":["Brug"],"nonsense":["x"],"text":"y","place":[1]}')).toEqual({
    name: ['Brug'],
  });
  for (const broken of ['', 'null', '[]', '{', 7, undefined]) expect(typedEarlier(broken)).toBeNull();
});

test.each([
  [{ when: ['wrong'] }, { kind: 'wrong' }],
  [{ when: ['today'] }, { kind: 'day', day: today, precision: 'day' }],
  [
    { when: ['since'], 'when-year': ['2020'] },
    { kind: 'day', day: '2020-01-01', precision: 'year' },
  ],
  [
    { when: ['since'], 'when-year': ['٢٠٢٠'], 'when-month': ['3'], 'when-day': ['9'] },
    { kind: 'day', day: '2020-03-09', precision: 'day' },
  ],
  [{ when: ['since'], 'when-year': ['2027'] }, 'in_future'],
  [{ when: ['since'] }, 'year_needed'],
  [{ when: ['since'], 'when-year': ['2020'], 'when-month': ['13'] }, 'not_a_day'],
  [{}, 'when_missing'],
])('since when %j', (typed: Typed, expected) => {
  const { since, problem } = parseSince(typed, today);
  expect(since ?? problem?.reason).toEqual(expected);
});

test('an address tells what was done only in words we know', () => {
  expect(parseDone(new URLSearchParams('saved&waits=name,mail,x&theirs=text'))).toEqual({
    ...{ what: 'saved', waits: ['name'], theirs: ['text'] },
  });
  expect(parseDone(new URLSearchParams('burned'))).toEqual({ what: null, waits: [], theirs: [] });
});
