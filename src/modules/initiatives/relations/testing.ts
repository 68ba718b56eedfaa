import type { Kind } from '../model.ts';
import { fieldOn, type Field, type Relation, type RelationType, type Standing, type Stone } from './model.ts';

const always = { from: null, until: null };

/** An entry that always lived; the town hall when its kind says so. */
export function aStone(slug: string, given: Partial<Stone> = {}): Stone {
  const kind: Kind = slug.startsWith('gemeente') ? 'municipality' : 'initiative';
  return {
    slug,
    name: slug,
    kind,
    ledBy: 'not-said',
    municipality: null,
    province: null,
    valid: always,
    ...given,
  };
}

/** A relation told as 'a partners-with b', with what differs from an undated one that someone asserts. */
export function aRelation(told: string, given: Partial<Relation> = {}): Relation {
  const [from = '', type = '', to = ''] = told.split(' ');
  return {
    key: told.replaceAll(' ', '/'),
    from,
    type: type as RelationType,
    to,
    since: null,
    sincePrecision: 'unknown',
    until: null,
    untilPrecision: 'unknown',
    valid: always,
    standing: 'asserted' satisfies Standing,
    assertedBy: 'public-sources',
    sources: [],
    ...given,
  };
}

/** A field on 1 June 2024 of these relations; who they name lives in it, and so do the given others. */
export function aField(relations: readonly Relation[], stones: readonly Stone[] = []): Field {
  const given = new Map(stones.map((stone) => [stone.slug, stone]));
  for (const { from, to } of relations) {
    for (const slug of [from, to]) if (!given.has(slug)) given.set(slug, aStone(slug));
  }
  return fieldOn('2024-06-01', [...given.values()], relations);
}

/** A field of a given size that is always the same: most entries hang on a few, one in forty is a town hall. */
export function aWideField(size: number): Field {
  let seed = 7;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const slug = (at: number) => (at % 40 === 0 ? `gemeente-${at}` : `initiative-${at}`);
  const relations = Array.from({ length: Math.round(size * 1.4) }, (_, at) => {
    const from = 1 + Math.floor(chance() * (size - 1));
    const to = Math.floor(chance() ** 2 * from);
    const year = 2015 + Math.floor(chance() * 9);
    return aRelation(`${slug(from)} ${chance() < 0.6 ? 'partners-with' : 'member-of'} ${slug(to)}`, {
      key: `wide-${at}`,
      since: chance() < 0.6 ? `${year}-01-01` : null,
      standing: chance() < 0.1 ? 'disputed' : chance() < 0.3 ? 'confirmed' : 'asserted',
    });
  });
  return aField(
    relations,
    Array.from({ length: size }, (_, at) => aStone(slug(at))),
  );
}
