import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sideBySide } from './directing/model.ts';
import { parseDecision, parseDissent } from './deciding/input.ts';
import { parseStance } from './directing/input.ts';
import { parseKnownDay } from './input.ts';
import {
  afterSeatDeed,
  isOnWord,
  needsReason,
  ringCount,
  seatDeeds,
  seatDeedsFor,
  seatDeedsOf,
  seatDoerOf,
  seatStates,
  wasOnWord,
} from './model.ts';
import { parseSeatStep } from './seats/input.ts';
import { parseTable } from './setting/input.ts';

const today = '2026-11-25';
const key = '01a20371-d5e3-7e9f-8c0c-0cc813b6ac03';
const typed = (fields: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

test('who holds a seat does nothing that who keeps the table could not do on their word', () => {
  for (const state of seatStates)
    expect(seatDeedsOf(state, 'keeper')).toEqual(expect.arrayContaining(seatDeedsOf(state, 'holder')));
});

test('what is offered is what can be done, and what takes something away is said with a reason', () => {
  for (const state of seatStates)
    for (const doer of ['keeper', 'holder'] as const)
      for (const deed of seatDeeds) {
        const can = seatDeedsOf(state, doer).includes(deed);
        expect(afterSeatDeed(state, deed, doer, 'Daarom.').ok).toBe(can);
        expect(afterSeatDeed(state, deed, doer, ' ').ok).toBe(can && !needsReason.includes(deed));
      }
});

test('who keeps a table and sits at it leaves their own seat by their own hand, and is not let go by themselves', () => {
  const both = { keeps: true, mine: true };
  expect(seatDeedsFor('taken', { keeps: true, mine: false })).toEqual(['leave', 'end']);
  expect(seatDeedsFor('taken', both)).toEqual(['leave']);
  expect(seatDoerOf('leave', both)).toBe('holder');
  expect(seatDeedsFor('offered', both)).toEqual(['take-back', 'decline', 'take']);
  for (const state of seatStates) {
    expect(seatDeedsFor(state, { keeps: false, mine: false })).toEqual([]);
    expect(seatDeedsFor(state, { keeps: false, mine: true })).toEqual(seatDeedsOf(state, 'holder'));
  }
});

test('only what a holder could have done themselves is done on their word', () => {
  expect(seatDeeds.filter((deed) => isOnWord(deed, 'keeper'))).toEqual(['decline', 'take', 'leave']);
  expect(seatDeeds.some((deed) => isOnWord(deed, 'holder'))).toBe(false);
  expect([wasOnWord('taken', 'keeper'), wasOnWord('ended', 'keeper'), wasOnWord('left', 'holder')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('a day is taken as precisely as it is known, and never from the future', () => {
  expect(parseKnownDay('2026', today)).toEqual({ day: '2026-01-01', precision: 'year' });
  expect(parseKnownDay('2026-03', today)).toEqual({ day: '2026-03-01', precision: 'month' });
  expect(parseKnownDay('2026-03-05', today)).toEqual({ day: '2026-03-05', precision: 'day' });
  for (const word of ['2027', '2026-13', '2026-02-30', '~2026', 'gisteren', ''])
    expect(parseKnownDay(word, today), word).toBeNull();
});

test('places on the line stay side by side: none is lost, none is mixed, and the newest of each is now', () => {
  const place = fc.record({
    by: fc.constantFrom('a', 'b', 'c'),
    about: fc.constantFrom('a', 'b'),
    position: fc.integer({ min: 0, max: 100 }),
    placedOn: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'),
  });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 20 }), (places) => {
      const all = places.map((one, at) => ({ ...one, id: String(at).padStart(3, '0') }));
      const lines = sideBySide(all);
      const shown = lines.flatMap(({ now, before }) => [...now, ...before]);
      expect(shown.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
      for (const { about, now, before } of lines) {
        expect(new Set(now.map(({ by }) => by)).size).toBe(now.length);
        for (const old of before)
          expect(now.find(({ by }) => by === old.by)?.placedOn.localeCompare(old.placedOn)).not.toBe(-1);
        if (now.some(({ by }) => by === about)) expect(now[0]?.by).toBe(about);
      }
    }),
    { numRuns: 200 },
  );
});

test('a table says what is wrong field by field and loses nothing: its own form needs rings, a single partner the duty to connect', () => {
  const { wish, problems } = parseTable(typed({ form: 'own', name: 'Ta', where: 'ergens' }), today);
  expect(problems.map(({ field }) => field)).toEqual(['form-name', 'rings', 'name', 'purpose', 'where']);
  expect(wish.name).toBe('Ta');
  const partner = { form: 'single-partner', name: 'Tafel', purpose: 'Samen', where: 'municipality GM0202' };
  expect(parseTable(typed(partner), today).problems.map(({ field }) => field)).toEqual(['agreed']);
  expect(parseTable(typed({ ...partner, agreed: 'Contact houden.' }), today).problems).toEqual([]);
  expect(ringCount('consortium', [])).toBe(3);
  expect(ringCount('own', ['kern', 'rand'])).toBe(2);
});

test('a seat is taken only by who says whether it is named, and offered to one party and not two', () => {
  const step = (fields: Readonly<Record<string, string>>) =>
    parseSeatStep(typed({ seat: key, ...fields }), today);
  expect(step({ deed: 'take' })).toMatchObject({ reason: 'tables.desk.refused.shown' });
  expect(step({ deed: 'take', shown: 'no' })).toMatchObject({ ok: true, value: { shown: 'no' } });
  const offer = { deed: 'offer', 'chosen-by': 'de groep', ground: 'kent de wijk' };
  expect(step(offer)).toMatchObject({ reason: 'tables.desk.refused.entry' });
  expect(step({ ...offer, entry: 'Taalcafé', body: 'Een bureau' })).toMatchObject({ ok: false });
  expect(step({ ...offer, body: 'Een bureau' })).toMatchObject({ ok: true });
});

test('nothing is told to more people than was chosen: what is not said stays at the table', () => {
  const decision = { what: 'Wij beginnen.', reasons: 'Daarom.' };
  expect(parseDecision(typed(decision), today)).toMatchObject({ value: { openTo: 'table', day: today } });
  const dissent = { decision: key, seat: key, words: 'Te snel.' };
  expect(parseDissent(typed(dissent))).toMatchObject({ value: { openly: 'not' } });
  expect(parseStance(typed({ by: key, position: '0', words: 'Wij sturen.' }))).toMatchObject({
    value: { about: key, position: 0, openly: false },
  });
  expect(parseStance(typed({ by: key, position: '', words: 'Wij sturen.' }))).toMatchObject({ ok: false });
});
