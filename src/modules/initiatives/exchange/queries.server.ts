import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { today } from '#platform/clock.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { FieldWish, Found } from '../finding/model.ts';
import { findInitiatives } from '../queries.server.ts';
import type { Since } from './input.ts';
import type { HeldField, HeldNow } from './model.ts';
import { moment, shown } from './whole/queries.server.ts';

export interface Change {
  readonly number: number;
  readonly at: Date;
  readonly slug: string;
  readonly what: 'added' | 'changed' | 'removed';
  /** The slug it lives on under, where it was taken away because it is the same as another. */
  readonly movedTo: string | null;
}

const most = 1000;

/** The diary of the open field after a point, oldest first, at most a thousand lines; `next` asks for what follows. */
export async function changesSince(
  tx: Tx,
  since: Since,
): Promise<{ changes: Change[]; next: number; more: boolean }> {
  const after =
    'number' in since ? sql`c.number > ${since.number}` : sql`c.at >= ${since.moment}::timestamptz`;
  const { rows } = await sql<Change>`
    select c.number, c.at, c.slug, c.what, case when c.what = 'removed' then m.to_slug end as "movedTo"
    from pub.change c left join pub.initiative_moved m on m.slug = c.slug
    where ${after} order by c.number limit ${most + 1}`.execute(tx);
  const changes = rows.slice(0, most);
  const next = changes.at(-1)?.number ?? ('number' in since ? since.number : await lastChange(tx));
  return { changes, next, more: rows.length > most };
}

async function lastChange(tx: Tx): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`select max(number) as last from pub.change`.execute(tx);
  return rows[0]?.last ?? 0;
}

/** The initiatives that answer a wish, a page of `size` at a time, with what is held of each now. */
export async function findOpen(
  tx: Tx,
  wish: FieldWish,
  language: Language,
  size?: number,
): Promise<{ found: Found; field: HeldField }> {
  const found = await findInitiatives(tx, wish, language, size);
  return {
    found,
    field: await heldNow(
      tx,
      found.stones.map((stone) => stone.id),
    ),
  };
}

/** What is held now of these open entries, whatever day in the world is asked about. */
async function heldNow(tx: Tx, ids: readonly string[]): Promise<HeldField> {
  const day = today();
  const { rows } = await sql<HeldNow & { id: string }>`
    select i.id, i.website, i.mail, i.phone, i.confirmed_on as "confirmedOn", i.checked_on as "checkedOn", i.checked_through as "checkedThrough",
      (i.recorded_at at time zone 'Europe/Amsterdam')::date as "recordedOn", ${moment(sql`e.modified`)} as "changedAt", i.kept_back as "keptBack"
    from pub.initiative i join ${shown(day)} e on e.id = i.id
    where i.id = any(${[...ids]}::uuid[])`.execute(tx);
  return { today: day, entries: new Map(rows.map(({ id, ...held }) => [id, held])) };
}
