import { describe, expect, test } from 'vitest';
import { whatCounts } from '../../model.ts';
import {
  offered,
  periodsIn,
  stateOn,
  tellingsOf,
  withTold,
  writtenDay,
  type Life,
  type Turn,
} from '../model.ts';
import { aLife, aTelling, aTurn } from '../testing.ts';
import { outside, refusalOf } from './model.ts';

const today = '2026-11-22';
const told = (life: Life, turn: Turn, fact = 'turn') => withTold(life, tellingsOf(turn, today), fact, 'own');

describe('which turn fits which time', () => {
  const paused = aTelling('pause', { kind: 'paused', day: '2019-01-01', precision: 'day' });
  const ended = aTelling('end', { kind: 'ended', day: '2022-01-01', precision: 'year' });
  const why = (turn: Partial<Turn>, life: Life = aLife()) => refusalOf(aTurn(turn), life, today, 'own');

  test.each([
    ['a day to come', { kind: 'award', day: '2027-01-01' }, aLife(), 'day_ahead'],
    [
      'a beginning without a year',
      { kind: 'founded', day: null, precision: 'unknown' },
      aLife(),
      'day_needed',
    ],
    ['a prize before the beginning', { kind: 'award', day: '2014-01-01' }, aLife(), 'not_there_then'],
    [
      'a prize in the year of the beginning',
      { kind: 'award', day: '2016-01-01', precision: 'year' },
      aLife(),
      null,
    ],
    ['a prize of which nobody knows when', { kind: 'award', day: null, precision: 'unknown' }, aLife(), null],
    ['a pause while at work', { kind: 'paused' }, aLife(), null],
    ['a pause within a pause', { kind: 'paused' }, aLife(paused), 'not_active_then'],
    ['beginning again without a pause', { kind: 'revived' }, aLife(), 'not_stopped_then'],
    ['beginning again after a pause', { kind: 'revived' }, aLife(paused), null],
    ['beginning again after the end', { kind: 'revived', day: '2024-01-01' }, aLife(ended), null],
    ['moving after the end', { kind: 'moved', day: '2024-01-01' }, aLife(ended), 'not_there_then'],
    ['stopping twice', { kind: 'ended', day: '2024-01-01' }, aLife(ended), 'not_there_then'],
    [
      'stopping and beginning again in one year, told by the year',
      { kind: 'revived', day: '2022-01-01', precision: 'year' },
      aLife(ended),
      'not_stopped_then',
    ],
    [
      'a pause and a move in one year, told by the year',
      { kind: 'moved', day: '2019-01-01', precision: 'year' },
      aLife(paused),
      'same_time',
    ],
    ['the name it has already', { kind: 'renamed', change: { name: 'Taalcafé' } }, aLife(), 'same_name'],
    ['a split into nobody', { kind: 'split' }, aLife(), 'others_needed'],
    ['a merger with nobody', { kind: 'merged', into: 'self' }, aLife(), 'others_needed'],
    ['that it went differently, without saying what', { kind: 'changed' }, aLife(), 'not_the_same'],
  ] satisfies [string, Partial<Turn>, Life, string | null][])('%s', (_, turn, life, reason) => {
    expect(why(turn, life)).toBe(reason);
  });

  test('the beginning is told once by each voice, and that of the initiative counts', () => {
    expect(why({ kind: 'founded', day: '2014-01-01', precision: 'year' })).toBeNull();
    const own = told(aLife(), aTurn({ kind: 'founded', day: '2014-01-01', precision: 'year' }));
    expect(periodsIn(own)[0]?.from).toBe('2014-01-01');
    const later = told(aLife(), aTurn({ kind: 'founded', day: '2018-01-01', precision: 'year' }));
    expect(periodsIn(later)[0]?.from).toBe('2018-01-01');
    expect(why({ kind: 'founded', day: '2015-01-01' }, own)).toBe('told_before');
    expect(offered(own, 'own')).not.toContain('founded');
    expect(offered(own, 'verifier')).toContain('founded');
  });

  test('a beginning after what was already told is asked again', () => {
    expect(why({ kind: 'founded', day: '2021-01-01' }, aLife(paused))).toBe('before_beginning');
  });

  test('an end that public sources told is told differently, and then the own telling counts while both stay', () => {
    const life = aLife(ended);
    const differently = aTurn({
      kind: 'changed',
      insteadOf: 'end',
      words: { language: 'nl', text: 'Wij zijn er nog.' },
    });
    expect(refusalOf(differently, life, today, 'own')).toBeNull();
    const after = told(life, differently);
    expect(stateOn(periodsIn(after), today)).toBe('active');
    expect(after.tellings.map(({ fact }) => fact)).toContain('end');
    expect(whatCounts(after.tellings).map(({ fact }) => fact)).not.toContain('end');
    const dated = aTurn({ kind: 'ended', day: '2024-05-01', insteadOf: 'end' });
    expect(stateOn(periodsIn(told(life, dated)), '2023-06-01')).toBe('active');
    expect(stateOn(periodsIn(told(life, dated)), '2024-05-02')).toBe('ended');
  });

  test('a verifier does not tell over what the initiative tells, and nobody over their own voice', () => {
    const own = told(aLife(), aTurn({ kind: 'paused' }), 'mine');
    const instead = aTurn({ kind: 'changed', insteadOf: 'mine' });
    expect(refusalOf(instead, own, today, 'verifier')).toBe('not_the_same');
    expect(refusalOf(instead, own, today, 'own')).toBe('not_the_same');
    const asOther = aTurn({ kind: 'award', insteadOf: 'begin' });
    expect(refusalOf(asOther, aLife(), today, 'own')).toBe('not_the_same');
  });

  test('what nobody knows when is so by today, and what ended in a time that still runs has ended by today', () => {
    const unknown = { day: null, precision: 'unknown' as const };
    expect(writtenDay('paused', unknown, today)).toEqual({ day: today, precision: 'at-latest' });
    expect(writtenDay('award', unknown, today)).toEqual(unknown);
    const thisYear = { day: '2026-01-01', precision: 'year' as const };
    expect(writtenDay('ended', thisYear, today)).toEqual({ day: today, precision: 'at-latest' });
    expect(writtenDay('moved', thisYear, today)).toEqual(thisYear);
    expect(stateOn(periodsIn(told(aLife(), aTurn({ kind: 'ended', ...thisYear }))), today)).toBe('ended');
  });
});

test('a relation falls outside a life when no day is left that both live, and an origin asks only its child to live', () => {
  const lives = [{ from: '2016-01-01', until: '2020-01-01' }];
  const unknown = { day: null, precision: 'unknown' as const };
  const since = (day: string) => ({ since: { day, precision: 'year' as const }, until: unknown });
  const other = { id: 'x', lives: [{ from: '2018-01-01', until: null }] };
  const gone = { id: 'y', lives: [{ from: '2000-01-01', until: '2005-01-01' }] };
  const all = [
    { type: 'hosts' as const, ...since('2019-01-01'), along: true, other },
    { type: 'hosts' as const, ...since('2021-01-01'), along: true, other },
    { type: 'hosts' as const, since: unknown, until: unknown, along: false, other: gone },
    { type: 'grew-out-of' as const, since: unknown, until: unknown, along: true, other: gone },
    { type: 'grew-out-of' as const, since: unknown, until: unknown, along: false, other: gone },
  ];
  expect(outside(all, lives)).toEqual([all[1], all[2]]);
});
