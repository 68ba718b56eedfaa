import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { wordHash } from '#platform/ids.ts';
import { carrierBy, type Carrier } from '../access.ts';
import '../../sessions/tables.ts';
import '../tables.ts';
import type { Carried, CarriedPromise } from './model.ts';

/** Whose promises this word opens on this day, or null. Asks a transaction of the house. */
export async function carrierWith(tx: Tx, word: string, on: Day): Promise<Carrier | null> {
  await insistOnOperator(tx);
  const opened = await tx
    .selectFrom('vault.promise_word as w')
    .innerJoin('core.carrier as c', 'c.id', 'w.carrier')
    .select(['c.id as carrier', 'c.session'])
    .where('w.word_hash', '=', wordHash(word))
    .where('w.until_day', '>=', on)
    .executeTakeFirst();
  return opened ? carrierBy(opened) : null;
}

/** The agenda this word opens for reading, or null. Asks a transaction of the house. */
export async function readWith(tx: Tx, word: string, on: Day): Promise<Carried | null> {
  await insistOnOperator(tx);
  const opened = await tx
    .selectFrom('vault.promise_word as w')
    .innerJoin('core.agenda as a', 'a.id', 'w.agenda')
    .select('a.session')
    .where('w.word_hash', '=', wordHash(word))
    .where('w.until_day', '>=', on)
    .executeTakeFirst();
  return opened ? agendaOf(tx, opened.session, null) : null;
}

/** The agenda a carrier has a part in, their own promises first; null when it was not drawn up. Asks a transaction of the house. */
export async function carried(tx: Tx, carrier: Carrier): Promise<Carried | null> {
  await insistOnOperator(tx);
  return agendaOf(tx, carrier.session, carrier.id);
}

async function agendaOf(tx: Tx, session: string, carrier: string | null): Promise<Carried | null> {
  const agenda = await tx
    .selectFrom('core.agenda as a')
    .innerJoin('core.session as s', 's.id', 'a.session')
    .select(['a.id', 'a.slug', 's.title', 's.language', 'a.open_to', 'a.drawn_on', 'a.until_day'])
    .where('a.session', '=', session)
    .where('a.origin', '=', 'room')
    .executeTakeFirst();
  if (!agenda?.until_day) return null;
  const stopped =
    carrier === null
      ? null
      : await tx.selectFrom('core.carrier').select('stopped_on').where('id', '=', carrier).executeTakeFirst();
  const { rows } = await sql<CarriedPromise>`
    select p.id, p.number, p.what, p.language, p.who_kind as "whoKind", p.to_whom as "toWhom", p.by_day as "byDay", p.state,
      p.paused_until as "pausedUntil", p.why, mine.state as mine, mine.called, coalesce(mine.named, false) as named,
      coalesce((select jsonb_agg(c.called order by c.called) from core.promise_carrier c
        where c.promise = p.id and c.state <> 'declined' and c.called is not null), '[]') as carriers,
      (select max(k.asked_on) from core.promise_check_in k where k.promise = p.id and k.state = 'asked') as "askedOn",
      case when p.state = 'underway' then (select min(k.asked_on) from core.promise_check_in k
        where k.promise = p.id and k.state = 'silent' and k.due_on > coalesce(p.moved_on, '-infinity')) end as "silentSince",
      coalesce((select jsonb_agg(jsonb_build_object('number', k.number, 'due_on', k.due_on, 'state', k.state, 'asked_on', k.asked_on,
        'answered_on', k.answered_on, 'answer', k.answer) order by k.due_on, k.number) from core.promise_check_in k where k.promise = p.id), '[]') as stones,
      coalesce((select jsonb_agg(jsonb_build_object('day', n.day, 'kind', n.kind, 'language', n.language, 'text', n.text, 'by_day', n.by_day,
        'told_by', n.told_by) order by n.id) from core.promise_news n where n.promise = p.id and n.kind <> 'declined'), '[]') as news,
      coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'language', h.language, 'text', h.text) order by h.id)
        from core.promise_help h where h.promise = p.id and h.kind = 'asked' and h.state = 'open'), '[]') as "helpAsked",
      case when mine.state = 'confirmed' then coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'language', h.language, 'text', h.text,
        'called', h.called, 'mail', coalesce(x.mail, a.mail)) order by h.id) from core.promise_help h
        left join vault.helper_address x on x.help = h.id left join vault.carrier_address a on a.carrier = h.from_carrier
        where h.promise = p.id and h.kind = 'offered' and h.state = 'open'), '[]') else '[]' end as "helpOffered"
    from core.promise p left join core.promise_carrier mine on mine.promise = p.id and mine.carrier = ${carrier}::uuid
    where p.agenda = ${agenda.id} and (p.state not in ('said','withdrawn') or mine.carrier is not null)
    order by mine.carrier is null, p.number`.execute(tx);
  return {
    agenda: agenda.id,
    slug: agenda.slug,
    title: agenda.title,
    language: agenda.language,
    openTo: agenda.open_to,
    drawnOn: agenda.drawn_on,
    untilDay: agenda.until_day,
    stoppedOn: stopped?.stopped_on ?? null,
    promises: rows,
  };
}

/** The voice of a promise this carrier was asked for, until it is written down; or null. Asks a transaction of the house. */
export async function carriedVoice(
  tx: Tx,
  carrier: Carrier,
  promise: string,
): Promise<{ readonly type: string; readonly bytes: Buffer } | null> {
  await insistOnOperator(tx);
  const voice = await tx
    .selectFrom('core.promise_voice as v')
    .innerJoin('core.promise_carrier as c', 'c.promise', 'v.promise')
    .select(['v.type', 'v.bytes'])
    .where('v.promise', '=', promise)
    .where('c.carrier', '=', carrier.id)
    .executeTakeFirst();
  return voice ?? null;
}
