import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centsIn, minutesIn } from './input.ts';
import { parseCall } from './inviting/input.ts';
import { parseExpert, parseTold } from './joining/input.ts';
import { parseGiven, parsePaid, parsePool } from './keeping/input.ts';

const today = '2026-11-25';
const form = (words: Readonly<Record<string, string | readonly string[]>>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(words))
    for (const each of typeof value === 'string' ? [value] : value) made.append(name, each);
  return made;
};
const fields = (problems: readonly { field: string }[]) => problems.map(({ field }) => field);

test('hours are read in quarters, with a comma or a point', () => {
  expect(['2', '1,5', '0.25', '1,3', 'twee', '-1', '101'].map((text) => minutesIn(text))).toEqual([
    120,
    90,
    15,
    null,
    null,
    null,
    null,
  ]);
});

test('euros are read to the cent, and not beyond what can be paid', () => {
  const typed = ['25', '25,50', '€ 25,50', '0', '500,01', '1.234', ''];
  expect(typed.map((text) => centsIn(text, 500))).toEqual([2500, 2550, 2550, 0, null, null, null]);
});

test('someone joins with a name and a language alone; all else is not said', () => {
  const { words, problems } = parseExpert(form({ called: ' Samira ', languages: ['ar', 'zz'] }));
  expect(problems).toEqual([]);
  expect(words).toEqual({
    called: 'Samira',
    nameForm: 'pseudonym',
    language: 'nl',
    languages: ['ar'],
    experience: null,
    dayparts: [],
    awayUntil: null,
    hoursAYear: null,
    learned: null,
    payWish: 'not-said',
  });
});

test('what cannot be taken is told by its question, and everything typed is kept', () => {
  const { typed, words, problems } = parseExpert(
    form({ called: '', hours: 'veel', awayUntil: '2026-02-30', experience: 'Ik ken het.' }),
  );
  expect(words).toBeNull();
  expect(fields(problems)).toEqual(['called', 'languages', 'awayUntil', 'hours']);
  expect(typed).toMatchObject({ hours: 'veel', awayUntil: '2026-02-30', experience: 'Ik ken het.' });
});

test('only answers that are offered are told, and silence is not said', () => {
  expect(parseTold(form({ age: '26-40', gender: '', days: 'status', origin: 'x' }))).toEqual({
    age: '26-40',
  });
});

test('a pool is of a municipality or of a province, never of both or neither', () => {
  const words = { name: 'Pool', purpose: 'Meedenken', euros: '25', hours: '40', language: 'nl' };
  expect(fields(parsePool(form(words)).problems)).toEqual(['province']);
  expect(fields(parsePool(form({ ...words, province: 'PV25', municipality: 'Ede' })).problems)).toEqual([
    'province',
  ]);
  const read = parsePool(form({ ...words, municipality: 'Ede', 'name-ar': 'مجموعة' }));
  expect(read.words).toMatchObject({ name: { nl: 'Pool', ar: 'مجموعة' }, centsAnHour: 2500, hoursAYear: 40 });
});

test('nothing is asked for a day that has passed', () => {
  const asked = { what: 'Lees mee', hours: '2', people: '3', day: '2026-11-24', answerBy: '2026-11-30' };
  expect(fields(parseCall(form(asked), today).problems)).toEqual(['day']);
  expect(parseCall(form({ ...asked, day: '' }), today).words).toMatchObject({ minutes: 120, day: null });
});

test('nothing is paid tomorrow', () => {
  const paid = { euros: '37,50', day: '2026-11-26', way: 'money' };
  expect(parsePaid(form(paid), today).problems).toHaveLength(1);
  expect(parsePaid(form({ ...paid, day: '' }), today).paid).toEqual({
    cents: 3750,
    way: 'money',
    day: today,
  });
});

test('whatever a form holds, reading it never throws', () => {
  const any = fc.dictionary(
    fc.constantFrom(
      'called',
      'languages',
      'hours',
      'euros',
      'day',
      'name',
      'purpose',
      'people',
      'invitation',
    ),
    fc.string({ unit: fc.constantFrom('a', '1', ',', '-', ' ', '\n', '\ud800', '\u202e', 'م') }),
  );
  let read = 0;
  fc.assert(
    fc.property(any, (words) => {
      const given = form(words);
      for (const parse of [parseExpert, parseTold, parsePool, parseGiven]) parse(given);
      parseCall(given, today);
      parsePaid(given, today);
      read += 1;
    }),
    { numRuns: 60 },
  );
  expect(read).toBe(60);
});
