import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { FollowMonths, ListedAdvice, ReadAdvice, ReadPoint } from './model.ts';
import './tables.ts';

/** Every advice that was handed over, the newest first, each with the answers to its points. */
export async function openAdvices(tx: Tx): Promise<ListedAdvice[]> {
  const { rows } = await sql<ListedAdvice>`
    select a.slug, a.title, a.language, a.client_name as "clientName", a.pool, a.pool_name as "poolName", a.handed_on as "handedOn", a.state, a.hash,
      a.changed_at as "changedAt", coalesce((select jsonb_agg(p.answers order by p.number) from pub.advice_point p where p.advice = a.id), '[]') as points
    from pub.advice a order by a.handed_on desc, a.slug`.execute(tx);
  return rows;
}

/** An advice that was handed over, by its name in the address or its key; null is none that anyone may read. */
export async function openAdvice(
  tx: Tx,
  by: { readonly slug: string } | { readonly id: string },
): Promise<ReadAdvice | null> {
  const which = 'slug' in by ? sql`a.slug = ${by.slug}` : sql`a.id = ${by.id}::uuid`;
  const { rows } = await sql<Omit<ReadAdvice, 'points'>>`
    select a.id, a.slug, a.pool, a.pool_name as "poolName", a.client_name as "clientName", a.client_slug as "clientSlug", a.title, a.question,
      a.may_change as "mayChange", a.language, a.asked_on as "askedOn", a.deadline, a.handed_on as "handedOn", a.state, a.hash, a.words,
      a.taken_back_on as "takenBackOn", a.experts, a.beside, a.judgements, a.follow_ups as "followUps", a.changed_at as "changedAt"
    from pub.advice a where ${which}`.execute(tx);
  const [advice] = rows;
  if (!advice) return null;
  const { rows: points } = await sql<ReadPoint>`
    select p.id, p.number, p.language, p.text, p.voices, p.dissent, p.answers from pub.advice_point p where p.advice = ${advice.id} order by p.number`.execute(
    tx,
  );
  return { ...advice, points };
}

/** The last question how it stands that was asked and that who asks did not answer yet; null is none. */
export async function askedHowItStands(tx: Tx, consultation: string): Promise<FollowMonths | null> {
  const { rows } = await sql<{ months: FollowMonths }>`
    select f.months from core.advice_follow_up f where f.consultation = ${consultation} and f.asked_on is not null
      and not exists (select from core.advice_news n where n.consultation = f.consultation and n.months = f.months
        and n.expert is not distinct from core.counsel_of(f.consultation))
    order by f.months desc limit 1`.execute(tx);
  return rows[0]?.months ?? null;
}
