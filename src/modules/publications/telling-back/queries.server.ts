import { sql, type RawBuilder } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { isKey, wordHash } from '#platform/ids.ts';
import '../tables.ts';
import type { GaveWords, ToldBack, UsedPiece, WentOut } from './model.ts';

/** The fingerprint under which a word of a letter is kept. */
export const hashOf = (word: string): Buffer => wordHash(`used ${word}`);

/**
 * Whom a word of a letter lets in, and to what: who the letter went to, a piece of theirs or of whom they wrote down, and with it all of
 * theirs in its publication. Who wrote it down is let in for as long as they speak by the teller’s word. Asks the house.
 */
export async function usedWith(
  tx: Tx,
  word: string,
): Promise<{ readonly person: string; readonly piece: string; readonly publication: string } | null> {
  await insistOnOperator(tx);
  const opened = await tx
    .selectFrom('core.told_back as t')
    .innerJoin('core.piece as p', 'p.id', 't.piece')
    .innerJoin('core.person as w', 'w.id', 't.word_for')
    .select(['w.id as person', 't.piece', 'p.publication'])
    .where('t.word_hash', '=', hashOf(word))
    .where('w.left_on', 'is', null)
    .where(
      sql<boolean>`exists (select from core.consent_item i where i.id = core.item_of_piece(p.id)
      and i.taken_back_at is null and t.word_for in (i.teller, i.recorded_by))`,
    )
    .executeTakeFirst();
  return opened ?? null;
}

async function usedWhere(tx: Tx, which: RawBuilder<unknown>): Promise<UsedPiece[]> {
  const { rows } = await sql<UsedPiece>`
    select t.piece, json_build_object('id', b.id, 'slug', b.slug, 'title', b.title, 'kind', b.kind, 'language', b.language, 'printed', b.printed, 'invented', b.invented) as publication,
      coalesce(q.exact, w.words) as words, coalesce(w.language, x.language, l.language) as language, coalesce(q.id, w.id) as voice,
      coalesce((select json_agg(json_build_object('id', a.id, 'released', a.standing = 'released') order by a.place, a.id) from core.article a
        where exists (select from core.paragraph g where g.article = a.id and g.gone_at is null
          and (g.piece = t.piece or exists (select from core.draw d where d.paragraph = g.id and d.piece = t.piece)))), '[]') as articles,
      (t.asked_at at time zone 'Europe/Amsterdam')::date as "askedOn", coalesce(t.shown_hash = core.how_used(t.piece), false) as seen,
      t.shown_hash is distinct from core.how_used(t.piece) and t.shown_at is not null as changed, t.answer,
      (t.answered_at at time zone 'Europe/Amsterdam')::date as "answeredOn", t.person_id = core.viewer_person() as mine, t.own_word as given
    from core.told_back t join core.piece p on p.id = t.piece join core.publication b on b.id = p.publication
    left join core.quote q on q.id = p.quote left join core.telling l on l.id = q.telling
    left join core.telling_block x on x.telling = q.telling and x.version = q.version and x.block = q.block
    left join core.own_word w on w.id = p.own_word
    where core.was_told(t.piece) and num_nonnulls(q.id, w.id) = 1 and ${which}
    order by t.answer is not null, b.id, t.asked_at, t.id`.execute(tx);
  return rows;
}

/** Everything of who asks that is used in what is being made, and of those they speak for; what still waits for an answer first. */
export const usesOfMine = (tx: Tx): Promise<UsedPiece[]> => usedWhere(tx, sql`true`);

/** Everything of who asks that is used in one publication. */
export const usesOfMineIn = (tx: Tx, publication: string): Promise<UsedPiece[]> =>
  usedWhere(tx, sql`p.publication = ${publication}`);

/** One use, for whoever is used or speaks for them; null for everyone else. */
export async function useOfMine(tx: Tx, piece: string): Promise<UsedPiece | null> {
  return isKey(piece) ? ((await usedWhere(tx, sql`t.piece = ${piece}`))[0] ?? null) : null;
}

/** What of who asks went out, edition by edition, the newest first; of words that were taken back nothing is known here. */
export async function whatWentOut(tx: Tx): Promise<WentOut[]> {
  const { rows } = await sql<WentOut>`
    select distinct m.key, case when m.quote is null then 'own-word' else 'quote' end as kind, b.slug, e.title, b.language, e.number as edition, e.printed,
      (e.released_at at time zone 'Europe/Amsterdam')::date as "releasedOn", coalesce(q.exact, w.words) as words, coalesce(w.language, l.language) as "wordsLanguage"
    from core.manifest_line m join pub.edition e on e.id = m.edition join pub.publication b on b.id = e.publication
    left join core.quote q on q.id = m.quote left join core.telling l on l.id = q.telling left join core.own_word w on w.id = m.own_word
    where core.speaks_for(m.item) and num_nonnulls(q.id, w.id) = 1
      and (w.id is not null or q.standing <> 'let-go')
    order by "releasedOn" desc, b.slug, edition desc, m.key`.execute(tx);
  return rows;
}

/** The words who asks gave to publications themselves, the newest first. */
export async function wordsIGave(tx: Tx): Promise<GaveWords[]> {
  const { rows } = await sql<GaveWords>`
    select w.id, b.title, w.language, w.words, w.kind from core.own_word w left join core.publication b on b.id = w.publication
    where core.tells(w.id) order by w.made_at desc, w.id`.execute(tx);
  return rows;
}

/** Every voice that something in a publication rests on, in the order of the articles, and where it stands; for who works on it, what was asked and answered for who edits it alone. */
export async function toldBackIn(tx: Tx, publication: string): Promise<ToldBack[]> {
  const { rows } = await sql<ToldBack>`
    select p.id as piece, coalesce(q.exact, w.words) as words, coalesce(w.language, o.language) as language, u.articles, core.hears_by(p.id) as hears, t.language as told,
      (t.asked_at at time zone 'Europe/Amsterdam')::date as "askedOn", (t.shown_at at time zone 'Europe/Amsterdam')::date as "shownOn", coalesce(t.changed, false) as changed, t.answer
    from core.piece p left join core.quote q on q.id = p.quote left join pub.telling o on o.id = q.telling left join core.own_word w on w.id = p.own_word
    left join core.answers_in(${publication}) t on t.piece = p.id
    cross join lateral (select json_agg(json_build_object('id', a.id, 'title', a.title, 'language', a.language) order by a.place, a.id) as articles, min(a.place) as place
      from core.article a where a.publication = p.publication and exists (select from core.paragraph g where g.article = a.id and g.gone_at is null
        and (g.piece = p.id or exists (select from core.draw d where d.paragraph = g.id and d.piece = p.id)))) u
    where p.publication = ${publication} and p.kind in ('passage','quote','telling','own-words') and u.articles is not null
    order by u.place, p.laid_at, p.id`.execute(tx);
  return rows;
}
