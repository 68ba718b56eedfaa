import { expect, test } from 'vitest';
import { standsAt, type Standing } from './model.ts';

const open: Standing = {
  takenBackOn: null,
  standing: 'released',
  openOn: '2026-11-22',
  sleptOn: true,
  audience: 'public',
  seen: true,
  untilDay: null,
};

test.each([
  [
    'what was taken back, whatever else',
    { takenBackOn: '2026-11-23' },
    { at: 'taken-back', on: '2026-11-23' },
  ],
  ['a draft', { standing: 'draft' as const }, { at: 'draft' }],
  ['what nobody may read', { audience: null }, { at: 'nobody' }],
  ['what stays in the circle', { audience: 'circle' as const }, { at: 'nobody' }],
  ['a version that was not consented to', { seen: false }, { at: 'new-version' }],
  ['what is slept on', { sleptOn: false }, { at: 'slept-on', until: '2026-11-22', audience: 'public' }],
  [
    'what the network reads',
    { audience: 'network' as const },
    { at: 'open', audience: 'network', until: null },
  ],
  ['what ends on a day', { untilDay: '2027-01-01' }, { at: 'open', audience: 'public', until: '2027-01-01' }],
])('%s is told as it is', (_what, differs, told) => {
  expect(standsAt({ ...open, ...differs })).toEqual(told);
});
