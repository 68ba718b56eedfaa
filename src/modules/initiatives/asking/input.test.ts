import { expect, test } from 'vitest';
import { parseAnswer, parseCampaign, parseRegion, parseSaid, parseSince } from './input.ts';

const given = (fields: Record<string, string>) => new URLSearchParams(fields);
const today = '2026-11-22';

test('an answer is one of the three, and nothing else is an answer', () => {
  expect(['right', 'changed', 'stopped', 'Right', '', null, '__proto__'].map(parseAnswer)).toEqual([
    'right',
    'changed',
    'stopped',
    null,
    null,
    null,
    null,
  ]);
});

test('since when it stopped may be a year, a month, or not known, which is today at the latest', () => {
  const since = (fields: Record<string, string>) => parseSince(given(fields), today);
  expect(since({ year: '2024', month: '' })).toEqual({
    ok: true,
    value: { day: '2024-01-01', precision: 'year' },
  });
  expect(since({ year: '2024', month: '05' })).toEqual({
    ok: true,
    value: { day: '2024-05-01', precision: 'month' },
  });
  expect(since({})).toEqual({ ok: true, value: { day: today, precision: 'at-latest' } });
  expect(since({ year: '2026', month: '12' })).toMatchObject({ problems: [{ field: 'year' }] });
  expect(since({ year: 'soon' })).toMatchObject({ problems: [{ field: 'year' }] });
  expect(since({ month: '05' })).toMatchObject({ problems: [{ field: 'year' }] });
  expect(since({ year: '2024', month: '13' })).toMatchObject({ problems: [{ field: 'month' }] });
});

test('what someone writes stays as they wrote it, in any script, without signs nobody can see', () => {
  expect(parseSaid(given({ said: '  انتقلنا إلى أرنهيم  ' }))).toEqual({
    ok: true,
    value: 'انتقلنا إلى أرنهيم',
  });
  expect(parseSaid(given({ said: 'a\u202eb' }))).toEqual({ ok: true, value: 'ab' });
  expect(parseSaid(given({ said: ' ' }))).toEqual({ ok: true, value: null });
  expect(parseSaid(given({ said: 'x'.repeat(2001) }))).toMatchObject({ problems: [{ field: 'said' }] });
});

test('a campaign has a name and a region that exist, and asks whom it says', () => {
  expect(parseRegion('province:PV25')).toEqual({ kind: 'province', id: 'PV25' });
  expect(parseRegion('all:')).toEqual({ kind: 'all', id: '' });
  expect(['all:PV25', 'province:GM0202', 'initiative:x', ''].map(parseRegion)).toEqual([
    null,
    null,
    null,
    null,
  ]);
  const wish = { name: 'Voorjaar', region: 'municipality:GM0202', theme: 'work', which: 'faded' };
  expect(parseCampaign(given(wish))).toEqual({
    ok: true,
    value: {
      name: 'Voorjaar',
      region: { kind: 'municipality', id: 'GM0202' },
      theme: 'work',
      which: 'faded',
    },
  });
  expect(parseCampaign(given({ region: '' }))).toMatchObject({
    problems: [{ field: 'name' }, { field: 'region' }],
  });
});
