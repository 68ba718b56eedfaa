import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../../tables.ts';
import type { DeedDone } from './model.ts';

/** How many deeds a page of history holds. */
export const deedsOnAPage = 50;

/**
 * What was done in an article, newest first, `deedsOnAPage` from `from` on, and one more when there is more; with `paragraph` of that
 * block alone. Nothing to who does not work on it. Of words whose voice left, only that something was written remains.
 */
export async function deedsDone(
  tx: Tx,
  article: string,
  { paragraph = null, from = 0 }: { readonly paragraph?: string | null; readonly from?: number } = {},
): Promise<DeedDone[]> {
  const { rows } = await sql<DeedDone>`
    select v.paragraph, v.number, v.deed, v.at, b.kind, b.language, v.text, coalesce(o.text, '') as before, w.called,
      v.by_person is not distinct from core.viewer_person() as mine, b.gone_at is not null as gone, v.draws, coalesce(o.draws, '[]') as "drawsBefore",
      case when x.id is not null then jsonb_build_object('words', x.words, 'language', x.language, 'called', x.called) end as because,
      (select s.text from core.paragraph_wording s where s.op = v.op) as beside
    from core.paragraph_version v join core.paragraph b on b.id = v.paragraph
    left join core.paragraph_version o on o.paragraph = v.paragraph and o.number = v.number - 1
    left join core.who_wrote(${article}) w on w.person = v.by_person
    left join core.own_word x on x.id = v.because
    where b.article = ${article} and core.works_on_article(${article}) and (${paragraph}::uuid is null or b.id = ${paragraph})
    order by v.at desc, v.paragraph, v.number desc limit ${deedsOnAPage + 1} offset ${from}`.execute(tx);
  return rows;
}
