import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { termsAskedIn, type OtherWord } from './model.ts';

const mostOthers = 8;

/** Other words for what a question names: how policy, people and those between them say the same; at most eight. */
export async function otherWordsFor(tx: Tx, question: string, on: Day): Promise<OtherWord[]> {
  const asked = termsAskedIn(question);
  if (asked.length === 0) return [];
  const { rows } = await sql<OtherWord>`
    select distinct on (o.term) v.term as met, o.term as other from pub.word_version v
    join pub.word_version o on o.word = v.word and lower(o.term) <> lower(v.term)
    where (lower(v.term) = any(${asked}::text[]) or exists (select from unnest(v.also) a where lower(a) = any(${asked}::text[])))
      and not lower(o.term) = any(${asked}::text[]) and coalesce(o.until_day >= ${on}::date, true)
    order by o.term limit ${mostOthers}`.execute(tx);
  return rows;
}
