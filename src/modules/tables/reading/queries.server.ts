import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import '../../sessions/tables.ts';
import '../tables.ts';
import type { DeskTable, ListedTable, ShownTable } from './model.ts';

/** Whether who is asking keeps this table. */
export async function keepsTable(tx: Tx, table: string): Promise<boolean> {
  const { rows } = await sql<{ keeps: boolean }>`select core.keeps_table(${table}::uuid) as keeps`.execute(
    tx,
  );
  return rows[0]?.keeps ?? false;
}

/** Copies to the street what anyone may know of a table; of one that is not open to everyone nothing. */
export async function layTableOpen(tx: Tx, table: string): Promise<void> {
  await sql`select core.lay_table_open(${table}::uuid)`.execute(tx);
}

const placeIn = (language: Language) => sql`coalesce(
  (select n.name from pub.place_name n where (n.municipality_code = t.municipality or n.province_code = t.province) and n.language = ${language} and n.usual limit 1),
  (select m.name from pub.municipality m where m.code = t.municipality), (select p.name from pub.province p where p.code = t.province))`;

const listed = (
  language: Language,
) => sql`t.id, t.slug, t.form, t.form_name as "formName", t.name, t.language, ${placeIn(language)} as place,
  t.region, t.municipality, t.province, t.ended_on as "endedOn"`;

const shown = sql`t.rings, t.purpose, t.agreed, t.themes, t.phases, t.began_on as "beganOn", t.began_precision as "beganPrecision", t.ended_why as "endedWhy"`;

/** The tables anyone may know of, those that stand first, by place. */
export async function openTables(tx: Tx, language: Language): Promise<ListedTable[]> {
  const { rows } = await sql<ListedTable>`
    select ${listed(language)},
      (select count(*)::integer from pub.seat s where s.table_id = t.id and s.state = 'taken') as seated,
      (select count(*)::integer from pub.seat s where s.table_id = t.id and s.state = 'open') as open
    from pub.collaboration_table t order by t.ended_on is not null, place, t.name limit 500`.execute(tx);
  return rows;
}

const seatFacts = sql`'id', s.id, 'role', s.role, 'why', s.why, 'shell', s.shell, 'state', s.state, 'mandate', s.mandate, 'mandateWords', s.mandate_words,
  'chosenBy', s.chosen_by, 'ground', s.ground, 'since', s.since, 'sincePrecision', s.since_precision, 'until', s.until, 'untilPrecision', s.until_precision`;
// The same facts of a chair of which who is asking may only know that it waits.
const waitingFacts = sql`'id', s.id, 'role', s.role, 'why', s.why, 'shell', s.shell, 'state', 'open', 'mandate', s.mandate, 'mandateWords', s.mandate_words,
  'chosenBy', null, 'ground', null, 'since', null, 'sincePrecision', null, 'until', null, 'untilPrecision', null, 'shown', 'not-said', 'offeredOn', null, 'mine', false,
  'directsSince', null, 'directsGround', null, 'holder', null, 'news', '[]'::jsonb`;
const meetingFacts = sql`'id', m.id, 'day', m.day, 'about', m.about, 'language', m.language`;
const decisionFacts = sql`'id', d.id, 'number', d.number, 'day', d.day, 'what', d.what, 'reasons', d.reasons, 'language', d.language`;
const stanceFacts = sql`'id', x.id, 'by', x.by_seat, 'about', x.about_seat, 'position', x.position, 'language', x.language, 'words', x.words, 'placedOn', x.placed_on`;
const seatsOrder = sql`s.shell, array_position(array['taken','offered','open','left','put-away'], s.state), s.since nulls last, s.id`;

/** A table anyone may read, by the name in its address; null when there is none, or when it is not open to everyone. */
export async function openTable(
  tx: Tx,
  slug: string,
  language: Language,
  day: Day,
): Promise<ShownTable | null> {
  const { rows } = await sql<ShownTable>`
    select ${listed(language)}, ${shown},
      coalesce((select jsonb_agg(jsonb_build_object(${seatFacts}, 'directsSince', s.directs_since, 'directsGround', s.directs_ground,
        'holder', case when i.id is not null then jsonb_build_object('name', i.name, 'slug', i.slug,
          'refugeeLed', exists (select from pub.initiative_period p where p.initiative_id = i.id and p.valid @> ${day}::date and p.led_by = 'refugee-led')) end) order by ${seatsOrder})
        from pub.seat s left join pub.initiative i on i.id = s.initiative_id where s.table_id = t.id), '[]') as seats,
      coalesce((select jsonb_agg(jsonb_build_object(${meetingFacts}, 'sessionSlug', e.slug,
        'seats', coalesce((select jsonb_agg(y.seat) from pub.meeting_seat y where y.meeting = m.id), '[]')) order by m.day desc, m.id)
        from pub.table_meeting m left join pub.session e on e.id = m.session_id where m.table_id = t.id), '[]') as meetings,
      coalesce((select jsonb_agg(jsonb_build_object(${decisionFacts}, 'openTo', 'everyone',
        'seats', coalesce((select jsonb_agg(y.seat) from pub.decision_seat y where y.decision = d.id), '[]'),
        'dissent', coalesce((select jsonb_agg(jsonb_build_object('seat', z.seat, 'language', z.language, 'words', z.words, 'openly', 'with-name', 'mine', false) order by z.id)
          from pub.decision_dissent z where z.decision = d.id), '[]')) order by d.day desc, d.number desc)
        from pub.table_decision d where d.table_id = t.id), '[]') as decisions,
      coalesce((select jsonb_agg(jsonb_build_object(${stanceFacts}) order by x.placed_on, x.id) from pub.stance x where x.table_id = t.id), '[]') as stances
    from pub.collaboration_table t where t.slug = ${slug}`.execute(tx);
  return rows[0] ?? null;
}

/** The tables that who is asking may come to on the desk: those they keep or sit at first. */
export async function deskTables(
  tx: Tx,
  language: Language,
): Promise<(ListedTable & { readonly keeps: boolean; readonly sits: boolean; readonly asked: boolean })[]> {
  const { rows } = await sql<ListedTable & { keeps: boolean; sits: boolean; asked: boolean }>`
    select ${listed(language)}, core.keeps_table(t.id) as keeps, core.sits_at(t.id) as sits, core.was_asked_at(t.id) as asked,
      (select count(*)::integer from core.seat s where s.table_id = t.id and s.state = 'taken') as seated,
      (select count(*)::integer from core.seat s where s.table_id = t.id and s.state = 'open') + (select count(*)::integer from core.waiting_chairs(t.id)) as open
    from core.collaboration_table t
    order by t.ended_on is not null, not (core.keeps_table(t.id) or core.was_asked_at(t.id)), t.name, t.id limit 500`.execute(
    tx,
  );
  return rows;
}

// What the walls let through: an entry that may not be known has no name here either.
const nameOf = (initiative: ReturnType<typeof sql>) =>
  sql`(select p.name from core.initiative_period p where p.initiative_id = ${initiative} order by p.valid desc limit 1)`;
const slugOf = (initiative: ReturnType<typeof sql>) =>
  sql`(select i.slug from core.initiative i where i.id = ${initiative})`;

/** A table on the desk as far as the walls let who is asking know of it; null when they may not know that it is there. */
export async function deskTable(tx: Tx, table: string, language: Language): Promise<DeskTable | null> {
  const { rows } = await sql<DeskTable>`
    select ${listed(language)}, ${shown}, t.open_to as "openTo", core.keeps_table(t.id) as keeps, core.sits_at(t.id) as sits,
      coalesce((select jsonb_agg(jsonb_build_object(${seatFacts}, 'shown', s.shown, 'offeredOn', s.offered_on, 'mine', core.speaks_for_entry(s.initiative),
        'directsSince', case when t.director = s.id then t.director_since end, 'directsGround', case when t.director = s.id then t.director_ground end,
        'holder', case when s.state in ('offered','taken','left') then jsonb_build_object('name', coalesce(s.body, ${nameOf(sql`s.initiative`)}), 'slug', ${slugOf(sql`s.initiative`)},
          'refugeeLed', exists (select from core.initiative_period p where p.initiative_id = s.initiative and p.valid @> core.today() and p.led_by = 'refugee-led')) end,
        'news', coalesce((select jsonb_agg(jsonb_build_object('day', n.day, 'kind', n.kind, 'toldBy', n.told_by, 'name', coalesce(n.body, ${nameOf(sql`n.initiative`)}),
          'language', n.language, 'words', n.words) order by n.id) from core.seat_news n where n.seat = s.id), '[]')) order by ${seatsOrder})
        from core.seat s where s.table_id = t.id), '[]') || coalesce((select jsonb_agg(jsonb_build_object(${waitingFacts}) order by s.shell, s.id)
        from core.waiting_chairs(t.id) s), '[]') as seats,
      coalesce((select jsonb_agg(jsonb_build_object(${meetingFacts}, 'sessionSlug', e.slug,
        'seats', coalesce((select jsonb_agg(y.seat) from core.meeting_seat y where y.meeting = m.id), '[]')) order by m.day desc, m.id)
        from core.table_meeting m left join pub.session e on e.id = m.session where m.table_id = t.id), '[]') as meetings,
      coalesce((select jsonb_agg(jsonb_build_object(${decisionFacts}, 'openTo', d.open_to,
        'seats', coalesce((select jsonb_agg(y.seat) from core.decision_seat y where y.decision = d.id), '[]'),
        'dissent', coalesce((select jsonb_agg(jsonb_build_object('seat', z.seat, 'language', z.language, 'words', z.words, 'openly', z.openly,
          'mine', core.speaks_for_seat(z.seat)) order by z.id) from core.decision_dissent z where z.decision = d.id), '[]')) order by d.day desc, d.number desc)
        from core.table_decision d where d.table_id = t.id), '[]') as decisions,
      coalesce((select jsonb_agg(jsonb_build_object(${stanceFacts}) order by x.placed_on, x.id) from core.stance x where x.table_id = t.id), '[]') as stances,
      coalesce((select jsonb_agg(jsonb_build_object('id', k.person, 'me', k.person = core.viewer_person(), 'called', coalesce(
          (select o.called from core.possible_table_keepers(t.id) o where o.id = k.person), (select p.called from core.person p where p.id = k.person)))
        order by k.since, k.person) from core.table_keeper k where k.table_id = t.id), '[]') as keepers,
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'called', o.called) order by o.called) from core.possible_table_keepers(t.id) o
        where not exists (select from core.table_keeper k where k.table_id = t.id and k.person = o.id)), '[]') as possible
    from core.collaboration_table t where t.id = ${table}`.execute(tx);
  return rows[0] ?? null;
}
