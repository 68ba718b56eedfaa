import { expect, test } from 'vitest';
import { draftOf, mayShare, withRemarks, type Held, type Remark } from './model.ts';

const held: Held = {
  course: [
    { kind: 'statements', fromHouse: 'make-session.know', prompt: {} },
    { kind: 'vote', fromHouse: 'make-session.weigh', prompt: {} },
  ],
  statements: 4,
  issues: 2,
  harvest: 0,
  pictures: 1,
};
const remark = (changed: Partial<Remark> = {}): Remark => ({
  id: '1',
  section: 'issues',
  language: 'ar',
  text: 'لا',
  standing: 'asked',
  answer: null,
  ...changed,
});
const friday = new Date('2026-11-20T20:00:00Z');
const monday = new Date('2026-11-23T20:00:00Z');

test('the draft has a part for what there was, and no empty one', () => {
  expect(draftOf(held).sections.map(({ name }) => name)).toEqual([
    'opening',
    'issues',
    'landscape',
    'people',
  ]);
  const promises = { kind: 'promises' as const, fromHouse: null, prompt: {} };
  expect(
    draftOf({ course: [promises], statements: 0, issues: 0, harvest: 3, pictures: 0 }).sections.map(
      ({ name }) => name,
    ),
  ).toEqual(['opening', 'harvest', 'promises', 'people']);
});

test('no remark is ever dropped: it is taken over, or it stands beside, also when nobody answered it', () => {
  const minutes = withRemarks(draftOf(held), [
    remark({ standing: 'taken' }),
    remark({ standing: 'beside', answer: 'Zo hoorde ik het.' }),
    remark(),
  ]);
  const part = minutes.sections.find(({ name }) => name === 'issues');
  expect([part?.corrected, part?.beside.length, part?.beside[0]?.answer]).toEqual([
    1,
    2,
    'Zo hoorde ik het.',
  ]);
});

test('minutes become public after three days, or earlier when there were remarks and each was answered', () => {
  const at = (now: Date, remarks: readonly Remark[]) => mayShare({ shareFrom: monday, remarks }, now);
  expect(at(friday, [])).toBe(false);
  expect(at(friday, [remark({ standing: 'taken' }), remark()])).toBe(false);
  expect(at(friday, [remark({ standing: 'taken' }), remark({ standing: 'beside' })])).toBe(true);
  expect(at(monday, [remark()])).toBe(true);
});
