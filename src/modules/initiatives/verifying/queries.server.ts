import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import '../asking/tables.ts';
import {
  matterKinds,
  queuePage,
  type Colleague,
  type Matter,
  type MatterKind,
  type Queue,
  type QueueTally,
  type QueueWish,
  type SavedFilter,
} from './model.ts';
import type { Verifier } from './access.ts';
import './tables.ts';

interface MatterRow extends Omit<Matter, 'holder'> {
  readonly holder: string | null;
  readonly called: string | null;
  readonly mine: boolean;
  readonly total: number;
}

const dayIn = (column: string) => sql<Day>`(${sql.ref(column)} at time zone 'Europe/Amsterdam')::date`;

/** Everything that waits for this verifier, a page of fifty at a time. */
export async function waiting(tx: Tx, wish: QueueWish): Promise<Queue> {
  const narrowed = [
    sql`true`,
    ...(wish.kinds.length > 0 ? [sql`w.matter = any(${[...wish.kinds]}::text[])`] : []),
    ...(wish.whose === 'mine' ? [sql`a.person_id = core.viewer_person()`] : []),
    ...(wish.whose === 'nobody' ? [sql`a.person_id is null`] : []),
    ...(wish.whose === 'colleagues' ? [sql`a.person_id <> core.viewer_person()`] : []),
  ];
  const named = [
    ...(wish.q !== '' ? [sql`strpos(lower(pub.unaccent(n.name)), lower(pub.unaccent(${wish.q}))) > 0`] : []),
    ...(wish.municipality !== '' ? [sql`n.municipality = ${wish.municipality}`] : []),
  ];
  // Names are looked up for the page alone, unless the names themselves decide what is on it.
  const byName = named.length > 0 || wish.order === 'name';
  const names = (of: string) =>
    sql`join core.waiting_names(array(select distinct initiative_id from ${sql.table(of)})) n on n.initiative_id`;
  const order = {
    oldest: sql`m.since, m.subject`,
    newest: sql`m.since desc, m.subject`,
    name: sql`n.name, m.subject`,
  }[wish.order];
  const { rows } = await sql<MatterRow>`
    with w as materialized (select * from core.waiting()),
      mine as (select w.*, a.person_id as holder from w left join core.assignment a on a.matter = w.matter and a.subject = w.subject
        where ${sql.join(narrowed, sql` and `)}),
      page as materialized (select m.*, count(*) over () as total from mine m ${byName ? sql`${names('mine')} = m.initiative_id` : sql``}
        where ${sql.join([sql`true`, ...named], sql` and `)} order by ${order} limit ${queuePage} offset ${(wish.page - 1) * queuePage})
    select m.matter as kind, m.subject, m.initiative_id as initiative, n.name, n.town, ${dayIn('m.since')} as since, m.reason, m.holder, m.total,
      m.holder = core.viewer_person() as mine,
      case when m.holder = core.viewer_person() then (select p.called from core.person p where p.id = m.holder)
        else (select c.called from core.colleagues() c where c.id = m.holder) end as called
    from page m ${names('page')} = m.initiative_id order by ${order}`.execute(tx);
  return {
    total: rows[0]?.total ?? 0,
    matters: rows.map(({ holder, called, mine, total: _total, ...row }) => ({
      ...row,
      holder: holder === null ? null : { id: holder, called, mine },
    })),
  };
}

/** How many of each kind wait for this verifier, and how many of them they took. */
export async function tallyWaiting(tx: Tx): Promise<QueueTally[]> {
  const { rows } = await sql<{ kind: MatterKind; count: number; mine: number }>`
    select w.matter as kind, count(*) as count, count(*) filter (where a.person_id = core.viewer_person()) as mine
    from core.waiting() w left join core.assignment a on a.matter = w.matter and a.subject = w.subject
    group by 1`.execute(tx);
  return matterKinds.map((kind) => rows.find((row) => row.kind === kind) ?? { kind, count: 0, mine: 0 });
}

/** Other verifiers and editors of the regions of this person, by name. */
export async function colleagues(tx: Tx): Promise<Colleague[]> {
  const { rows } =
    await sql<Colleague>`select id, called from core.colleagues() order by called nulls last, id`.execute(tx);
  return rows;
}

/** The municipalities in which something waits for this verifier, by name. */
export async function waitingWhere(tx: Tx): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select m.code, m.name from core.waiting_names(array(select distinct x.initiative_id from core.waiting() x)) n
    join pub.municipality m on m.code = n.municipality group by 1, 2 order by 2`.execute(tx);
  return rows;
}

/** The ways of looking at the queue that this person keeps. */
export async function savedFilters(tx: Tx, who: Verifier): Promise<SavedFilter[]> {
  return tx
    .selectFrom('core.desk_filter')
    .select(['id', 'name', 'asked'])
    .where('person_id', '=', who.id)
    .orderBy('name')
    .execute();
}
