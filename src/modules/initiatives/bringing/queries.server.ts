import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { folded } from '#modules/places/names/model.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { KnownNames } from './guessing/model.ts';
import type { BringingStanding, Form, Mapping, Outcome } from './model.ts';
import './tables.ts';

/** A file that is brought in, as its bringer sees it. */
export interface Bringing {
  readonly id: string;
  readonly source: string;
  readonly form: Form;
  readonly fileName: string;
  readonly broughtAt: Date;
  readonly language: Language;
  readonly standing: BringingStanding;
  readonly sheet: string | null;
  readonly mapping: Mapping;
  readonly choices: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly done: number;
  readonly outcome: Outcome;
  readonly by: string | null;
  readonly mine: boolean;
}

const one = sql<Bringing>`select b.id, b.source, b.form, b.file_name as "fileName", b.brought_at as "broughtAt", b.language, b.standing,
  b.sheet, b.mapping, b.choices, b.rows, b.done, b.outcome, p.called as "by", coalesce(b.brought_by = core.viewer_person(), false) as mine
  from core.bringing b left join core.person p on p.id = b.brought_by`;

/** This file that is brought in; null when it is not there for who is asking. */
export async function bringingOf(tx: Tx, id: string): Promise<Bringing | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null;
  const { rows } = await sql<Bringing>`${one} where b.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** What was brought in last, newest first. */
export async function latestBringings(tx: Tx, most = 30): Promise<Bringing[]> {
  const { rows } = await sql<Bringing>`${one} order by b.brought_at desc, b.id limit ${most}`.execute(tx);
  return rows;
}

/** The file itself, for its bringer and the house; null once it was let go. */
export async function fileOf(tx: Tx, id: string): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('vault.brought_file')
    .select('bytes')
    .where('bringing_id', '=', id)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

/** Sources that were brought in before, newest first. */
export async function sourcesKnown(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ source: string }>`
    select source from core.bringing where source <> '' and standing <> 'mapping' group by source order by max(brought_at) desc limit 50`.execute(
    tx,
  );
  return rows.map(({ source }) => source);
}

/** What the columns of this source meant last time. */
export async function mappingRemembered(tx: Tx, source: string): Promise<Mapping> {
  const { rows } = await sql<{ mapping: Mapping }>`
    select mapping from core.bringing where source = ${source} and standing in ('waiting', 'running', 'done')
    order by brought_at desc limit 1`.execute(tx);
  return rows[0]?.mapping ?? {};
}

/** The last source that had a column of each of these names, with what they meant: the same file in a newer form. */
export async function sourceWithColumns(
  tx: Tx,
  columns: readonly string[],
): Promise<{ source: string; mapping: Mapping } | null> {
  const { rows } = await sql<{ source: string; mapping: Mapping }>`
    select source, mapping from core.bringing
    where standing in ('waiting', 'running', 'done') and mapping <> '{}'
      and (select bool_and(key = any(${[...columns]}::text[])) from jsonb_object_keys(mapping) key)
    order by brought_at desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

let names: KnownNames | undefined;

/** Names of municipalities and towns as they are compared; read once, for guessing what a column holds. */
export async function knownNames(tx: Tx): Promise<KnownNames> {
  if (names && names.municipalities.size > 0) return names;
  const municipalities = await tx.selectFrom('pub.municipality').select('name').execute();
  const towns = await tx.selectFrom('pub.place').select('name').execute();
  const set = (rows: readonly { name: string }[]) => new Set(rows.map(({ name }) => folded(name)));
  return (names = { municipalities: set(municipalities), towns: set(towns) });
}
