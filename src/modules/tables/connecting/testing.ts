import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aField, layField } from '../../initiatives/testing.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { tableGoerOf, type TableGoer } from '../access.ts';
import { aTable } from '../testing.ts';
import type { TableAudience } from '../model.ts';
import { speakerOf, type Speaker } from './access.ts';

/** Who comes to tables of the desk, or an error where a test took the wrong person. */
export function goer(viewer: Viewer): TableGoer {
  const who = tableGoerOf(viewer);
  if (!who) throw new Error('Nobody trusted with a role.');
  return who;
}

/** Who speaks for an initiative, or an error. */
export function speaker(viewer: Viewer): Speaker {
  const who = speakerOf(viewer);
  if (!who) throw new Error('Nobody speaks.');
  return who;
}

/** Keys of entries by slug. */
export async function keysOf(...slugs: readonly string[]): Promise<string[]> {
  const rows = await withViewer(operator, (tx) =>
    tx.selectFrom('core.initiative').select(['id', 'slug']).where('slug', 'in', slugs).execute(),
  );
  return slugs.map((slug) => rows.find((row) => row.slug === slug)?.id ?? '');
}

/**
 * A small field around Arnhem: the town hall, a house in the neighbourhood that it pays, an informal refugee-led group that the house
 * knows, and a fund that nobody knows.
 */
export const layNeighbourhood = () =>
  layField(
    aField(
      [
        { id: 'gemeente-arnhem', name: 'Gemeente Arnhem', kind: 'municipality', formality: 5 },
        { id: 'buurthuis', name: 'Buurthuis De Brug', formality: 3 },
        { id: 'warme-stoep', name: 'Warme Stoep', formality: 1, refugeeLed: true, themes: ['health'] },
        { id: 'fonds', name: 'Fonds Vooruit', kind: 'fund', formality: 4, themes: ['work'] },
      ],
      {
        relations: [
          { from: 'buurthuis', type: 'funded-by', to: 'gemeente-arnhem' },
          { from: 'warme-stoep', type: 'partners-with', to: 'buurthuis' },
        ],
      },
    ),
  );

export interface AtTable {
  readonly table: { readonly id: string; readonly slug: string; readonly seats: readonly string[] };
  /** The seat of the town hall, of a body without an entry, and one that is free. */
  readonly seats: { readonly hall: string; readonly body: string; readonly free: string };
  readonly keeper: Viewer;
  /** Members of the town hall, of the neighbourhood house and of the informal group. */
  readonly hall: Viewer;
  readonly house: Viewer;
  readonly group: Viewer;
  readonly keys: Readonly<Record<'hall' | 'house' | 'group', string>>;
}

/** A development table at which the town hall and a company without an entry sit; two chairs stay empty. */
export async function aTableOfTwo(openTo: TableAudience = 'everyone'): Promise<AtTable> {
  const [hallKey = '', houseKey = '', groupKey = ''] = await keysOf(
    'gemeente-arnhem',
    'buurthuis',
    'warme-stoep',
  );
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const table = await aTable({
    keeper,
    openTo,
    themes: [],
    phases: [],
    seats: [
      { role: 'gemeente', initiative: hallKey },
      { role: 'werkgever', body: 'Bakkerij Zon' },
      { role: 'buurt' },
    ],
  });
  const [hall = '', body = '', free = ''] = table.seats;
  return {
    table,
    seats: { hall, body, free },
    keeper,
    hall: await aMember('Wim', hallKey),
    house: await aMember('Ria', houseKey),
    group: await aMember('Selam', groupKey),
    keys: { hall: hallKey, house: houseKey, group: groupKey },
  };
}
