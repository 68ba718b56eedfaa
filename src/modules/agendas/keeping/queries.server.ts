import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Words } from '../../sessions/model.ts';
import '../../sessions/tables.ts';
import '../tables.ts';
import type { LedAgenda, LedPromise } from './model.ts';

/** The agendas of the sessions one leads, the newest first; or the one with this key. */
export async function ledAgendas(tx: Tx, agenda: string | null = null): Promise<LedAgenda[]> {
  const { rows } = await sql<LedAgenda>`
    select a.id, a.slug, a.session, s.title, a.drawn_on as "drawnOn", a.until_day as "untilDay", a.open_to as "openTo",
      a.check_ins as months, a.ended_on as "endedOn",
      (select count(*)::integer from core.promise p where p.agenda = a.id and p.state <> 'withdrawn') as promises,
      (select count(*)::integer from core.promise p where p.agenda = a.id and p.state = 'said') as unconfirmed
    from core.agenda a join core.session s on s.id = a.session
    where a.origin = 'room' and core.facilitates(a.session) and (${agenda}::uuid is null or a.id = ${agenda}::uuid)
    order by a.drawn_on desc, a.id`.execute(tx);
  return rows;
}

/** The promises of an agenda one leads, with who carries each and how it went. */
export async function ledPromises(tx: Tx, agenda: string): Promise<LedPromise[]> {
  const { rows } = await sql<LedPromise>`
    select p.id, p.number, p.what, p.to_whom as "toWhom", p.by_day as "byDay", p.state, p.paused_until as "pausedUntil", p.why,
      case when p.state = 'underway' then (select min(k.asked_on) from core.promise_check_in k
        where k.promise = p.id and k.state = 'silent' and k.due_on > coalesce(p.moved_on, '-infinity')) end as "silentSince",
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'called', t.called, 'way', c.way, 'state', t.state, 'language', c.language,
        'invitedOn', (c.invited_at at time zone 'Europe/Amsterdam')::date, 'stoppedOn', c.stopped_on) order by t.called)
        from core.promise_carrier t join core.carrier c on c.id = t.carrier where t.promise = p.id), '[]') as carriers,
      coalesce((select jsonb_agg(jsonb_build_object('number', k.number, 'due_on', k.due_on, 'state', k.state, 'asked_on', k.asked_on,
        'answered_on', k.answered_on, 'answer', k.answer) order by k.due_on, k.number) from core.promise_check_in k where k.promise = p.id), '[]') as stones,
      coalesce((select jsonb_agg(jsonb_build_object('day', n.day, 'kind', n.kind, 'language', n.language, 'text', n.text, 'by_day', n.by_day,
        'told_by', n.told_by) order by n.id) from core.promise_news n where n.promise = p.id), '[]') as news
    from core.promise p where p.agenda = ${agenda} and p.state <> 'withdrawn' order by p.number`.execute(tx);
  return rows;
}

/** Sessions one leads that were closed by themselves, so that what was promised there stands on no agenda yet. */
export async function undrawn(
  tx: Tx,
): Promise<{ readonly session: string; readonly title: Words; readonly promises: number }[]> {
  const { rows } = await sql<{ session: string; title: Words; promises: number }>`
    select s.id as session, s.title, count(*)::integer as promises from core.session s join core.promise p on p.session = s.id
    where s.state in ('closed','shared') and p.state = 'said' and p.agenda is null and core.facilitates(s.id)
    group by s.id order by s.closed_at`.execute(tx);
  return rows;
}
