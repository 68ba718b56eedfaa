import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../saying/tables.ts';
import '../tables.ts';
import {
  mostShown,
  type DealtGroup,
  type Heap,
  type LookedAfter,
  type Present,
  type RoomTally,
  type TiedIssue,
} from './model.ts';

/** Who is in or before the room, who waits first, then who helps; for who leads it, and not more than can be looked through. */
export async function presentIn(tx: Tx, session: string): Promise<Present[]> {
  return tx
    .selectFrom('core.participant')
    .select(['id', 'called', 'role', 'state', 'helps'])
    .where('session', '=', session)
    .orderBy(sql`state = 'waiting'`, 'desc')
    .orderBy('helps', 'desc')
    .orderBy('called')
    .orderBy('id')
    .limit(mostShown)
    .execute();
}

/** The issues of a room with their themes, in the order they were named. */
export async function issuesTied(tx: Tx, session: string): Promise<TiedIssue[]> {
  return tx
    .selectFrom('core.issue')
    .select(['id', 'number', 'title', 'language', 'themes'])
    .where('session', '=', session)
    .where('ended', '=', false)
    .orderBy('number')
    .execute();
}

/** How much there is in a room someone leads. */
export async function tallyOf(tx: Tx, session: string): Promise<RoomTally> {
  const { rows } = await sql<RoomTally>`select core.people_in(s.id) as people, s.last_event as event,
      (select count(*)::integer from core.statement x where x.session = s.id and x.standing = 'open' and x.form = 'statement') as said,
      (select count(*)::integer from core.statement x where x.session = s.id and x.standing = 'held') as held,
      (select coalesce(sum(v.seen), 0)::integer from core.count_votes(s.id) v) as votes,
      (select count(*)::integer from core.issue i where i.session = s.id and not i.ended) as issues
    from core.session s where s.id = ${session}`.execute(tx);
  return rows[0] ?? { people: 0, said: 0, held: 0, votes: 0, issues: 0, event: 0 };
}

const lookedAfter = sql<LookedAfter>`select x.id, x.number, x.form, x.language, x.text, x.standing, x.why, m.number as "mergedInto", x.on_paper as "onPaper"
  from core.statement x left join core.statement m on m.id = x.merged_into`;

/** What was said in a room and not taken back by who said it: what waits for a look first, then the newest. */
export async function saidIn(tx: Tx, session: string): Promise<LookedAfter[]> {
  const { rows } =
    await sql<LookedAfter>`${lookedAfter} where x.session = ${session} and x.standing <> 'withdrawn'
    order by x.standing = 'held' desc, x.number desc limit 1000`.execute(tx);
  return rows;
}

/** One statement by its number in the room, and those that look like it; null when there is none. */
export async function saidUnder(
  tx: Tx,
  session: string,
  number: number,
): Promise<{ statement: LookedAfter; alike: LookedAfter[] } | null> {
  const { rows } =
    await sql<LookedAfter>`${lookedAfter} where x.session = ${session} and x.number = ${number} and x.standing <> 'withdrawn'`.execute(
      tx,
    );
  const [statement] = rows;
  if (!statement) return null;
  const alike =
    await sql<LookedAfter>`${lookedAfter} where x.session = ${session} and x.standing = 'open' and x.form = ${statement.form}
    and x.id <> ${statement.id} and x.text <> '' and similarity(x.text, ${statement.text}) > 0.25
    order by similarity(x.text, ${statement.text}) desc limit 5`.execute(tx);
  return { statement, alike: alike.rows };
}

/** The small groups of a room, with how many sit in each. */
export async function groupsDealt(tx: Tx, session: string): Promise<DealtGroup[]> {
  const { rows } = await sql<DealtGroup>`select g.number, g.called, c.seats from core.room_group g
    join core.count_seats(${session}::uuid) c on c.number = g.number where g.session = ${session} order by g.number`.execute(
    tx,
  );
  return rows;
}

/** The issues of a room with how many statements lie under each, and how many stones once enough people laid them. */
export async function heapsOf(tx: Tx, session: string): Promise<Heap[]> {
  const { rows } = await sql<Heap>`select i.number, i.title, i.language, c.stones,
      (select count(*)::integer from core.statement x where x.issue = i.id and x.standing = 'open') as said
    from core.issue i left join core.count_stones(${session}::uuid) c on c.issue = i.id
    where i.session = ${session} and not i.ended order by c.stones desc nulls last, i.number`.execute(tx);
  return rows;
}
