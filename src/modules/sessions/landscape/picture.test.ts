import { expect, test } from 'vitest';
import { landscape, picture, type Picture, type Vote } from './landscape.ts';
import { aRoomOfVotes, conversations, hasPolis, votesIn } from './testing.ts';

/** So many people answer a statement so; who has the same number in another row is the same person. */
const answers = (statement: string, agree: number, disagree: number, pass = 0): Vote[] =>
  Array.from({ length: agree + disagree + pass }, (_, at) => ({
    person: `p${at}`,
    statement,
    vote: at < agree ? 1 : at < agree + disagree ? -1 : 0,
  }));

const statementsOf = (told: readonly { statement: string }[]) => told.map(({ statement }) => statement);

/** Every number of people in a picture: what each statement, group and explanation rests on. */
function peopleIn(part: unknown, key = ''): number[] {
  if (typeof part === 'number')
    return ['people', 'agree', 'disagree', 'pass', 'sizes'].includes(key) ? [part] : [];
  if (Array.isArray(part)) return part.flatMap((each) => peopleIn(each, key));
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([name, each]) => peopleIn(each, name));
}

test('what nearly all agree with is shared ground, what nearly all reject too, and each says on how many it rests', () => {
  const shown = picture(
    landscape([...answers('agreed', 20, 0), ...answers('rejected', 0, 20), ...answers('torn', 10, 10)]),
  );
  expect(shown.people).toBe(20);
  expect(shown.sharedGround).toMatchObject([
    {
      statement: 'agreed',
      people: 20,
      leaning: 'nearly_all_agree',
      why: { key: 'why.shared', values: { people: 20 } },
    },
    { statement: 'rejected', people: 20, leaning: 'nearly_all_disagree', why: { key: 'why.shared_against' } },
  ]);
  expect(statementsOf(shown.openQuestions)).toEqual(['torn']);
});

test('a bare majority is no shared ground', () => {
  const shown = picture(landscape([...answers('most', 60, 40), ...answers('some', 40, 60)]));
  expect(shown.sharedGround).toEqual([]);
});

test('what many pass on is an open question', () => {
  const shown = picture(landscape([...answers('unclear', 6, 4, 10)]));
  expect(shown.openQuestions).toMatchObject([
    { statement: 'unclear', leaning: 'many_pass', why: { key: 'why.many_pass' } },
  ]);
});

test('a few who agree alone, and think alike elsewhere too, are lonely but weighty; a whim is not', () => {
  // The first six of forty answer everything else against the rest; the statement 'whim' has six scattered voices.
  const others = Array.from({ length: 8 }, (_, at) => answers(`other${at}`, 6, 34)).flat();
  const lonely = answers('lonely', 6, 34);
  const whim: Vote[] = Array.from({ length: 40 }, (_, at) => ({
    person: `p${at}`,
    statement: 'whim',
    vote: at % 7 === 6 ? 1 : -1,
  }));
  const shown = picture({ ...landscape([...lonely, ...whim, ...others]) });
  const all = [
    ...statementsOf(shown.lonelyButWeighty),
    ...shown.differingVoices.flatMap(({ best }) => best?.statement ?? []),
  ];
  expect(all.some((statement) => statement === 'lonely' || statement.startsWith('other'))).toBe(true);
  expect(statementsOf(shown.lonelyButWeighty)).not.toContain('whim');
});

test('each voice has its best statement where groups are real', () => {
  const { votes } = aRoomOfVotes({ people: 150, statements: 50, groups: [60, 50, 40], seed: 5 });
  const shown = picture(landscape(votes));
  expect(shown.groups).toMatchObject({ shown: true, why: { key: 'groups.why.shown' } });
  expect(shown.differingVoices).toHaveLength(3);
  for (const { best, people } of shown.differingVoices) {
    expect(people).toBeGreaterThanOrEqual(5);
    expect(best?.why.key).toMatch(/^why\.differs_/);
  }
  const apart = shown.differingVoices.flatMap(({ best }) => best?.statement ?? []);
  expect(statementsOf(shown.sharedGround).filter((statement) => apart.includes(statement))).toEqual([]);
});

test('without groups the picture says why, and shows no voices', () => {
  const { votes } = aRoomOfVotes({ people: 60, statements: 20, groups: [60], seed: 9 });
  const shown = picture(landscape(votes));
  expect(shown.groups).toMatchObject({ shown: false, sizes: [] });
  expect(shown.groups.why.key).toMatch(/^groups\.why\.(like_chance|not_stable|below_minimum)$/);
  expect(shown.differingVoices).toEqual([]);
});

test('a room of four is told nothing, and a statement that four saw is not told', () => {
  expect(picture(landscape(answers('yes', 4, 0)))).toMatchObject({
    people: null,
    sharedGround: [],
    unsaid: [{ key: 'unsaid.too_few_people' }],
  });
  const shown = picture(landscape([...answers('yes', 12, 0), ...answers('hardly seen', 4, 0)]));
  expect(statementsOf(shown.sharedGround)).toEqual(['yes']);
  expect(shown.unsaid).toContainEqual({ key: 'unsaid.too_few_saw', values: { statements: 1, fewest: 5 } });
});

test('answers are told one by one only where no answer is of one to four people', () => {
  const told = (agree: number, disagree: number) =>
    picture(landscape(answers('yes', agree, disagree))).sharedGround[0]?.answers;
  expect(told(20, 0)).toEqual({ agree: 20, disagree: 0, pass: 0 });
  expect(told(20, 2)).toBeNull();
  expect(told(20, 5)).toEqual({ agree: 20, disagree: 5, pass: 0 });
});

test('given groups of fewer than five are not told of', () => {
  const { votes, planted } = aRoomOfVotes({ people: 40, statements: 20, groups: [36, 4], seed: 4 });
  const groups = new Map(Object.entries(planted).map(([person, group]) => [person, String(group)]));
  const whole = landscape(votes, { groups });
  expect(whole.groups.sizes).toEqual([36, 4]);
  expect(picture(whole).groups).toMatchObject({
    shown: false,
    sizes: [],
    why: { key: 'groups.why.below_minimum' },
  });
});

const few = (shown: Picture) => peopleIn(shown).filter((people) => people > 0 && people < 5);

test('no number in any picture speaks of one to four people', () => {
  for (let seed = 0; seed < 30; seed++) {
    const size = 6 + seed * 4;
    const groups = seed % 3 === 0 ? [size] : [Math.ceil(size * 0.6), Math.floor(size * 0.4)];
    const { votes, planted } = aRoomOfVotes({
      people: size,
      statements: 25,
      groups,
      seed,
      seen: 0.3 + (seed % 5) / 10,
    });
    expect(few(picture(landscape(votes)))).toEqual([]);
    const given = new Map(Object.entries(planted).map(([person, group]) => [person, String(group)]));
    expect(few(picture(landscape(votes, { groups: given })))).toEqual([]);
  }
});

test.skipIf(!hasPolis).for(conversations)(
  '%s has a picture that speaks of nobody alone (skipped where STEPPINGSTONES_POLIS has no conversations)',
  (name) => {
    const shown = picture(landscape(votesIn(name)));
    expect(few(shown)).toEqual([]);
    expect(shown.sharedGround.length + shown.openQuestions.length).toBeGreaterThan(0);
  },
);
