import { sql } from 'kysely';
import type { Scope } from '#modules/people/model.ts';
import { municipalities, provinces } from '#modules/places/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';

export interface NamedEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

const named = sql`select i.id, i.slug,
  coalesce((select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1), i.slug) as name
  from core.initiative i`;

/** The entry at this address, as far as who is asking may know that it is there; null when they may not, or when it is not. */
export async function entryAt(tx: Tx, slug: string): Promise<NamedEntry | null> {
  const { rows } = await sql<NamedEntry>`${named} where i.slug = ${slug}`.execute(tx);
  return rows[0] ?? null;
}

/** The entries with these keys that who is asking may know, by name. */
export async function entriesWith(tx: Tx, ids: readonly string[]): Promise<NamedEntry[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<NamedEntry>`${named} where i.id::text = any(${[...ids]}::text[])`.execute(tx);
  return rows.sort((one, other) => one.name.localeCompare(other.name, 'nl'));
}

/** What these scopes are called, by 'kind id'; of what who is asking may not know nothing is answered. Everywhere has no name here. */
export async function scopesNamed(
  tx: Tx,
  scopes: readonly Scope[],
  language: Language,
): Promise<Readonly<Record<string, string>>> {
  const wants = (kind: Scope['kind']) => scopes.filter((scope) => scope.kind === kind).map(({ id }) => id);
  const [inProvinces, inMunicipalities, ofEntries] = [
    wants('province'),
    wants('municipality'),
    wants('initiative'),
  ];
  const names: [string, string][] = [];
  if (inProvinces.length > 0)
    for (const { code, called } of await provinces(tx, language)) names.push([`province ${code}`, called]);
  if (inMunicipalities.length > 0)
    for (const { code, called } of await municipalities(tx, undefined, language))
      names.push([`municipality ${code}`, called]);
  for (const { id, name } of await entriesWith(tx, ofEntries)) names.push([`initiative ${id}`, name]);
  const asked = new Set(scopes.map(({ kind, id }) => `${kind} ${id}`));
  return Object.fromEntries(names.filter(([scope]) => asked.has(scope)));
}
