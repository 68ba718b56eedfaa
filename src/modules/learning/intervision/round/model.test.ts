import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ok, refused } from '#platform/result.ts';
import { seenBy } from '../seeing/model.ts';
import { newCircle, roleOf, roundSteps, type Circle } from '../model.ts';
import {
  again,
  begin,
  bringCase,
  comeIn,
  end,
  goOn,
  isTakenOver,
  leave,
  letTravel,
  moreTime,
  names,
  sayOfDilemma,
  settleNotes,
  stop,
  takeOut,
  wordDilemma,
  writeCase,
  writeNote,
  type After,
} from './model.ts';

const now = new Date('2026-11-25T10:00:00Z');
const yes = (after: After): Circle => {
  if (!after.ok) throw new Error(after.reason);
  return after.value;
};
const seats = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const called = ['Amina', 'Bram', 'Chidi', 'Dalia', 'Erik', 'Fatma', 'Gerda', 'Hassan'];

/** So many people, of whom one brings a case, with the round begun and led on so many steps. */
function aRound(people: number, giver = 'a', steps = 0): Circle {
  let circle = seats
    .slice(0, people)
    .reduce((each, seat, at) => yes(comeIn(each, seat, called[at] ?? null)), newCircle);
  circle = yes(begin(yes(bringCase(circle, giver)), giver, now));
  for (let step = 0; step < steps; step++) circle = yes(goOn(circle, guideOf(circle), now));
  return circle;
}
const guideOf = (circle: Circle) =>
  circle.people.find(({ seat }) => roleOf(circle, seat) === 'guide')?.seat ?? '';
const timekeeperOf = (circle: Circle) =>
  circle.people.find(({ seat }) => roleOf(circle, seat) === 'timekeeper')?.seat ?? '';
const said = (text: string) => ({ language: 'nl', text });
const worded = (text: string) => ({ ...said(text), title: 'Helpen of laten', level: 'internal' as const });

describe('the roles of a circle', () => {
  test('when everyone has brought a case once, everyone has guided once and kept the time once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 8 }), (people) => {
        const had = new Map<string, string[]>();
        for (const giver of seats.slice(0, people)) {
          const circle = aRound(people, giver);
          for (const seat of seats.slice(0, people))
            had.set(seat, [...(had.get(seat) ?? []), roleOf(circle, seat)]);
        }
        for (const mine of had.values())
          for (const role of ['case-giver', 'guide', 'timekeeper'])
            expect(mine.filter((each) => each === role)).toHaveLength(1);
      }),
    );
  });

  test('a round begins with five people at least, and one who brings a case', () => {
    const four = seats.slice(0, 4).reduce((each, seat) => yes(comeIn(each, seat, null)), newCircle);
    expect(begin(yes(bringCase(four, 'a')), 'a', now)).toEqual(refused('too_few', { fewest: 5 }));
    expect(begin(yes(comeIn(four, 'e', null)), 'a', now)).toEqual(refused('no_case_giver'));
    expect(bringCase(yes(bringCase(four, 'a')), 'b')).toEqual(refused('taken'));
  });

  test('a ninth finds the circle full, and while a case is told nobody new comes in', () => {
    const eight = seats.reduce((each, seat) => yes(comeIn(each, seat, null)), newCircle);
    expect(comeIn(eight, 'i', null)).toEqual(refused('full', { most: 8 }));
    expect(comeIn(aRound(5), 'h', null)).toEqual(refused('underway'));
  });

  test('only the guide leads on, only who keeps the time gives more of it, only the case giver stops', () => {
    const circle = aRound(6);
    for (const seat of seats.slice(0, 6)) {
      expect(goOn(circle, seat, now).ok).toBe(roleOf(circle, seat) === 'guide');
      expect(moreTime(circle, seat, now).ok).toBe(roleOf(circle, seat) === 'timekeeper');
      expect(stop(circle, seat).ok).toBe(seat === 'a');
    }
    expect(yes(moreTime(circle, timekeeperOf(circle), now)).endsAt).toBe('2026-11-25T10:10:00.000Z');
  });
});

describe('what is written in a round', () => {
  test('while the others ask and think, the case giver writes nothing but the case', () => {
    for (const [at, step] of roundSteps.entries()) {
      const circle = aRound(5, 'a', at);
      expect(circle.step).toBe(step);
      expect(writeNote(circle, 'a', 'n', said('Ik leg uit.')).ok).toBe(step === 'giving-back');
      expect(writeNote(circle, 'c', 'n', said('Waarom?')).ok).toBe(
        ['asking', 'silence', 'thinking-aloud'].includes(step),
      );
      expect(writeCase(circle, 'a', said('De bus.')).ok).toBe(step === 'telling' || step === 'asking');
      expect(writeCase(circle, 'c', said('De bus.')).ok).toBe(false);
    }
  });

  test('what someone thinks in silence only they see, until the others think aloud; who wrote it nobody is told', () => {
    const silent = yes(writeNote(aRound(5, 'a', 2), 'c', 'n', said('Ze is bang.')));
    expect(seenBy(silent, 'd').notes).toEqual([]);
    expect(seenBy(silent, 'c').notes).toHaveLength(1);
    const aloud = yes(goOn(silent, guideOf(silent), now));
    const [note] = seenBy(aloud, 'd').notes;
    expect(note).toEqual({ id: 'n', kind: 'thought', language: 'nl', text: 'Ze is bang.', mine: false });
  });

  test('who is not in the circle sees nothing of what is said in it', () => {
    const circle = yes(writeCase(aRound(5), 'a', said('De bus.')));
    expect(seenBy(circle, 'z')).toMatchObject({
      here: false,
      people: [],
      notes: [],
      brief: null,
      dilemma: null,
    });
  });

  test('when the case giver stops or goes, everything of the round is gone', () => {
    const circle = yes(
      writeNote(yes(writeCase(aRound(5, 'a', 1), 'a', said('De bus.'))), 'c', 'n', said('Waarom?')),
    );
    const empty = { step: 'gathering', brief: null, notes: [], caseGiver: null, dilemma: null };
    expect(yes(stop(circle, 'a'))).toMatchObject(empty);
    expect(yes(leave(circle, 'a'))).toMatchObject({ ...empty, people: circle.people.slice(1) });
    expect(yes(leave(circle, 'b')).notes).toHaveLength(1);
  });
});

describe('the dilemma', () => {
  const harvest = () => aRound(5, 'a', 5);
  const everyone = (circle: Circle, but = '') =>
    circle.people
      .filter(({ seat }) => seat !== but)
      .reduce((each, { seat }) => yes(sayOfDilemma(each, seat, 'yes')), circle);

  test('it travels only when everyone who is there said yes to these very words', () => {
    const circle = yes(wordDilemma(harvest(), 'a', worded('Wanneer help je niet?')));
    expect(letTravel(everyone(circle, 'd'), 'a')).toEqual(refused('not_agreed'));
    expect(letTravel(everyone(circle), 'c').ok).toBe(true);
    const other = yes(wordDilemma(everyone(circle), 'a', worded('Wanneer laat je los?')));
    expect(letTravel(other, 'a')).toEqual(refused('not_agreed'));
  });

  test('whoever said no and went, or was said to be gone, stays a no, also for other words', () => {
    const circle = yes(
      sayOfDilemma(yes(wordDilemma(harvest(), 'a', worded('Wanneer help je niet?'))), 'd', 'no'),
    );
    const gone = yes(takeOut(circle, guideOf(circle), 'd'));
    expect(letTravel(everyone(gone), 'a')).toEqual(refused('not_agreed'));
    const other = yes(wordDilemma(gone, 'a', worded('Wanneer laat je los?')));
    expect(letTravel(everyone(other), 'a')).toEqual(refused('not_agreed'));
  });

  test('the case itself and the name of someone do not travel', () => {
    const story = 'Zij belde elke avond of ik haar brieven wilde lezen en ik durfde niet te weigeren.';
    const circle = yes(settleNotes(harvest(), 'a', 'none'));
    const told = { ...circle, brief: said(story) };
    const tried = (text: string) => wordDilemma(told, 'a', worded(text));
    expect(tried('Mag je, als ze belde: elke avond of ik haar brieven wilde lezen, weigeren?')).toEqual(
      refused('still_the_case', { words: 6 }),
    );
    expect(tried('Moet Dalia blijven helpen?')).toEqual(refused('someone_named'));
    expect(tried('Bel mij op 06-12345678.')).toEqual(refused('someone_named'));
    expect(tried('Wanneer is helpen afhankelijk maken?').ok).toBe(true);
    expect(isTakenOver('een twee drie vier vijf', 'een twee drie vier vijf')).toBe(false);
    expect(names('Wij aten samen', ['Wi', null, ''])).toBe(false);
  });

  test('the circle ends, or goes round again, when the case giver said what becomes of the notes', () => {
    const circle = harvest();
    for (const deed of [end, again]) {
      expect(deed(circle, 'a')).toEqual(refused('notes_not_settled'));
      expect(deed(circle, 'd')).toEqual(refused('not_your_role'));
    }
    const settled = yes(settleNotes(circle, 'a', 'file'));
    expect(yes(again(settled, guideOf(circle)))).toMatchObject({
      step: 'gathering',
      round: 2,
      notes: [],
      kept: null,
    });
    expect(end(settled, 'a')).toEqual(ok({ ...newCircle, step: 'over' }));
  });
});
