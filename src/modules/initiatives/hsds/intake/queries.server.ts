import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { entriesOf } from '../../exchange/whole/queries.server.ts';
import { organizationOf } from '../records/model.ts';
import { entriesFromHsds } from './input.ts';
import type { BroughtEntry, BroughtRelation } from './model.ts';

export interface HeldEntry {
  readonly id: string;
  readonly slug: string;
}

/** Which of these entries are here already, by their key, by a key they once came under, or by the word in their address. */
export async function entriesHeld(
  tx: Tx,
  brought: readonly BroughtEntry[],
): Promise<ReadonlyMap<string, HeldEntry>> {
  const asked = brought.map(({ id, slug }) => ({ id, slug }));
  const { rows } = await sql<HeldEntry & { asked: string }>`
    select a.id as asked, i.id, i.slug
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a(id uuid, slug text)
    cross join lateral (
      select i.id, i.slug from core.initiative i
      left join core.outside_key k on k.source = 'hsds' and k.key = a.id::text and k.initiative_id = i.id
      where i.id = a.id or k.key is not null or i.slug = a.slug
      order by i.id = a.id desc, k.key is not null desc limit 1) i`.execute(tx);
  return new Map(rows.map(({ asked: key, ...held }) => [key, held]));
}

/** The keys of those that are told exactly as they stand here. */
export async function isToldSo(
  tx: Tx,
  brought: readonly BroughtEntry[],
  held: ReadonlyMap<string, HeldEntry>,
): Promise<ReadonlySet<string>> {
  const there = brought.filter(({ id }) => held.get(id)?.id === id);
  const open = await entriesOf(
    tx,
    there.map(({ id }) => id),
  );
  // Both are read in the same way, so that only what they say can differ.
  const asked = { today: today(), origin: null };
  const told = entriesFromHsds(
    open.map((entry) => organizationOf(entry, asked, 'full', 'full')),
    { language: 'nl', readOn: today() },
  );
  const stands = new Map(told.ok ? told.entries.map((entry) => [entry.id, inWords(entry)]) : []);
  return new Set(there.filter((entry) => stands.get(entry.id) === inWords(entry)).map(({ id }) => id));
}

const inWords = (entry: BroughtEntry): string => JSON.stringify({ ...entry, row: 0 });

/** Which of the other sides are in the house, and which relations are held by their key. */
export async function relationsHeld(
  tx: Tx,
  relations: readonly BroughtRelation[],
): Promise<{ others: ReadonlySet<string>; keys: ReadonlySet<string> }> {
  const { rows: others } = await sql<{ id: string }>`
    select id from core.initiative where id = any(${relations.map(({ to }) => to)}::uuid[])`.execute(tx);
  const { rows: keys } = await sql<{ key: string }>`
    select key from core.relation where key = any(${relations.map(({ key }) => key)}::text[]) and upper_inf(recorded)`.execute(
    tx,
  );
  return { others: new Set(others.map(({ id }) => id)), keys: new Set(keys.map(({ key }) => key)) };
}

/** Under which key the facts of the lives of these entries are told here. */
export async function factsHeld(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ fact: string; key: string }>`
    select fact, key from core.life_event where initiative_id = any(${[...ids]}::uuid[]) and upper_inf(recorded)`.execute(
    tx,
  );
  return new Map(rows.map(({ fact, key }) => [fact, key]));
}
