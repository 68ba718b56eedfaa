import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { BlockKind } from '../document/model.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { RoleThen } from '../model.ts';
import type { Code, Codebook, Memo, Passage } from './model.ts';

/** The codebooks of who is asking and those that are shared with them, newest first. */
export const codebooksOf = (tx: Tx): Promise<Codebook[]> =>
  tx
    .selectFrom('core.codebook')
    .select(['id', 'name', 'about', sql<boolean>`made_by = core.viewer_person()`.as('kept')])
    .orderBy('made_at', 'desc')
    .execute();

/** One codebook, or null when it is not there for who is asking. */
export async function codebookOf(tx: Tx, id: string): Promise<Codebook | null> {
  if (!isKey(id)) return null;
  const found = await tx
    .selectFrom('core.codebook')
    .select(['id', 'name', 'about', sql<boolean>`made_by = core.viewer_person()`.as('kept')])
    .where('id', '=', id)
    .executeTakeFirst();
  return found ?? null;
}

export const codesOf = (tx: Tx, codebook: string): Promise<Code[]> =>
  tx
    .selectFrom('core.code')
    .select(['id', 'guid', 'parent', 'name', 'definition', 'is_codable as isCodable', 'colour', 'place'])
    .where('codebook', '=', codebook)
    .execute();

/** A researcher, as other researchers see them. */
export interface FellowCoder {
  readonly id: string;
  readonly called: string | null;
  readonly shares: boolean;
}

/** The other researchers, and whether this codebook is shared with them. */
export async function fellowsOf(tx: Tx, codebook: string): Promise<FellowCoder[]> {
  const { rows } = await sql<FellowCoder>`
    select f.id, f.called, exists (select from core.codebook_coder c where c.codebook = ${codebook} and c.person = f.id) as shares
    from core.fellow_researchers() f where f.id <> core.viewer_person() order by f.called, f.id`.execute(tx);
  return rows;
}

/** A telling that may be coded, as a voice: never whose it is. */
export interface CodableTelling {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly version: number;
  readonly roleThen: RoleThen | null;
  readonly themes: readonly Theme[];
  /** Phases of arriving that the open initiatives it is about work in. */
  readonly phases: readonly string[];
  /** Number of the consent to coding that holds. */
  readonly consent: number;
}

const codable = (only: string | null) => sql<CodableTelling>`
  select t.id, t.slug, v.title, t.language, t.version, t.role_then as "roleThen", t.themes, (c).number::int as consent,
    array(select distinct phase from core.telling_about a join pub.initiative_period p on p.initiative_id = a.initiative_id, unnest(p.phases) phase where a.telling = t.id and upper_inf(p.valid) order by 1) as phases
  from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
  cross join lateral (select core.consent_now(t.id, 'coding') as c) held
  where core.codes(t.id) and (${only}::uuid is null or t.id = ${only}::uuid) order by t.released_at, t.id`;

/** The tellings that may be coded, in the order in which they were released. */
export const codableTellings = async (tx: Tx): Promise<CodableTelling[]> =>
  (await codable(null).execute(tx)).rows;

/** One of them, or null when it is not there for who is asking. */
export async function codableTelling(tx: Tx, id: string): Promise<CodableTelling | null> {
  return isKey(id) ? ((await codable(id).execute(tx)).rows[0] ?? null) : null;
}

export interface CodableBlock {
  readonly telling: string;
  readonly version: number;
  readonly block: string;
  readonly kind: BlockKind;
  readonly language: string;
  readonly text: string;
}

/** The blocks with words of what was released of these tellings, in order. */
export async function blocksToCode(tx: Tx, tellings: readonly string[]): Promise<CodableBlock[]> {
  if (tellings.length === 0) return [];
  const { rows } = await sql<CodableBlock>`
    select b.telling, b.version, b.block, b.kind, b.language, b.text from core.telling t join core.telling_block b on b.telling = t.id and b.version = t.version
    where t.id = any(${tellings}::uuid[]) and core.codes(t.id) and b.text <> '' order by b.telling, b.place`.execute(
    tx,
  );
  return rows;
}

/** A passage with what it takes to write it down elsewhere. */
export interface KeptPassage extends Passage {
  readonly at: Date;
}

/**
 * The passages of a codebook that still stand: those whose block reads as it did when they were made. A coder who is only
 * known from a file has a key of their own, made of who brought it and the name in the file.
 */
export async function passagesOf(
  tx: Tx,
  codebook: string,
  telling: string | null = null,
): Promise<KeptPassage[]> {
  const { rows } = await sql<KeptPassage>`
    select p.id, p.telling, p.block, p.start_at as start, p.end_at as "end", p.code, p.made_at as at,
      case when p.brought_as is null then p.coder::text else p.coder || ' ' || p.brought_as end as coder,
      coalesce(p.brought_as, f.called) as "coderName", p.coder = core.viewer_person() as own
    from core.coded_passage p join core.telling t on t.id = p.telling
    join core.telling_block b on b.telling = t.id and b.version = t.version and b.block = p.block and b.hash = p.block_hash
    left join (select * from core.fellow_researchers()) f on f.id = p.coder
    where p.codebook = ${codebook} and (${telling}::uuid is null or p.telling = ${telling}::uuid)
    order by p.telling, b.place, p.start_at, p.end_at, p.made_at, p.id`.execute(tx);
  return rows;
}

/** How many passages of a codebook lie in words that their teller changed since; they count for nothing. */
export async function fallenPassages(tx: Tx, codebook: string, telling: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from core.coded_passage p join core.telling t on t.id = p.telling
    where p.codebook = ${codebook} and p.telling = ${telling} and not exists (select from core.telling_block b
      where b.telling = t.id and b.version = t.version and b.block = p.block and b.hash = p.block_hash)`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

/** The memos of a codebook: about its codes, or about this telling and the passages in it. */
export async function memosOf(tx: Tx, codebook: string, telling: string | null): Promise<Memo[]> {
  const { rows } = await sql<Memo>`
    select m.id, m.text, m.code, m.passage, m.telling, f.called as by, m.author = core.viewer_person() as own,
      to_char(m.made_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as on
    from core.memo m left join (select * from core.fellow_researchers()) f on f.id = m.author
    where m.codebook = ${codebook} and (m.telling = ${telling}::uuid or (${telling}::uuid is null and m.code is not null)) order by m.made_at, m.id`.execute(
    tx,
  );
  return rows;
}

/** A file that was taken out, and how many of the tellings in it were taken back since. */
export interface TakenOut {
  readonly id: string;
  readonly on: string;
  readonly own: boolean;
  readonly tellings: number;
  readonly gone: number;
}

export async function takenOut(tx: Tx, codebook: string): Promise<TakenOut[]> {
  const { rows } = await sql<TakenOut>`
    select e.id, to_char(e.made_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as on, e.made_by = core.viewer_person() as own, e.tellings,
      e.tellings - (select count(*) from core.coding_export_telling x where x.export = e.id)::int as gone
    from core.coding_export e where e.codebook = ${codebook} order by e.made_at desc limit 20`.execute(tx);
  return rows;
}

/** Writes down that a researcher read this telling, where its teller keeps count; never who. */
export async function noteLook(tx: Tx, telling: string): Promise<void> {
  await sql`select core.note_look(${telling}, 'researcher')`.execute(tx);
}
