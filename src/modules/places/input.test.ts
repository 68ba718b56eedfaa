import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePlaceWords, parsePoint, parseWindow, windowText } from './input.ts';

const reason = (answer: { ok: boolean; reason?: string }) => (answer.ok ? 'ok' : answer.reason);

describe('words for a place', () => {
  test('are tidied, whatever the script', () => {
    expect(parsePlaceWords('  Den \t Haag ')).toEqual({ ok: true, value: 'Den Haag' });
    expect(parsePlaceWords('لاهاي')).toEqual({ ok: true, value: 'لاهاي' });
    expect(parsePlaceWords('Nime\u0300gue')).toEqual({ ok: true, value: 'Nimègue' });
  });

  test.each([
    [undefined, 'places.problem.words_missing'],
    [null, 'places.problem.words_missing'],
    [['Arnhem'], 'places.problem.words_missing'],
    ['   ', 'places.problem.words_missing'],
    ['a'.repeat(101), 'places.problem.words_too_long'],
    ['a'.repeat(1_000_000), 'places.problem.words_too_long'],
    ['Arn\u0000hem', 'places.problem.words_unreadable'],
    ['Arnhem\u202egnp', 'places.problem.words_unreadable'],
    ['Arnhem\u2066', 'places.problem.words_unreadable'],
    ['Arnhem\ud800', 'places.problem.words_unreadable'],
  ])('%j is refused with a reason', (words, why) => {
    expect(reason(parsePlaceWords(words))).toBe(why);
  });

  test('are never longer than a hundred signs nor hold anything unseen, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (words) => {
        const answer = parsePlaceWords(words);
        return (
          !answer.ok ||
          ([...answer.value].length <= 100 && !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(answer.value))
        );
      }),
    );
  });
});

describe('a point', () => {
  test('may be written with a comma, as people here do', () => {
    expect(parsePoint('51,985', '5,899')).toEqual({ ok: true, value: { lat: 51.985, lon: 5.899 } });
    expect(parsePoint(51.985, 5.899)).toEqual({ ok: true, value: { lat: 51.985, lon: 5.899 } });
  });

  test.each([
    [null, '5.9', 'places.problem.point_incomplete'],
    ['52', '', 'places.problem.point_incomplete'],
    ['Arnhem', '5.9', 'places.problem.point_not_a_number'],
    ['NaN', '5.9', 'places.problem.point_not_a_number'],
    [Number.POSITIVE_INFINITY, 5.9, 'places.problem.point_not_a_number'],
    ['5e1', '5.9', 'places.problem.point_not_a_number'],
    ['0x33', '5.9', 'places.problem.point_not_a_number'],
    [['52'], '5.9', 'places.problem.point_not_a_number'],
    ['5.9', '52', 'places.problem.point_outside'],
    ['48.85', '2.35', 'places.problem.point_outside'],
  ])('%j, %j is refused with a reason', (lat, lon, why) => {
    expect(reason(parsePoint(lat, lon))).toBe(why);
  });
});

describe('the window of a map', () => {
  test('comes back from an address as it went in', () => {
    const window = { south: 51.9, west: 5.8, north: 52.05, east: 6.02 };
    expect(parseWindow(windowText(window))).toEqual(window);
  });

  test.each([
    undefined,
    '',
    '51.9,5.8,52.05',
    '52.05,5.8,51.9,6',
    '51.9,5.8,51.9,5.8',
    '1,2,3,4',
    'a,b,c,d',
    '51.9,5.8,52.05,6.02,7',
    '9'.repeat(1000),
  ])('%j is none', (text) => expect(parseWindow(text)).toBeNull());
});
