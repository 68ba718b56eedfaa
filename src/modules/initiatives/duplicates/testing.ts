import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { aField, layField, theRealField, type Row } from '../testing.ts';
import { seekLikenesses, type Sought } from './commands.server.ts';
import type { Reason } from './model.ts';
import { dice, plantBranches, plantCopies, type FieldRow, type Planted } from './planting/testing.ts';

export interface Flagged {
  readonly one: string;
  readonly other: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** Every pair that waits for a verifier, by the addresses of both, likeliest first. */
export async function flaggedPairs(): Promise<Flagged[]> {
  const { rows } = await withViewer(house, (tx) =>
    sql<Flagged>`select a.slug as one, b.slug as other, l.score, l.reasons from core.likeness l
      join core.initiative a on a.id = l.one join core.initiative b on b.id = l.other
      where l.standing = 'open' order by l.score desc, a.slug, b.slug`.execute(tx),
  );
  return rows;
}

export interface Verdict {
  readonly sought: Sought;
  readonly found: readonly Planted[];
  readonly missed: readonly Planted[];
  /** Flagged pairs that are no copy of each other, as far as the planting knows. */
  readonly strange: readonly Flagged[];
  readonly recall: number;
  readonly precision: number;
}

/**
 * Lays the real field with near-copies and branches in the database at hand, seeks, and judges what is flagged. What was in
 * the field before and is flagged counts against precision too: whether it is a true double, only a reader can say.
 */
export async function judgedOnTheField(seed: number, copies = 60): Promise<Verdict> {
  const field = await theRealField();
  const rows = JSON.parse(field.organisations) as FieldRow[];
  const draw = dice(seed);
  const planted = plantCopies(rows, copies, draw);
  const branches = JSON.parse(aField(plantBranches(draw)).organisations) as Row[];
  await layField({
    ...field,
    organisations: JSON.stringify([...rows, ...planted.map(({ row }) => row), ...branches]),
  });
  const sought = await withViewer(house, (tx) => seekLikenesses(tx));
  const flagged = await flaggedPairs();
  const isPair = (pair: Flagged, { row, copyOf }: Planted) =>
    [pair.one, pair.other].includes(row.id) && [pair.one, pair.other].includes(copyOf);
  const found = planted.filter((each) => flagged.some((pair) => isPair(pair, each)));
  const strange = flagged.filter((pair) => !planted.some((each) => isPair(pair, each)));
  return {
    sought,
    found,
    missed: planted.filter((each) => !found.includes(each)),
    strange,
    recall: found.length / planted.length,
    precision: (flagged.length - strange.length) / Math.max(1, flagged.length),
  };
}
