import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { PromiseState } from '../../agendas/model.ts';
import { fieldGraph } from '../../initiatives/relations/queries.server.ts';
import type { Words } from '../../sessions/model.ts';
import { wayTo } from '../chairs/model.ts';
import '../tables.ts';
import type { Ask, AskAtTable, AskState, ConnectionWish, StepTaker } from './model.ts';
import './tables.ts';

/** What a page of a table needs to know of it. */
export interface TableNamed {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly language: string;
  readonly openTo: string;
}

/** The table with this slug, when who looks may ask it something; else null, as if there were none. */
export async function tableToAsk(tx: Tx, slug: string): Promise<TableNamed | null> {
  // What is open to everyone is read on the street; a link reads no table behind the walls.
  const { rows } = await sql<TableNamed>`
    select t.id, t.slug, t.name, t.language, 'everyone' as "openTo" from pub.collaboration_table t where t.slug = ${slug} and t.ended_on is null
    union all
    select t.id, t.slug, t.name, t.language, t.open_to from core.collaboration_table t where t.slug = ${slug} and core.may_ask_at(t.id)
    limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** The tables that are open to everyone and still stand, by name. */
export async function tablesToAsk(tx: Tx): Promise<Pick<TableNamed, 'slug' | 'name' | 'language'>[]> {
  return tx
    .selectFrom('pub.collaboration_table')
    .select(['slug', 'name', 'language'])
    .where('ended_on', 'is', null)
    .orderBy('name')
    .orderBy('slug')
    .limit(200)
    .execute();
}

/** The table with this key, for who keeps it or sits at it; else null. */
export async function tableToServe(
  tx: Tx,
  table: string,
): Promise<(TableNamed & { readonly keeps: boolean }) | null> {
  const { rows } = await sql<TableNamed & { keeps: boolean }>`
    select t.id, t.slug, t.name, t.language, t.open_to as "openTo", core.keeps_table(t.id) as keeps
    from core.collaboration_table t where t.id = ${table} and (core.keeps_table(t.id) or core.sits_at(t.id))`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** The initiatives with these keys that who looks keeps, by name. */
export async function ownInitiatives(
  tx: Tx,
  keys: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select i.id, (select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid @> core.today() desc, p.valid desc limit 1) as name
    from core.initiative i where i.id = any(${[...keys]}::uuid[]) and core.keeps(i.id) and i.standing in ('laid','proposed') order by 2, 1`.execute(
    tx,
  );
  return rows.filter(({ name }) => name !== null);
}

interface AskRow {
  id: string;
  called: string;
  slug: string | null;
  wish: ConnectionWish;
  language: string;
  words: string;
  reach: string | null;
  asked_on: Day;
  state: AskState;
  answer: string | null;
  answer_language: string | null;
  step_state: PromiseState | null;
  what: Words | null;
  by_day: Day | null;
  silent_since: Day | null;
}

const asks = (table: string) => sql<AskRow>`
  select a.id, a.called, p.slug, a.wish, a.language, a.words, a.reach, a.asked_on, a.state, a.answer, a.answer_language,
    s.state as step_state, s.what, s.by_day, s.silent_since
  from core.connection_ask a left join pub.initiative p on p.id = core.asker_of(a.id)
  left join lateral core.step_of(a.id) s on true
  where a.table_id = ${table}`;

const askFrom = (row: AskRow): Ask => ({
  id: row.id,
  called: row.called,
  slug: row.slug,
  wish: row.wish,
  language: row.language,
  words: row.words,
  reach: row.reach,
  askedOn: row.asked_on,
  state: row.state,
  answer:
    row.answer !== null && row.answer_language !== null
      ? { language: row.answer_language, words: row.answer }
      : null,
  step:
    row.step_state !== null && row.what !== null
      ? { state: row.step_state, what: row.what, byDay: row.by_day, silentSince: row.silent_since }
      : null,
});

/** What the initiatives of who looks asked this table, newest first. */
export async function ownAsks(tx: Tx, table: string): Promise<Ask[]> {
  const { rows } = await sql<AskRow>`${asks(table)} and core.speaks_for_entry(a.initiative)
    order by a.asked_on desc, a.id desc`.execute(tx);
  return rows.map(askFrom);
}

/** Everything that was asked of a table, waiting ones first, for who keeps it or sits at it; with the way to who asks. */
export async function asksAt(tx: Tx, table: string, day: Day): Promise<AskAtTable[]> {
  const { rows } =
    await sql<AskRow>`${asks(table)} and (core.keeps_table(a.table_id) or core.sits_at(a.table_id))
    order by array_position(array['waiting','promised','connected','declined','withdrawn'], a.state), a.asked_on, a.id`.execute(
      tx,
    );
  const seats = await seatedSlugs(tx, table);
  const field = await fieldGraph(tx, day);
  return rows.map((row) => ({
    ...askFrom(row),
    chain: row.slug === null || seats.includes(row.slug) ? null : wayTo(field, seats, row.slug),
  }));
}

async function seatedSlugs(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select distinct i.slug from core.seat s join core.open_holders(${table}) h on h.seat = s.id join pub.initiative i on i.id = h.initiative
    where s.table_id = ${table} and s.state = 'taken' order by 1`.execute(tx);
  return rows.map(({ slug }) => slug);
}

/** The seats for which who looks can promise a step: all that are taken for who keeps the table, else one's own. */
export async function stepTakers(tx: Tx, table: string): Promise<StepTaker[]> {
  const { rows } = await sql<StepTaker>`
    select s.id as seat, concat_ws(' · ', coalesce(i.name, s.body), s.role) as called
    from core.seat s left join core.open_holders(${table}) h on h.seat = s.id left join pub.initiative i on i.id = h.initiative
    where s.table_id = ${table} and s.state = 'taken' and (core.keeps_table(s.table_id) or core.speaks_for_seat(s.id)) order by s.number`.execute(
    tx,
  );
  return rows;
}
