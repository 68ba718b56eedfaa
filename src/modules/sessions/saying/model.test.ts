import { describe, expect, test } from 'vitest';
import { sessionStates, stepKinds } from '../model.ts';
import { mayBeSaid, mayTellOfSomeone, sayable, versionsFor, type Said } from './model.ts';

const said = (changes: Partial<Said> = {}) => ({
  language: 'ar',
  text: 'الباص قليل',
  renderings: [
    { language: 'nl', text: 'Er zijn weinig bussen', signed: 'Noor', how: 'person' as const },
    { language: 'uk', text: 'Мало автобусів', signed: null, how: 'machine' as const },
  ],
  ...changes,
});

describe('reading in two languages', () => {
  test('someone reads in their own language first, and in the one beside it after', () => {
    const read = versionsFor(said(), { own: 'uk', beside: 'ar' });
    expect(read.map(({ language, how }) => [language, how])).toEqual([
      ['uk', 'machine'],
      ['ar', 'said'],
    ]);
  });

  test('what exists in neither language is read as it was said', () => {
    expect(versionsFor(said(), { own: 'tr', beside: 'fr' }).map(({ language }) => language)).toEqual(['ar']);
    expect(versionsFor(said(), { own: 'nl', beside: null }).map(({ signed }) => signed)).toEqual(['Noor']);
  });

  test('a rendering never stands in the place of the words themselves', () => {
    const renderings = [{ language: 'ar', text: 'شيء آخر', signed: null, how: 'machine' as const }];
    expect(versionsFor(said({ renderings }), { own: 'ar', beside: null })).toMatchObject([
      { text: 'الباص قليل', how: 'said' },
    ]);
  });

  test('a voice that nobody wrote down has no words to read', () => {
    expect(versionsFor(said({ text: '', renderings: [] }), { own: 'ar', beside: 'nl' })).toEqual([]);
  });
});

describe('what can be said now', () => {
  test('only an open room takes words, in steps that ask for them, also in one that is just over', () => {
    const taken = sessionStates.flatMap((room) =>
      stepKinds.flatMap((kind) =>
        (['waiting', 'open', 'done'] as const).flatMap((state) =>
          mayBeSaid(room, { kind, state }).ok ? [`${room} ${kind} ${state}`] : [],
        ),
      ),
    );
    expect(taken).toContain('live statements open');
    expect(taken).toContain('live statements done');
    expect(taken.filter((each) => /waiting|lobby|closed|shared|preparing|called-off/.test(each))).toEqual([]);
    expect(taken.filter((each) => / (issues|stones|landscape|promises) /.test(each))).toEqual([]);
    expect(mayBeSaid('live', { kind: 'groups', state: 'open' })).toMatchObject({ value: 'harvest' });
  });

  test('words are at least one sign and at most what fits on a card', () => {
    expect(sayable('')).toMatchObject({ reason: 'empty' });
    expect(sayable('a'.repeat(500)).ok).toBe(true);
    expect(sayable('a'.repeat(501))).toMatchObject({ reason: 'too_long' });
  });

  test('a name, a number or an address of someone is noticed, also in other scripts', () => {
    for (const words of [
      'Bel mij op 06 12 34 56 78.',
      'Mijn buurvrouw Fatima helpt altijd.',
      'Schrijf naar layla@voorbeeld.nl',
      'Wij wonen in de Dorpsstraat 12',
      'أخي محمد ينتظر منذ سنة',
    ])
      expect(mayTellOfSomeone(words), words).toBe(true);
    for (const words of ['De bus rijdt te weinig.', 'We wachten 2 jaar op een huis.', 'الباص قليل'])
      expect(mayTellOfSomeone(words), words).toBe(false);
  });
});
