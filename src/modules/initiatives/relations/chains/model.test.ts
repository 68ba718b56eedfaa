import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldOn, stepsFrom, type Field, type Relation } from '../model.ts';
import { aField, aRelation, aStone, aWideField } from '../testing.ts';
import { chains, withoutChain, type Chain } from './model.ts';

const formal = { formal: true } as const;
const told = (chain: Chain | undefined) =>
  chain && [chain.steps[0]?.from, ...chain.steps.map((step) => step.to)].join(' > ');

describe('the best chain', () => {
  test('takes few steps before confirmed ones', () => {
    const field = aField([
      aRelation('knit member-of church', { standing: 'confirmed', since: '2024-01-01' }),
      aRelation('church partners-with gemeente-a', { standing: 'confirmed', since: '2024-01-01' }),
      aRelation('gemeente-a hosts knit'),
    ]);
    expect(chains(field, 'knit', formal).map(told)).toEqual([
      'knit > gemeente-a',
      'knit > church > gemeente-a',
    ]);
  });

  test('among equally short ones is confirmed, then recent, then of the stronger kind', () => {
    const ways = (over: Partial<Relation>, other: Partial<Relation>, type = 'partners-with') =>
      aField([
        aRelation('knit partners-with one', over),
        aRelation('one partners-with gemeente-a'),
        aRelation(`knit ${type} two`, other),
        aRelation('two partners-with gemeente-a'),
      ]);
    const best = (field: Field) => told(chains(field, 'knit', formal)[0]);
    expect(best(ways({ since: '2024-01-01' }, { standing: 'confirmed' }))).toContain('two');
    expect(best(ways({ since: '2016-01-01' }, { since: '2022-01-01' }))).toContain('two');
    expect(best(ways({}, {}, 'part-of'))).toContain('two');
  });

  test('goes over a disputed relation only when nothing else is left, and says so', () => {
    const field = aField([
      aRelation('knit partners-with gemeente-a', { standing: 'disputed' }),
      aRelation('knit member-of church'),
      aRelation('church member-of council'),
      aRelation('council partners-with gemeente-b'),
    ]);
    const found = chains(field, 'knit', formal);
    expect(found.map((chain) => [told(chain), chain.disputed])).toEqual([
      ['knit > church > council > gemeente-b', false],
      ['knit > gemeente-a', true],
    ]);
  });

  test('walks a relation both ways and remembers which way it was told', () => {
    const field = aField([aRelation('fund advises knit'), aRelation('fund commissioned-by gemeente-a')]);
    const [chain] = chains(field, 'knit', formal);
    expect(chain?.steps.map((step) => step.along)).toEqual([false, true]);
  });

  test('can be asked for any entry, also from a town hall to an initiative', () => {
    const field = aField([aRelation('knit member-of church'), aRelation('church partners-with gemeente-a')]);
    expect(chains(field, 'gemeente-a', { slug: 'knit' }).map(told)).toEqual(['gemeente-a > church > knit']);
    expect(chains(field, 'knit', { slug: 'nobody' })).toEqual([]);
    expect(chains(field, 'knit', { slug: 'knit' })).toEqual([]);
  });

  test('one step between two holds all their relations, the best in front', () => {
    const field = aField([
      aRelation('knit partners-with gemeente-a'),
      aRelation('knit commissioned-by gemeente-a', { standing: 'confirmed' }),
    ]);
    const [chain, ...more] = chains(field, 'knit', formal);
    expect(more).toEqual([]);
    expect(chain?.steps[0]?.relation.type).toBe('commissioned-by');
    expect(chain?.steps[0]?.also.map((relation) => relation.type)).toEqual(['partners-with']);
  });

  test('never goes over a relation or an entry that was not there on the day', () => {
    const past = { valid: { from: '2016-01-01', until: '2018-01-01' } };
    const relations = [
      aRelation('knit hosts gemeente-a', past),
      aRelation('knit member-of church'),
      aRelation('church part-of gemeente-a'),
    ];
    const stones = [aStone('knit'), aStone('church', past), aStone('gemeente-a')];
    expect(chains(fieldOn('2017-01-01', stones, relations), 'knit', formal)).toHaveLength(2);
    expect(chains(fieldOn('2019-01-01', stones, relations), 'knit', formal)).toHaveLength(0);
    expect(withoutChain(fieldOn('2019-01-01', stones, relations))).toEqual(['knit']);
  });
});

const someField = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 8 }),
      to: fc.integer({ min: 0, max: 8 }),
      standing: fc.constantFrom('asserted' as const, 'confirmed' as const, 'disputed' as const),
      year: fc.option(fc.integer({ min: 2010, max: 2024 })),
    }),
    { maxLength: 18 },
  )
  .map((edges) => {
    const slug = (at: number) => (at === 0 ? 'gemeente-0' : at === 1 ? 'gemeente-1' : `s${at}`);
    const relations = edges
      .filter((edge) => edge.from !== edge.to)
      .map((edge, at) =>
        aRelation(`${slug(edge.from)} partners-with ${slug(edge.to)}`, {
          key: `k${at}`,
          standing: edge.standing,
          since: edge.year === null ? null : `${edge.year}-01-01`,
        }),
      );
    return aField(relations, [aStone('s2')]);
  });

/** Every loopless way from s2 to the formal side, found without cleverness. */
function everyWay(field: Field): string[][] {
  const ways: string[][] = [];
  const go = (way: string[]) => {
    const at = way.at(-1) ?? '';
    if (at.startsWith('gemeente')) return void ways.push(way);
    for (const step of stepsFrom(field).get(at) ?? []) if (!way.includes(step.to)) go([...way, step.to]);
  };
  go(['s2']);
  return ways;
}

describe('of any small field', () => {
  test('chains visit nobody twice, hang together, and end where the first formal body stands', () => {
    fc.assert(
      fc.property(someField, (field) => {
        for (const { steps } of chains(field, 's2', formal, 5)) {
          const visited = ['s2', ...steps.map((step) => step.to)];
          expect(new Set(visited).size).toBe(visited.length);
          expect(steps.map((step) => step.from)).toEqual(visited.slice(0, -1));
          expect(visited.filter((slug) => slug.startsWith('gemeente'))).toEqual(visited.slice(-1));
          for (const step of steps) expect(field.relations).toContain(step.relation);
        }
      }),
    );
  });

  test('they are exactly the best of all ways, each once, best first', () => {
    const badness = (field: Field, way: readonly string[]) => {
      const steps = way
        .slice(1)
        .map((to, at) => (stepsFrom(field).get(way[at] ?? '') ?? []).find((step) => step.to === to));
      return [
        steps.filter((step) => step?.relation.standing === 'disputed').length,
        steps.length,
        steps.filter((step) => step?.relation.standing !== 'confirmed').length,
        steps.reduce(
          (years, step) =>
            years + (step?.relation.since ? 2024 - Number(step.relation.since.slice(0, 4)) : 99),
          0,
        ),
      ];
    };
    const inOrder = (a: number[], b: number[]) =>
      a.map((one, at) => one - (b[at] ?? 0)).find((apart) => apart !== 0) ?? 0;
    fc.assert(
      fc.property(someField, (field) => {
        const mine = chains(field, 's2', formal, 4).map((chain) => [
          's2',
          ...chain.steps.map((step) => step.to),
        ]);
        const all = everyWay(field)
          .map((way) => badness(field, way))
          .sort(inOrder);
        expect(new Set(mine.map((way) => way.join())).size).toBe(mine.length);
        expect(mine.map((way) => badness(field, way))).toEqual(all.slice(0, 4));
      }),
    );
  });

  test('who has no chain is exactly who cannot walk to the formal side', () => {
    fc.assert(
      fc.property(someField, (field) => {
        expect(withoutChain(field).includes('s2')).toBe(everyWay(field).length === 0);
      }),
    );
  });
});

test('in a field of 5,000 a chain has at most the length of the shortest walk, counted separately', () => {
  const field = aWideField(5000);
  const [chain] = chains(field, 'initiative-4999', formal);
  let front = new Set(['initiative-4999']);
  let steps = 0;
  while (front.size > 0 && ![...front].some((slug) => slug.startsWith('gemeente')) && steps < 50) {
    front = new Set(
      [...front].flatMap((slug) =>
        (stepsFrom(field).get(slug) ?? [])
          .filter((step) => step.relation.standing !== 'disputed')
          .map((step) => step.to),
      ),
    );
    steps += 1;
  }
  expect(chain?.disputed).toBe(false);
  expect(chain?.steps.length).toBe(steps);
});
