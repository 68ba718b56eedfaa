import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { CardStanding } from './model.ts';

/** The card that lets this person in now, as far as who is asking may know of it; null when there is none. */
export async function cardOf(tx: Tx, person: string): Promise<CardStanding | null> {
  const { rows } = await sql<CardStanding>`
    select c.id, c.made_on as "madeOn", maker.called as "madeBy", c.until_day as until, c.last_used_on as "lastUsedOn"
    from vault.card c left join core.person maker on maker.id = c.made_by
    where c.person_id = ${person} and c.ended_on is null and core.today() < c.until_day`.execute(tx);
  return rows[0] ?? null;
}

/** Whether this person may make themselves a new card: they came by card, and hold no role. */
export async function renewsOwnCard(tx: Tx, person: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select core.renews_own_card(${person}) as may`.execute(tx);
  return rows[0]?.may ?? false;
}

export interface CardBearer {
  readonly id: string;
  readonly called: string | null;
  readonly card: Pick<CardStanding, 'id' | 'until' | 'lastUsedOn'> | null;
}

/** The people this person brought in by card, and whether a card lets them in now. */
export async function bearersBroughtBy(tx: Tx, maker: string): Promise<CardBearer[]> {
  const { rows } = await sql<CardBearer>`
    select p.id, p.called, case when c.id is not null then
      json_build_object('id', c.id, 'until', c.until_day, 'lastUsedOn', c.last_used_on) end as card
    from core.person p left join vault.card c on c.person_id = p.id and c.ended_on is null and core.today() < c.until_day
    where p.made_by = ${maker} and p.came_by = 'card' and p.left_on is null order by p.called nulls last, p.id`.execute(
    tx,
  );
  return rows;
}
