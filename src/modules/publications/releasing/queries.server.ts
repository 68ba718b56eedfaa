import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import { hindranceReasons, type Going, type Hindrance, type Released, type VoiceGoing } from './model.ts';

/** Why this publication cannot go out as it stands, one line for each reason and block; nothing when it can, or when who asks does not work on it. */
export async function hindrancesOf(tx: Tx, publication: string): Promise<Hindrance[]> {
  const { rows } = await sql<Hindrance>`
    select distinct h.reason, a.title as article, a.slug, nullif(left(b.text, 80), '') as block
    from core.hindrances_of(${publication}) h left join core.article a on a.id = h.article left join core.paragraph b on b.id = h.paragraph
    order by 2, 4`.execute(tx);
  // In the order in which they are best mended; the sort keeps the order within a reason.
  return rows.sort(
    (one, other) => hindranceReasons.indexOf(one.reason) - hindranceReasons.indexOf(other.reason),
  );
}

/** The articles of a publication in their order, with how far each is. */
export async function articlesGoing(tx: Tx, publication: string): Promise<Going[]> {
  const { rows } = await sql<Going>`
    select a.slug, a.title, a.language, a.standing, (select count(*)::int from core.paragraph b where b.article = a.id and b.gone_at is null) as blocks
    from core.article a where a.publication = ${publication} order by a.place, a.id`.execute(tx);
  return rows;
}

/**
 * Every voice that what is ready rests on: whether consent covers each way out today, and whether its teller saw it. A voice whose
 * words consent no longer shows to who works on this is named without them, and what was answered only to who edits it.
 */
export async function voicesGoing(tx: Tx, publication: string): Promise<VoiceGoing[]> {
  const { rows } = await sql<VoiceGoing>`
    with blocks as (select b.id, b.piece, a.title from core.paragraph b join core.article a on a.id = b.article
      where a.publication = ${publication} and a.standing in ('ready','released') and b.gone_at is null),
    used as (
      select p.id, p.quote, p.own_word, case when p.own_word is null then 'quote' else 'own-words' end as kind, min(b.title) as article
      from blocks b join core.piece p on p.id = b.piece or exists (select from core.draw d where d.paragraph = b.id and d.piece = p.id)
      where p.quote is not null or p.own_word is not null group by p.id
      union all select m.own_word, null, m.own_word, 'margin', b.title from core.margin m join blocks b on b.id = m.paragraph)
    select u.id as key, coalesce(q.exact, w.words) as words, coalesce(b.language, w.language) as language, u.article, u.kind,
      (select jsonb_agg(jsonb_build_object('use', x, 'holds', core.allows(core.item_of(u.quote, u.own_word), x)) order by n)
        from unnest(core.uses_of(${publication})) with ordinality y(x, n)) as uses,
      u.kind = 'margin' or core.has_seen(u.id) as shown, coalesce(t.changed, false) as "changedSince", t.answer
    from used u left join core.quote q on q.id = u.quote left join core.own_word w on w.id = u.own_word
    left join core.telling_block b on b.telling = q.telling and b.version = q.version and b.block = q.block
    left join core.answers_in(${publication}) t on t.piece = u.id
    order by u.article, u.id`.execute(tx);
  return rows;
}

/** The editions of a publication that went out, newest first, with their files and how far those are. */
export async function releasedOf(tx: Tx, publication: string): Promise<Released[]> {
  const { rows } = await sql<Released>`
    select e.id, e.number, (e.released_at at time zone 'Europe/Amsterdam')::date as "releasedOn", e.changed, (select count(*)::int from core.erratum x where x.edition = e.id) as errata,
      coalesce((select jsonb_agg(jsonb_build_object('kind', f.kind, 'standing', f.standing, 'step', f.step, 'pages', f.pages, 'size', length(f.bytes), 'why', f.why)
        order by array_position(array['reading.pdf','book.epub','archive.pdf'], f.kind)) from core.edition_file f where f.edition = e.id), '[]') as files
    from core.edition e where e.publication = ${publication} order by e.number desc`.execute(tx);
  return rows;
}
