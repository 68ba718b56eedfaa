import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { wordHash } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Words } from '../model.ts';
import type { AskAs, Assignment, Consultation, Meeting, TakesPart } from './model.ts';
import './tables.ts';

/** The pools that can be asked. */
export async function poolsToAsk(
  tx: Tx,
): Promise<{ readonly id: string; readonly name: Words; readonly where: string }[]> {
  const { rows } = await sql<{ id: string; name: Words; where: string }>`
    select p.id, p.name, coalesce(m.name, v.name) as where from pub.pool p left join pub.municipality m on m.code = p.municipality
    left join pub.province v on v.code = p.province where p.state = 'open' order by 3, p.slug`.execute(tx);
  return rows;
}

/** In whose names who asks may ask a pool, from what was entrusted to them. */
export async function asksAs(tx: Tx, viewer: Viewer): Promise<AskAs[]> {
  const held = viewer.entrusted.map(({ role, scopeKind, scopeId }) => ({ role, scopeKind, scopeId }));
  const { rows } = await sql<AskAs>`
    with held as (select distinct * from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h(role text, "scopeKind" text, "scopeId" text)),
    body as (select p.initiative_id as id, p.name, p.kind from pub.initiative_period p where p.valid @> core.today() and p.state <> 'ended')
    select h."scopeKind" || ' ' || h."scopeId" as key, coalesce(m.name, v.name, '') as name, h."scopeKind", h."scopeId", null::uuid as initiative
      from held h left join pub.municipality m on h."scopeKind" = 'municipality' and m.code = h."scopeId"
      left join pub.province v on h."scopeKind" = 'province' and v.code = h."scopeId" where h.role = 'partner'
    union all select 'initiative ' || b.id, b.name, null, '', b.id from held h join body b on b.id::text = h."scopeId"
      where h.role = 'member' and core.may_ask_pool(null, '', b.id)
    order by name, key`.execute(tx);
  return rows;
}

/** The consultations that who asks is a side of, the newest first; or the one with this key. */
export async function consultations(tx: Tx, consultation: string | null = null): Promise<Consultation[]> {
  const { rows } = await sql<Consultation>`
    select * from (select c.id, c.slug, c.title, c.question, c.may_change as "mayChange", c.language, c.client_name as "clientName", c.pool,
      coalesce(p.name, '{}') as "poolName", c.deadline, c.budget_cents as "budgetCents", c.state, c.why, c.asked_on as "askedOn",
      case when core.is_client(c.id) then 'client' when core.guides(c.id) then 'keeper' when core.counsel_of(c.id) is not null then 'expert' end as side
    from core.consultation c left join pub.pool p on p.id = c.pool where ${consultation}::uuid is null or c.id = ${consultation}::uuid) x
    where side is not null order by x.id desc`.execute(tx);
  return rows;
}

/** The experts of the pool with who of them takes part, for who keeps it. */
export async function takingPart(tx: Tx, consultation: string): Promise<TakesPart[]> {
  const { rows } = await sql<TakesPart>`
    select p.id as expert, p.called as "inPool", p.languages, e.id as "takesPart", e.called, e.since, e.left_on as "leftOn"
    from core.consultation c join core.pool_expert p on p.pool = c.pool and p.state in ('in','resting')
    left join core.consultation_expert e on e.consultation = c.id and e.expert = p.id
    where c.id = ${consultation} and not core.was_client(c.id, p.person_id) order by e.id is null, p.called`.execute(
    tx,
  );
  return rows;
}

/** As which expert who asks takes part in a consultation, and how they are called there; null is not at all. */
export async function myPart(
  tx: Tx,
  consultation: string,
): Promise<{ readonly id: string; readonly called: string | null } | null> {
  const { rows } = await sql<{ id: string; called: string | null }>`
    select e.id, e.called from core.consultation_expert e where e.id = core.counsel_of(${consultation}::uuid)`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** The meetings of a consultation, for its experts and who keeps the pool. */
export async function meetings(tx: Tx, consultation: string): Promise<Meeting[]> {
  const { rows } = await sql<Meeting>`
    select m.number, m.session, coalesce(s.title, '{}') as title, coalesce(s.state, 'unseen') as state, s.held_on as on
    from core.consultation_meeting m left join core.session s on s.id = m.session where m.consultation = ${consultation} order by m.number`.execute(
    tx,
  );
  return rows;
}

/** The sessions that can still be a meeting of this consultation: led by who asks, by nobody of the client, and not in the street. */
export async function sessionsToLink(
  tx: Tx,
  consultation: string,
): Promise<{ readonly id: string; readonly title: Words }[]> {
  const { rows } = await sql<{ id: string; title: Words }>`
    select s.id, s.title from core.session s where s.origin = 'room' and s.state <> 'called-off' and core.fits_meeting(${consultation}::uuid, s.id)
      and not exists (select from core.consultation_meeting m where m.session = s.id) order by s.id desc limit 30`.execute(
    tx,
  );
  return rows;
}

/** The work between the meetings, for experts and who keeps the pool. */
export async function assignments(tx: Tx, consultation: string): Promise<Assignment[]> {
  const { rows } = await sql<Assignment>`
    select a.id, e.called, n.called as "inPool", coalesce(a.expert = core.counsel_of(a.consultation), false) as mine, a.what, a.hours, a.by_day as "byDay", a.state, a.outcome,
      (select t.slug from pub.telling t where t.id = a.telling) as telling
    from core.consultation_assignment a join core.consultation_expert e on e.id = a.expert
    left join core.called_in_pool(${consultation}::uuid) n on n.id = e.id where a.consultation = ${consultation} order by a.by_day, a.id`.execute(
    tx,
  );
  return rows;
}

/** For which consultation a word opens, for someone who is signed in; null opens nothing. */
export async function openedBy(
  tx: Tx,
  word: string,
): Promise<{ readonly consultation: string; readonly title: string; readonly clientName: string } | null> {
  const { rows } = await sql<{ consultation: string; title: string; clientName: string }>`
    select consultation, title, client_name as "clientName" from core.client_word_opens(${wordHash(word)})`.execute(
    tx,
  );
  return rows[0] ?? null;
}
