import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField, theRealField } from '../../initiatives/testing.ts';
import { municipalityNamed } from '../../places/queries.server.ts';
import { emptyChairs, stepTo, type ChairWishes } from './model.ts';
import { knownOf, surroundingsOf } from './queries.server.ts';

ownDatabase();
const day = '2026-11-21';
beforeAll(async () => layField(await theRealField(), day), 60_000);

/** A table that nobody ever set up, at which real institutions sit. */
async function chairsAt(town: string, seats: readonly string[], about: Omit<ChairWishes, 'municipalities'>) {
  return withViewer(visitor, async (tx) => {
    const code = (await municipalityNamed(tx, town))?.code;
    if (!code) throw new Error(`${town} is no municipality.`);
    const surroundings = await surroundingsOf(tx, [code], day);
    const seated = await knownOf(tx, seats, day);
    expect(seated.map(({ slug }) => slug)).toEqual([...seats].toSorted());
    const chairs = emptyChairs(surroundings, seated, { ...about, municipalities: [code] });
    return { code, surroundings, seated, chairs };
  });
}

const tables = [
  {
    town: 'Utrecht',
    seats: ['gemeente-utrecht', 'vluchtelingenwerk-midden-nederland', 'portaal'],
    about: { phases: ['landing', 'rooting'], themes: ['housing', 'work', 'language', 'social-bonds'] },
  },
  {
    town: 'Amsterdam',
    seats: ['gemeente-amsterdam', 'de-key', 'vluchtelingenwerk-nederland'],
    about: { phases: [], themes: ['housing', 'work', 'social-bridges', 'rights'] },
  },
  {
    town: 'Nijmegen',
    seats: ['provincie-gelderland', 'vluchtelingenwerk-oost-nederland'],
    about: { phases: ['arrival', 'landing'], themes: [] },
  },
] as const;

describe('in the real field', () => {
  test.each(tables)('every chair that stays empty in $town is traced to entries', async (table) => {
    const { code, surroundings, seated, chairs } = await chairsAt(table.town, table.seats, table.about);
    expect(chairs.length).toBeGreaterThan(0);
    const all = new Map([...surroundings.here, ...surroundings.around].map((entry) => [entry.slug, entry]));
    for (const { kind, of, near, entries, chain } of chairs) {
      for (const { slug } of entries) {
        const entry = all.get(slug);
        expect(entry?.municipality === code, slug).toBe(near === 'here');
        if (kind === 'refugee-led') expect(entry?.ledBy).toBe('refugee-led');
        if (kind === 'informal') expect(entry?.formality).toBeLessThanOrEqual(2);
        if (kind === 'phase') expect(entry?.phases).toContain(of);
        if (kind === 'theme') expect(entry?.themes).toContain(of);
        if (kind === 'place') expect(entry?.town).toBe(of);
      }
      if (!chain) continue;
      expect(seated.map(({ slug }) => slug)).toContain(chain.stones[0]?.slug);
      expect(chain.stones.at(-1)?.slug).toBe(entries[0]?.slug);
      expect(chain.steps).toHaveLength(entries[0]?.steps ?? -1);
    }
  });

  test('a table in Nijmegen without anyone led by refugees is shown the way to who is', async () => {
    const { town, seats, about } = tables[2];
    const { chairs } = await chairsAt(town, seats, about);
    const chair = chairs.find(({ kind }) => kind === 'refugee-led');
    expect(chair?.entries.map(({ slug }) => slug)).toEqual([
      'yalla-foundation',
      'refugees-in-netherlands-nijmegen',
    ]);
    expect(chair?.chain?.stones.map(({ slug }) => slug)).toEqual([
      'vluchtelingenwerk-oost-nederland',
      'yalla-foundation',
    ]);
    expect(chair && stepTo(chair)).toBe('ask-them');
  });

  test('who keeps itself hidden changes not one byte of what is found, also when it is who would fill the chair', async () => {
    const found = async () =>
      JSON.stringify(
        await Promise.all(
          tables.map(async ({ town, seats, about }) => (await chairsAt(town, seats, about)).chairs),
        ),
      );
    const before = await found();
    const hidden = tables.map(({ town }) => ({
      id: `stil-${town.toLowerCase()}`,
      municipality: town,
      province: town === 'Utrecht' ? 'Utrecht' : town === 'Amsterdam' ? 'Noord-Holland' : 'Gelderland',
      formality: 1,
      refugeeLed: true,
      phases: ['arrival', 'landing', 'rooting'],
      themes: ['housing', 'work', 'health', 'safety', 'rights'],
    }));
    const theirs = aField(hidden);
    const real = await theRealField();
    const both = (one: string, more: readonly object[]) =>
      JSON.stringify([...(JSON.parse(one) as object[]), ...more]);
    await layField(
      {
        ...real,
        organisations: both(real.organisations, JSON.parse(theirs.organisations) as object[]),
        relations: both(
          real.relations,
          hidden.flatMap(({ id }) =>
            ['stichting-gast', 'gemeente-utrecht', 'gemeente-amsterdam'].map((to) => ({
              id: `${id}-${to}`,
              from: id,
              type: 'partners-with',
              to,
              sources: ['https://example.org/made'],
            })),
          ),
        ),
      },
      day,
    );
    expect(await found()).not.toBe(before);
    await withViewer(operator, async (tx) => {
      await tx
        .updateTable('core.initiative')
        .set({ visibility: 'hidden' })
        .where('slug', 'like', 'stil-%')
        .execute();
      await sql`select core.lay_open(array(select id from core.initiative where slug like 'stil-%'))`.execute(
        tx,
      );
      await sql`select core.lay_relations_open(array(select id from core.relation))`.execute(tx);
    });
    expect(await found()).toBe(before);
  });
});
