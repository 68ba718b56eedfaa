import { expect, test } from 'vitest';
import { idleMinutes, isOver, isStaff, isWorthNoting, withoutSecondFactor } from './model.ts';

const noon = new Date('2026-11-22T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(noon.getTime() - minutes * 60_000);
const until = new Date(noon.getTime() + 86_400_000);

test('a session of staff is over after half an hour without use, of others after half a day', () => {
  expect(idleMinutes).toEqual({ staff: 30, others: 720 });
  const used = (minutes: number, staff: boolean) =>
    isOver({ lastUsed: minutesAgo(minutes), until }, staff, noon);
  expect([used(29, true), used(30, true)]).toEqual([false, true]);
  expect([used(719, false), used(720, false)]).toEqual([false, true]);
});

test('a session is over at its end, however lately it was used', () => {
  expect(isOver({ lastUsed: noon, until: noon }, false, noon)).toBe(true);
});

test('the use of a session is noted once a minute', () => {
  expect(isWorthNoting({ lastUsed: minutesAgo(0.9) }, noon)).toBe(false);
  expect(isWorthNoting({ lastUsed: minutesAgo(1) }, noon)).toBe(true);
});

test('what is entrusted to staff does not stand without a second factor, and the rest does', () => {
  const held = (role: string) => ({ role, scopeKind: 'all', scopeId: '' });
  const all = ['member', 'verifier', 'editor', 'facilitator', 'partner', 'admin', 'privacy-officer'].map(
    held,
  );
  expect(withoutSecondFactor(all).map(({ role }) => role)).toEqual(['member', 'partner']);
  expect(isStaff(all)).toBe(true);
  expect(isStaff([held('member'), held('researcher')])).toBe(false);
});
