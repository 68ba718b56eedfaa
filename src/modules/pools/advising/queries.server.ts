import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Advice, Point, WordOfWhole } from './model.ts';
import './tables.ts';

/** The advice of a consultation as the pool knows it; null for who may not know of it, as if there were none. */
export async function adviceOf(tx: Tx, consultation: string): Promise<Advice | null> {
  const { rows } = await sql<Omit<Advice, 'points' | 'words'>>`
    select a.consultation, a.state, a.round, a.until_day as "untilDay", a.keeper_signed is not null as "keeperSigned",
      a.expert_signed is not null as "expertSigned", a.handed_on as "handedOn", encode(a.hash, 'hex') as hash
    from core.advice a where a.consultation = ${consultation}`.execute(tx);
  const [advice] = rows;
  if (!advice) return null;
  return {
    ...advice,
    points: await points(tx, consultation),
    words: await wordsOfWhole(tx, consultation, advice.round),
  };
}

async function points(tx: Tx, consultation: string): Promise<Point[]> {
  const { rows } = await sql<Point>`
    select p.id, p.number, p.language, p.text,
      coalesce((select jsonb_agg(v.voice || jsonb_build_object('id', v.id, 'inPool', n.called, 'mine', coalesce(x.expert = core.counsel_of(p.consultation), false)) order by v.id)
        from core.voices_behind(p.id) v join core.advice_voice x on x.id = v.id
        left join core.called_in_pool(p.consultation) n on n.id = x.expert), '[]') as voices,
      coalesce((select jsonb_agg(jsonb_build_object('called', e.called, 'inPool', n.called, 'language', d.language, 'text', d.text,
        'mine', coalesce(e.id = core.counsel_of(p.consultation), false)) order by e.id)
        from core.advice_dissent d join core.consultation_expert e on e.id = d.expert
        left join core.called_in_pool(p.consultation) n on n.id = e.id where d.point = p.id), '[]') as dissent
    from core.advice_point p where p.consultation = ${consultation} order by p.number`.execute(tx);
  return rows;
}

async function wordsOfWhole(tx: Tx, consultation: string, round: number): Promise<WordOfWhole[]> {
  const { rows } = await sql<WordOfWhole>`
    select e.called, n.called as "inPool", coalesce(e.id = core.counsel_of(e.consultation), false) as mine, w.said, w.language, w.text,
      e.id in (select x.id from core.experts_of(e.consultation) x) as counts
    from core.consultation_expert e left join core.advice_word w on w.consultation = e.consultation and w.round = ${round} and w.expert = e.id
    left join core.called_in_pool(${consultation}::uuid) n on n.id = e.id
    where e.consultation = ${consultation} and (w.said is not null or e.id in (select x.id from core.experts_of(e.consultation) x)) order by w.said, e.id`.execute(
    tx,
  );
  return rows;
}

/** What was said openly in the meetings of a consultation, and by nobody in particular. */
export async function saidThere(
  tx: Tx,
  consultation: string,
): Promise<
  {
    readonly id: string;
    readonly meeting: number;
    readonly number: number;
    readonly language: string;
    readonly text: string;
  }[]
> {
  const { rows } = await sql<{ id: string; meeting: number; number: number; language: string; text: string }>`
    select id, meeting, number, language, text from core.statements_met(${consultation}::uuid)`.execute(tx);
  return rows;
}

/** Quotes that who asks made of tellings and that may be shown to everyone today. */
export async function quotesToLay(
  tx: Tx,
): Promise<{ readonly id: string; readonly text: string; readonly language: string }[]> {
  const { rows } = await sql<{ id: string; text: string; language: string }>`
    select q.id, q.exact as text, t.language from core.quote q join core.telling t on t.id = q.telling
    where q.made_by = core.viewer_person() and core.quote_may_be_shown(q.id) order by q.made_at desc limit 50`.execute(
    tx,
  );
  return rows;
}
