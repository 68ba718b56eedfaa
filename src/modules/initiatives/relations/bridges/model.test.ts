import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutChain } from '../chains/model.ts';
import { fieldOn } from '../model.ts';
import { aField, aRelation, aStone, aWideField } from '../testing.ts';
import { bridges } from './model.ts';

test('without the only one who talks to the town hall, everyone behind it loses the way', () => {
  const field = aField([
    aRelation('knit member-of church'),
    aRelation('choir member-of church'),
    aRelation('church partners-with council'),
    aRelation('council partners-with gemeente-a'),
    aRelation('garden partners-with gemeente-a'),
  ]);
  expect(bridges(field)).toEqual([
    { slug: 'church', losing: ['choir', 'knit'] },
    { slug: 'council', losing: ['choir', 'church', 'knit'] },
  ]);
});

test('nobody is a bridge where a second way exists, even to another town hall', () => {
  const field = aField([
    aRelation('knit member-of church'),
    aRelation('church partners-with gemeente-a'),
    aRelation('knit funded-by gemeente-b'),
  ]);
  expect(bridges(field)).toEqual([]);
});

test('of any small field: bridges are exactly those whose absence takes the way from others', () => {
  const edge = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 20 }), (edges) => {
      const slug = (at: number) => (at < 2 ? `gemeente-${at}` : `s${at}`);
      const relations = edges
        .filter(([a, b]) => a !== b)
        .map(([a, b], at) => aRelation(`${slug(a)} partners-with ${slug(b)}`, { key: `k${at}` }));
      const stones = Array.from({ length: 10 }, (_, at) => aStone(slug(at)));
      const before = new Set(withoutChain(aField(relations, stones)));
      const expected = stones
        .filter((stone) => stone.kind === 'initiative')
        .map((stone) => {
          const rest = fieldOn(
            '2024-06-01',
            stones.filter((other) => other !== stone),
            relations,
          );
          return {
            slug: stone.slug,
            losing: withoutChain(rest)
              .filter((other) => !before.has(other))
              .sort(),
          };
        })
        .filter((bridge) => bridge.losing.length > 0);
      expect(bridges(aField(relations, stones))).toEqual(expected);
    }),
  );
});

test('a field of 5,000 entries is walked without running out of stack', () => {
  const line = Array.from({ length: 4999 }, (_, at) =>
    aRelation(`s${at + 1} member-of ${at === 0 ? 'gemeente-0' : `s${at}`}`),
  );
  const found = bridges(aField(line));
  expect(found).toHaveLength(4998);
  expect(found.find((bridge) => bridge.slug === 's1')?.losing).toHaveLength(4998);
  expect(bridges(aWideField(5000)).length).toBeGreaterThan(10);
});
