import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Frame, Placing } from '../model.ts';
import '../tables.ts';
import { fewestDots } from './model.ts';

interface Row {
  readonly frame: Frame;
  readonly fits: boolean;
  readonly shares: readonly number[];
}

const placed = ({ frame, fits, shares }: Row): Placing =>
  fits ? { frame, fits, shares } : { frame, fits: false };
const shares = sql`array_remove(array[s.a, s.b, s.c], null)`;

/** Where its teller placed this telling; empty for anyone else. */
export async function placingsOf(tx: Tx, telling: string): Promise<Placing[]> {
  const { rows } = await sql<Row>`
    select s.frame, s.fits, ${shares} as shares from core.signification s where s.telling = ${telling} and core.tells(s.telling)`.execute(
    tx,
  );
  return rows.map(placed);
}

/** Where the tellers of open tellings placed them in the frames in which this teller placed theirs; nothing where they did not, or where there are few. */
export async function othersPlacings(tx: Tx, telling: string): Promise<Placing[]> {
  const { rows } = await sql<Row>`
    select s.frame, s.fits, ${shares} as shares from pub.signification s
    where s.telling <> ${telling} and s.frame in (select m.frame from core.signification m where m.telling = ${telling} and core.tells(m.telling))
      and (select count(*) from pub.signification o where o.frame = s.frame and o.telling <> ${telling}) >= ${fewestDots}
    order by s.frame, s.a, s.b, s.c limit 2000`.execute(tx);
  return rows.map(placed);
}
