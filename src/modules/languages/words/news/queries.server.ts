import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { WordNews } from './model.ts';

/** The latest fifty things that happened to words, the newest first: ways of saying that came, were adopted or are seen otherwise. */
export async function wordNews(tx: Tx): Promise<WordNews[]> {
  const { rows } = await sql<WordNews>`
    with said as (select w.slug, v.* from pub.word_version v join pub.word w on w.id = v.word)
    select * from (
      select 'new' as kind, s.id::text as key, s.slug, s.term, s.register, s.meaning as text, s.opened_at as at from said s
      union all select 'adopted', s.id::text || ':' || (a->>'on'), s.slug, s.term, s.register, a->>'name', (a->>'on')::timestamptz
        from said s cross join lateral jsonb_array_elements(s.adoptions) a
      union all select 'disputed', d->>'id', s.slug, s.term, s.register, d->>'text', (d->>'said_on')::timestamptz
        from said s cross join lateral jsonb_array_elements(s.disputes) d
    ) news order by at desc, kind, key limit 50`.execute(tx);
  return rows;
}
