import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import type { MatterName } from '../model.ts';

/** The entry a matter concerns, as far as who is asking may know; of a relation the side they watch over. */
export async function initiativeOf(tx: Tx, { kind, subject }: MatterName): Promise<string | null> {
  const from = {
    new: sql`select i.id from core.initiative i where i.id = ${subject}`,
    silent: sql`select i.id from core.initiative i where i.id = ${subject}`,
    proposal: sql`select p.initiative_id as id from core.proposal p where p.id = ${subject}`,
    relation: sql`select case when core.may('watch', r.from_id) then r.from_id else r.to_id end as id
      from core.relation r where r.id = ${subject} and upper_inf(r.recorded)`,
    'said-changed': sql`select a.initiative_id as id from core.asking a where a.id = ${subject}`,
    'no-address': sql`select a.initiative_id as id from core.asking a where a.id = ${subject}`,
  }[kind];
  const { rows } = await sql<{ id: string }>`${from}`.execute(tx);
  return rows[0]?.id ?? null;
}

/** How the entry of a matter is called, where who is asking may know it. */
export async function entryCalledFor(tx: Tx, matter: MatterName): Promise<string | null> {
  const initiative = await initiativeOf(tx, matter);
  if (initiative === null) return null;
  const { rows } = await sql<{ name: string }>`
    select name from core.initiative_period where initiative_id = ${initiative} order by valid desc limit 1`.execute(
    tx,
  );
  return rows[0]?.name ?? null;
}

/** In which language to write to an initiative: that of its last letter or of its own text, else Dutch. */
export async function languageToAsk(tx: Tx, initiative: string): Promise<Language> {
  const { rows } = await sql<{ language: string }>`
    select language from (
      select a.language, 0 as rank, a.laid_at as at from core.asking a where a.initiative_id = ${initiative} and a.answer is not null
      union all select t.language, 1, null from core.initiative_text t where t.initiative_id = ${initiative} and t.origin = 'own') l
    order by rank, at desc, language limit 1`.execute(tx);
  const found = rows[0]?.language ?? 'nl';
  return isLanguage(found) ? found : 'nl';
}
