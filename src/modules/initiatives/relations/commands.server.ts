import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { saidDays } from '../field/model.ts';
import { shared, type DatePrecision, type Days } from '../model.ts';

interface Standing {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly since: Day | null;
  readonly since_precision: DatePrecision;
  readonly until: Day | null;
  readonly until_precision: DatePrecision;
  readonly lives_from: readonly Days[];
  readonly lives_to: readonly Days[];
}

// An origin outlives its parent: only the child has to live.
const origins = ['grew-out-of', 'founded-by', 'merged-into'];

/**
 * Fits the relations of these initiatives to the lives of both sides, and answers the keys of those that
 * stand in no day that both lived. Asks the transaction of someone who may change the entries.
 */
export async function settleRelations(tx: Tx, initiatives: readonly string[]): Promise<string[]> {
  await insistOnOperator(tx);
  const ids = [...initiatives];
  const lives = sql`(select coalesce(jsonb_agg(jsonb_build_object('from', lower(e.valid), 'until', upper(e.valid)) order by e.valid), '[]')
    from core.existence e where e.initiative_id = `;
  const { rows } = await sql<Standing>`
    select r.id, r.key, r.type, r.since, r.since_precision, r.until, r.until_precision,
      ${lives} r.from_id) as lives_from, ${lives} r.to_id) as lives_to
    from core.relation r
    where upper_inf(r.recorded) and (r.from_id = any(${ids}::uuid[]) or r.to_id = any(${ids}::uuid[]))`.execute(
    tx,
  );
  const settled = rows.map((row) => ({ id: row.id, key: row.key, days: standingDays(row) }));
  const standing = settled.flatMap(({ id, days }) => (days ? [{ id, ...days }] : []));
  await sql`update core.relation r set valid = daterange(s."from", s.until)
    from jsonb_to_recordset(${JSON.stringify(standing)}::jsonb) as s(id uuid, "from" date, until date)
    where r.id = s.id and upper_inf(r.recorded) and r.valid <> daterange(s."from", s.until)`.execute(tx);
  return settled.filter(({ days }) => days === null).map(({ key }) => key);
}

/** The latest stretch of days in which the relation is told to stand and those who must live do; null when there is none. */
function standingDays(row: Standing): Days | null {
  const said = saidDays({
    since: row.since === null ? null : { day: row.since, precision: row.since_precision },
    until: row.until === null ? null : { day: row.until, precision: row.until_precision },
  });
  const either: readonly Days[] = origins.includes(row.type) ? [{ from: null, until: null }] : row.lives_to;
  const stretches = row.lives_from.flatMap((mine) =>
    either.flatMap((theirs) => {
      const both = shared(mine, theirs);
      return both ? (shared(both, said) ?? []) : [];
    }),
  );
  return stretches.at(-1) ?? null;
}
