import { expect, test } from 'vitest';
import type { FieldEvent } from '../../field/model.ts';
import type { HeldEvent } from '../model.ts';
import { eventChanges } from './model.ts';

const event = (
  key: string,
  kind: FieldEvent['kind'],
  day: string | null,
  more: Partial<FieldEvent> = {},
): FieldEvent => ({
  ...{ key, kind, day, precision: day === null ? 'unknown' : 'year', change: {}, sources: ['s'], texts: [] },
  ...more,
});
const held = (
  key: string,
  kind: FieldEvent['kind'],
  day: string | null,
  said = 'public-sources',
  more: Partial<HeldEvent> = {},
): HeldEvent => {
  const { texts: _texts, ...told } = event(key, kind, day);
  return { ...told, fact: `fact of ${key}`, said_by: said, ...more };
};
const keys = (events: readonly { key: string }[]) => events.map(({ key }) => key);

test('a source corrects what it told, ends what it no longer tells, and leaves what others told', () => {
  const changes = eventChanges({
    held: [
      held('s/a', 'founded', '2015-01-01'),
      held('s/b', 'grew', '2017-01-01'),
      held('other', 'award', '2018-01-01'),
      held('own', 'moved', '2019-01-01', 'own'),
    ],
    told: [event('s/a', 'founded', '2014-01-01'), event('s/c', 'contract', '2020-01-01')],
    before: ['s/a', 's/b'],
    reach: 'news',
  });
  expect(changes.closed).toEqual(['fact of s/b', 'fact of s/a']);
  expect(changes.fresh.map(({ key, fact }) => [key, fact])).toEqual([
    ['s/a', 'fact of s/a'],
    ['s/c', null],
  ]);
  expect(changes.kept).toEqual([]);
});

test('of an entry that others spoke of it tells no second beginning', () => {
  const changes = eventChanges({
    held: [held('other', 'founded', '2015-01-01')],
    told: [event('s/noticed', 'noticed', null), event('s/award', 'award', '2020-01-01')],
    before: [],
    reach: 'gaps',
  });
  expect(keys(changes.taken)).toEqual(['s/award']);
});

test('it does not end an entry that was found to be right, and that is told', () => {
  const wish = {
    held: [held('s/a', 'founded', '2015-01-01')],
    before: ['s/a'],
    told: [event('s/a', 'founded', '2015-01-01'), event('s/ended', 'ended', '2024-01-01')],
  };
  expect(eventChanges({ ...wish, reach: 'gaps' })).toMatchObject({
    fresh: [],
    kept: [{ field: 'events', told: 'ended' }],
  });
  expect(keys(eventChanges({ ...wish, reach: 'news' }).fresh)).toEqual(['s/ended']);
});

test('at the latest on an earlier day already says what it says on a later one', () => {
  const latest = { precision: 'at-latest' } as const;
  const wish = {
    held: [held('s/e', 'ended', '2024-01-01', 'public-sources', latest)],
    before: ['s/e'],
    reach: 'news' as const,
  };
  expect(eventChanges({ ...wish, told: [event('s/e', 'ended', '2026-01-01', latest)] }).fresh).toEqual([]);
  expect(keys(eventChanges({ ...wish, told: [event('s/e', 'ended', '2023-01-01', latest)] }).fresh)).toEqual([
    's/e',
  ]);
});
