import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phases, themes } from '../../initiatives/model.ts';
import { aField, aRelation, aStone } from '../../initiatives/relations/testing.ts';
import { emptyChairs, stepTo, type ChairWishes, type Known } from './model.ts';

const arnhem = 'GM0202';
const wishes: ChairWishes = { phases: ['landing'], themes: ['work'], municipalities: [arnhem] };

const known = (slug: string, given: Partial<Known> = {}): Known => ({
  slug,
  name: slug,
  kind: 'initiative',
  ledBy: 'for',
  formality: 4,
  phases: ['landing'],
  themes: ['work'],
  languages: ['nl'],
  town: 'Arnhem',
  municipality: arnhem,
  ...given,
});
const townHall = known('gemeente-arnhem', { kind: 'municipality', formality: 5, ledBy: 'not-said' });
const nobody = aField([]);
const chairOf = (chairs: ReturnType<typeof emptyChairs>, kind: string, of: string | null = null) =>
  chairs.find((chair) => chair.kind === kind && chair.of === of);

describe('the chairs that stay empty', () => {
  test('a table of the town hall alone has a chair for the refugee-led group round the corner', () => {
    const group = known('warme-stoep', { ledBy: 'refugee-led', formality: 1 });
    const chairs = emptyChairs({ here: [group, townHall], around: [], field: nobody }, [townHall], wishes);
    expect(chairs.map(({ kind }) => kind)).toEqual(['refugee-led', 'informal']);
    expect(chairOf(chairs, 'refugee-led')?.entries).toEqual([
      { slug: 'warme-stoep', name: 'warme-stoep', steps: null },
    ]);
  });

  test('a chair is no longer empty when who could sit there sits there', () => {
    const group = known('warme-stoep', { ledBy: 'refugee-led', formality: 1 });
    const surroundings = { here: [group, townHall], around: [], field: nobody };
    expect(emptyChairs(surroundings, [townHall, group], wishes)).toEqual([]);
  });

  test('a phase, a theme, a town and a language that nobody at the table has each have their chair', () => {
    const group = known('het-kruispunt', {
      phases: ['arrival'],
      themes: ['health'],
      languages: ['ti'],
      town: 'Elden',
    });
    const all = { ...wishes, phases: [], themes: [] };
    const chairs = emptyChairs({ here: [group], around: [], field: nobody }, [townHall], all);
    expect(chairs.map(({ kind, of }) => [kind, of])).toEqual([
      ['phase', 'arrival'],
      ['theme', 'health'],
      ['place', 'Elden'],
      ['language', 'ti'],
    ]);
  });

  test('a table is not told to miss a phase or theme it does not decide about', () => {
    const group = known('het-kruispunt', { phases: ['rooting'], themes: ['culture'] });
    expect(emptyChairs({ here: [group], around: [], field: nobody }, [townHall], wishes)).toEqual([]);
  });

  test('a table of a region looks at its municipalities, not at its towns', () => {
    const ede = known('ede-samen', { municipality: 'GM0228', town: 'Ede' });
    const region = { ...wishes, municipalities: [arnhem, 'GM0228'] };
    const chairs = emptyChairs({ here: [ede], around: [], field: nobody }, [townHall], region);
    expect(chairs.map(({ kind, of }) => [kind, of])).toEqual([['place', 'GM0228']]);
  });

  test('only when the municipality has nobody, those of the province around it are told', () => {
    const [near, far] = [
      known('near', { formality: 1 }),
      known('far', { formality: 1, municipality: 'GM0228' }),
    ];
    const chair = (here: Known[]) =>
      chairOf(emptyChairs({ here, around: [far], field: nobody }, [townHall], wishes), 'informal');
    expect(chair([near])).toMatchObject({ near: 'here', entries: [{ slug: 'near' }] });
    expect(chair([])).toMatchObject({ near: 'around', entries: [{ slug: 'far' }] });
  });

  test('who did not say who leads is told as not said, not as no', () => {
    const silent = known('stil', { ledBy: 'not-said' });
    const group = known('warme-stoep', { ledBy: 'refugee-led' });
    const chairs = emptyChairs({ here: [group], around: [], field: nobody }, [townHall, silent], wishes);
    expect(chairOf(chairs, 'refugee-led')?.unsaid).toEqual(['stil']);
  });

  test('a municipality or a ministry is never told as who is missing', () => {
    const desk = known('loket', { kind: 'municipality', formality: 1, ledBy: 'refugee-led' });
    expect(emptyChairs({ here: [desk], around: [], field: nobody }, [townHall], wishes)).toEqual([]);
  });
});

describe('the way to an empty chair', () => {
  const group = known('warme-stoep', { ledBy: 'refugee-led' });
  const stones = [townHall, group].map(({ slug }) => aStone(slug));
  const through = (...told: string[]) =>
    chairOf(
      emptyChairs(
        {
          here: [group],
          around: [],
          field: aField(
            told.map((words) => aRelation(words)),
            stones,
          ),
        },
        [townHall],
        wishes,
      ),
      'refugee-led',
    );

  test('leads from a seated party along who knows whom', () => {
    const chair = through('buurthuis partners-with warme-stoep', 'buurthuis funded-by gemeente-arnhem');
    expect(chair?.chain?.stones.map(({ slug }) => slug)).toEqual([
      'gemeente-arnhem',
      'buurthuis',
      'warme-stoep',
    ]);
    expect(chair?.entries[0]?.steps).toBe(2);
    expect(chair && stepTo(chair)).toBe('be-brought');
  });

  test('is one question when a seated party knows them', () => {
    const chair = through('warme-stoep hosts gemeente-arnhem');
    expect(chair && stepTo(chair)).toBe('ask-them');
  });

  test('is to go there when nobody knows them, or when who would know them says otherwise', () => {
    const lonely = through();
    const disputed = chairOf(
      emptyChairs(
        {
          here: [group],
          around: [],
          field: aField(
            [aRelation('warme-stoep partners-with gemeente-arnhem', { standing: 'disputed' })],
            stones,
          ),
        },
        [townHall],
        wishes,
      ),
      'refugee-led',
    );
    expect([lonely && stepTo(lonely), disputed && stepTo(disputed)]).toEqual(['go-there', 'go-there']);
  });

  test('is told to the nearest first, then by name', () => {
    const here = ['z-near', 'b-far', 'a-far'].map((slug) => known(slug, { formality: 1 }));
    const field = aField([aRelation('z-near member-of gemeente-arnhem')], [aStone('a-far'), aStone('b-far')]);
    const chair = chairOf(emptyChairs({ here, around: [], field }, [townHall], wishes), 'informal');
    expect(chair?.entries.map(({ slug }) => slug)).toEqual(['z-near', 'a-far', 'b-far']);
  });
});

const some = <One>(all: readonly One[]) => fc.uniqueArray(fc.constantFrom(...all), { maxLength: 3 });
const anEntry = fc.record({
  ledBy: fc.constantFrom('refugee-led', 'together', 'for', 'not-said' as const),
  formality: fc.option(fc.integer({ min: 1, max: 5 })),
  phases: some(phases),
  themes: some(themes),
  languages: some(['nl', 'ar', 'ti', 'uk']),
  town: fc.option(fc.constantFrom('Arnhem', 'Elden')),
  municipality: fc.constantFrom(arnhem, 'GM0228', null),
});

test('whoever lives around it: every chair is traced to entries that have it, nobody seated has it, and seating one fills it', () => {
  fc.assert(
    fc.property(
      fc.array(anEntry, { maxLength: 12 }),
      fc.integer({ min: 0, max: 6 }),
      some(phases),
      some(themes),
      (made, seats, ofPhases, ofThemes) => {
        const all = made.map((given, at) => known(`e${at}`, given));
        const asked = { phases: ofPhases, themes: ofThemes, municipalities: [arnhem] };
        const here = all.filter(({ municipality }) => municipality === arnhem);
        const around = all.filter(({ municipality }) => municipality === 'GM0228');
        const seated = all.slice(0, seats);
        const chairs = emptyChairs({ here, around, field: nobody }, seated, asked);
        for (const chair of chairs) {
          expect(chair.entries.length).toBeGreaterThan(0);
          for (const { slug } of chair.entries) {
            expect(seated.some((one) => one.slug === slug)).toBe(false);
            const one = [...here, ...around].filter((each) => each.slug === slug);
            expect(one).toHaveLength(1);
            const after = emptyChairs({ here, around, field: nobody }, [...seated, ...one], asked);
            expect(after.some(({ kind, of }) => kind === chair.kind && of === chair.of)).toBe(false);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
