import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Days, Shape } from '../model.ts';
import { entriesNamed } from '../relations/chains/queries.server.ts';
import type { RelationType } from '../relations/model.ts';
import type { ToldDay } from '../when/model.ts';
import type { Beside } from './fitting/model.ts';
import type { AskedParty } from './input.ts';
import { turnKinds, type Life, type Party, type Telling, type TurnKind, type Words } from './model.ts';
import type { Choice } from './page/model.ts';

export interface LivedEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly checked: boolean;
  readonly life: Life;
}

/** An entry with its life as it is told now; null when it is not there for who is asking. */
export async function livedEntry(tx: Tx, id: string): Promise<LivedEntry | null> {
  const { rows } = await sql<{ slug: string; checked: boolean; start: Shape | null; tellings: Telling[] }>`
    select i.slug, i.checked_on is not null as checked, coalesce(i.start_shape, (select jsonb_build_object('name', p.name, 'kind', p.kind,
        'formality', p.formality, 'ledBy', p.led_by, 'scope', p.scope, 'phases', p.phases, 'themes', p.themes, 'audiences', p.audiences,
        'languages', p.languages) from core.initiative_period p where p.initiative_id = i.id order by p.valid limit 1)) as start,
      (select coalesce(jsonb_agg(jsonb_build_object('fact', e.fact, 'key', e.key, 'kind', e.kind, 'day', e.day, 'precision', e.precision,
          'change', e.change, 'saidBy', e.said_by, 'insteadOf', e.instead_of, 'sources', e.sources) order by e.day, e.key), '[]')
        from core.life_event e where e.initiative_id = i.id and upper_inf(e.recorded)) as tellings
    from core.initiative i where i.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row?.start) return null;
  const named = await sql<{
    name: string;
  }>`select name from core.initiative_period where initiative_id = ${id}
    order by valid desc limit 1`.execute(tx);
  const { slug, checked, start, tellings } = row;
  return { id, slug, name: named.rows[0]?.name ?? start.name, checked, life: { start, tellings } };
}

export const isTurnKind = (kind: string): kind is TurnKind => (turnKinds as readonly string[]).includes(kind);

/** The sentence of each telling of an entry, in this language where there is one. */
export async function wordsOf(tx: Tx, id: string, language: Language): Promise<Map<string, Words>> {
  const { rows } = await sql<{ fact: string; language: string; text: string }>`
    select distinct on (t.fact) t.fact, t.language, t.text from core.life_event_text t where t.initiative_id = ${id}
    order by t.fact, t.origin = 'own' desc, array_position(array[${language}, 'nl', 'en'], t.language)`.execute(
    tx,
  );
  return new Map(rows.map(({ fact, language, text }) => [fact, { language, text }]));
}

export interface Parties {
  readonly parties: readonly Party[];
  readonly choices: readonly Choice[];
}

/**
 * Who is meant by the names that were written: entries that are open to everyone, or new ones. A name that may be that of
 * one that is there is asked again.
 */
export async function partiesMeant(
  tx: Tx,
  self: string,
  asked: readonly AskedParty[],
  asNew: (name: string) => Party,
): Promise<Parties> {
  const parties: Party[] = [];
  const choices: Choice[] = [];
  for (const { field, name, which } of asked) {
    if (which === 'new') {
      parties.push(asNew(name));
      continue;
    }
    const slugs = (await entriesNamed(tx, name)).map(({ slug }) => slug);
    const chosen = slugs.includes(which) ? await openEntry(tx, which) : null;
    if (chosen && chosen !== self) {
      parties.push({ entry: chosen });
      continue;
    }
    const found = await openEntries(tx, slugs, self);
    if (found.length > 0) choices.push({ field, name, found });
    else parties.push(asNew(name));
  }
  return { parties, choices };
}

async function openEntry(tx: Tx, slug: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from pub.initiative where slug = ${slug}`.execute(tx);
  return rows[0]?.id ?? null;
}

async function openEntries(tx: Tx, slugs: readonly string[], self: string): Promise<Choice['found']> {
  if (slugs.length === 0) return [];
  const { rows } = await sql<{ slug: string; name: string; town: string | null }>`
    select i.slug, i.name, (select coalesce(p.town, r.name) from pub.initiative_period p left join pub.province r on r.code = p.province
      where p.initiative_id = i.id order by p.valid desc limit 1) as town
    from pub.initiative i where i.slug = any(${[...slugs]}) and i.id <> ${self}
    order by array_position(${[...slugs]}, i.slug) limit 5`.execute(tx);
  return rows;
}

/** The relations of one entry that are held now, with the days the other lives. */
export async function relationsBeside(tx: Tx, id: string): Promise<Beside[]> {
  const { rows } = await sql<{
    key: string;
    type: RelationType;
    from_id: string;
    to_id: string;
    since: Day | null;
    since_precision: ToldDay['precision'];
    until: Day | null;
    until_precision: ToldDay['precision'];
    lives_from: Days[];
    lives_to: Days[];
    is_seen: boolean;
  }>`select * from core.relations_beside(array[${id}]::uuid[])`.execute(tx);
  return rows.map((row) => {
    const along = row.from_id === id;
    return {
      key: row.key,
      type: row.type,
      since: { day: row.since, precision: row.since_precision },
      until: { day: row.until, precision: row.until_precision },
      along,
      other: along ? { id: row.to_id, lives: row.lives_to } : { id: row.from_id, lives: row.lives_from },
      seen: row.is_seen,
    };
  });
}

/** The days an entry lives, as far as who is asking may know of it. */
export async function livesHeld(tx: Tx, id: string): Promise<Days[]> {
  const { rows } = await sql<Days>`select lower(valid) as "from", upper(valid) as until from core.existence
    where initiative_id = ${id} order by valid`.execute(tx);
  return rows;
}

/** What entries are called now, by key, as far as everyone may know. */
export async function namesOpen(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from pub.initiative where id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Both ends of the relations that a turn brought, in the order in which it named them. */
export async function tiesHeld(tx: Tx, fact: string): Promise<{ from: string; to: string }[]> {
  const { rows } = await sql<{ from: string; to: string }>`
    select from_id as "from", to_id as "to" from core.ties_of(${`turn/${fact}`})`.execute(tx);
  return rows;
}

/** How precisely the place of an entry is shown now. */
export async function placeShown(tx: Tx, entry: string): Promise<string | null> {
  const { rows } = await sql<{ precision: string }>`select precision from vault.initiative_place
    where initiative_id = ${entry} order by valid desc limit 1`.execute(tx);
  return rows[0]?.precision ?? null;
}
