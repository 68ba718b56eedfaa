import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreed, isSame, marksOf, type Facts } from './model.ts';

const mark = (text: string) => `#${text}`;
const facts = (more: Partial<Facts> & { themes?: Facts['shape']['themes'] } = {}): Facts => {
  const { themes = ['language'], ...rest } = more;
  return {
    shape: {
      name: 'Taal',
      kind: 'initiative',
      formality: null,
      ledBy: 'not-said',
      scope: null,
      phases: [],
      themes,
      audiences: [],
      languages: [],
    },
    names: ['TdL'],
    website: 'https://a.example.org',
    mail: null,
    phone: null,
    lastSign: 'seen',
    sources: ['een lijst'],
    place: null,
    ...rest,
  };
};
const all = new Set<string>();

test('what the source told last and nobody touched is taken anew, also when it is now empty', () => {
  const before = marksOf(facts(), mark);
  const told = facts({ website: null, themes: ['work'], names: [] });
  const { facts: now, kept } = agreed(facts(), told, { reach: 'news', before, unsaid: all, mark });
  expect([now, kept]).toEqual([told, []]);
});

test('what another said since stays, and it is told what was not taken', () => {
  const before = marksOf(facts(), mark);
  const held = facts({ website: 'https://own.example.org', themes: ['work'] });
  const { facts: now, kept } = agreed(
    held,
    facts({ website: 'https://b.example.org', mail: 'a@example.org' }),
    { reach: 'news', before, unsaid: all, mark },
  );
  expect([now.website, now.shape.themes, now.mail]).toEqual([
    'https://own.example.org',
    ['work'],
    'a@example.org',
  ]);
  expect(kept).toEqual([
    { field: 'website', held: 'https://own.example.org', told: 'https://b.example.org' },
  ]);
});

test('what someone took away on purpose does not come back, but news does', () => {
  const before = marksOf(facts(), mark);
  const held = facts({ website: null });
  const same = agreed(held, facts(), { reach: 'news', before, unsaid: all, mark });
  const news = agreed(held, facts({ website: 'https://new.example.org' }), {
    reach: 'news',
    before,
    unsaid: all,
    mark,
  });
  expect([same.facts.website, news.facts.website]).toEqual([null, 'https://new.example.org']);
});

test('names and sources only grow where another spoke too', () => {
  const held = facts({ names: ['De Linde'], sources: ['https://linde.example.org'] });
  const { facts: now } = agreed(held, facts(), { reach: 'gaps', before: null, unsaid: all, mark });
  expect([now.names, now.sources]).toEqual([
    ['De Linde', 'TdL'],
    ['https://linde.example.org', 'een lijst'],
  ]);
});

test('of a place that is not taken only its codes are told, never the point', () => {
  const at = {
    lat: 51.98765,
    lon: 5.91234,
    precision: 'exact',
    town: 'GM0202-arnhem',
    municipality: 'GM0202',
    province: 'PV25',
  } as const;
  const other = { ...at, town: 'GM0228-ede', municipality: 'GM0228' };
  const { kept } = agreed(facts({ place: at }), facts({ place: other }), {
    reach: 'gaps',
    before: null,
    unsaid: all,
    mark,
  });
  expect(kept).toEqual([{ field: 'place', held: 'GM0202-arnhem', told: 'GM0228-ede' }]);
});

const some = fc.record({
  website: fc.option(fc.constantFrom('https://a.example.org', 'https://b.example.org')),
  mail: fc.option(fc.constantFrom('a@example.org', 'b@example.org')),
  themes: fc.subarray(['work', 'language', 'rights'] as const),
  names: fc.subarray(['A', 'B']),
});

test('whatever is held and told: what is unsaid stays, telling the same twice changes nothing, and no gap is made', () => {
  fc.assert(
    fc.property(some, some, some, fc.constantFrom('gaps', 'news', 'all'), (one, other, last, reach) => {
      const [held, told] = [facts(one), facts(other)];
      const before = marksOf(facts(last), mark);
      const nothing = agreed(held, told, {
        reach,
        before,
        unsaid: new Set(['website', 'mail', 'themes', 'names']),
        mark,
      });
      expect(isSame(nothing.facts, held)).toBe(true);
      const once = agreed(held, told, { reach, before, unsaid: all, mark });
      const twice = agreed(once.facts, told, {
        reach: 'gaps',
        before: marksOf(told, mark),
        unsaid: all,
        mark,
      });
      expect(isSame(twice.facts, once.facts)).toBe(true);
      if (reach === 'gaps' && held.website !== null) expect(once.facts.website).toBe(held.website);
      if (reach === 'all') expect(isSame(once.facts, told)).toBe(true);
    }),
  );
});
