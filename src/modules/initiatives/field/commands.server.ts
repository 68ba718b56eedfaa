import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen } from '../commands.server.ts';
import { layEntries } from '../laying/commands.server.ts';
import type { KnownKey } from '../laying/model.ts';
import { keysKnown, markOf } from '../laying/queries.server.ts';
import { placesTold } from '../placing/queries.server.ts';
import { layRelation, settleRelations } from '../relations/commands.server.ts';
import type { FieldEntry, FieldFile } from './model.ts';
import type { FieldProblem } from './rows/input.ts';

export interface Imported {
  readonly entries: number;
  readonly added: number;
  readonly events: number;
  readonly relations: number;
}

/** The source that files in the form of `db/field` are, by which name the house remembers what they told. */
const source = 'field';

/**
 * Lays a parsed field in the database, all or nothing: the caller's transaction must end when problems come back.
 * An entry that is already there is brought up to date; a fact told differently is kept as a correction. Asks an operator's transaction.
 */
export async function importField(
  tx: Tx,
  field: FieldFile,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<{ ok: true; imported: Imported } | { ok: false; problems: FieldProblem[] }> {
  await insistOnOperator(tx);
  await sql`set constraints all deferred`.execute(tx);
  const problems: FieldProblem[] = [];
  const { known, bySlug } = await entriesKnown(tx, field.entries);
  // The same telling again is no news: it changes nothing and is not written in the diary.
  const news = field.entries.filter((entry) => known.get(entry.slug)?.mark !== markOf(entry));
  const placed = await placesTold(
    tx,
    news.map(({ place }) => ({ ...(place ?? nowhere), town: null })),
  );
  const layings = news.map((entry, at) => {
    const place = placed[at];
    if (place && !place.ok) {
      const { field: of, reason, found } = place;
      const row = field.entries.indexOf(entry) + 1;
      problems.push({ file: 'organisations.json', row, id: entry.slug, field: of, reason, found });
    }
    return {
      key: entry.slug,
      entry,
      place: place?.ok ? place.columns : null,
      initiative: bySlug.get(entry.slug) ?? null,
      standing: 'laid' as const,
      alone: known.get(entry.slug)?.told === null,
      unsaid: new Set(contacts.filter((contact) => entry[contact] === undefined)),
    };
  });
  const of = field.entries.length;
  const laid = await layEntries(tx, layings, {
    source,
    known,
    progress: (done) => progress(of - news.length + done, of),
  });
  const told = new Map(laid.map(({ key, initiative }) => [key, initiative]));
  const ids = new Map(
    field.entries.flatMap(({ slug }) => {
      const id = told.get(slug) ?? known.get(slug)?.initiative;
      return id === undefined ? [] : [[slug, id] as const];
    }),
  );
  for (const relation of field.relations) {
    if (!(await layRelation(tx, relation, ids))) continue;
    for (const side of [relation.from, relation.to]) told.set(side, ids.get(side) ?? '');
  }
  await layAudienceWords(tx, field.audienceWords);
  const homeless = await settleRelations(tx, [...ids.values()]);
  for (const key of homeless) {
    const row = field.relations.findIndex((relation) => relation.key === key) + 1;
    const reason = 'outside_their_lives';
    problems.push({ file: 'relations.json', row, id: key, field: 'since', reason, found: '' });
  }
  if (problems.length > 0) return { ok: false, problems };
  await sql`set constraints all immediate`.execute(tx);
  if (told.size > 0) await layOpen(tx, [...new Set(told.values())]);
  const added = laid.filter(({ done }) => done === 'added').length;
  const events = field.entries.reduce((sum, entry) => sum + entry.events.length, 0);
  return { ok: true, imported: { entries: ids.size, added, events, relations: field.relations.length } };
}

const nowhere = { municipality: null, province: null, lat: null, lon: null, precision: 'hidden' } as const;
const contacts = ['mail', 'phone'] as const;

/** The entries of a field that are there already, by their slug: those this source told of, and those that others brought. */
async function entriesKnown(
  tx: Tx,
  entries: readonly FieldEntry[],
): Promise<{ known: Map<string, KnownKey>; bySlug: Map<string, string> }> {
  const slugs = entries.map(({ slug }) => slug);
  const known = await keysKnown(tx, source, slugs);
  const { rows } = await sql<{ slug: string; id: string; mark: string | null }>`
    select slug, id, source_mark as mark from core.initiative where slug = any(${slugs}::text[])`.execute(tx);
  for (const { slug, id, mark } of rows)
    if (!known.has(slug) && mark !== null) known.set(slug, { initiative: id, mark, told: null });
  return { known, bySlug: new Map(rows.map(({ slug, id }) => [slug, id])) };
}

async function layAudienceWords(tx: Tx, words: FieldFile['audienceWords']): Promise<void> {
  await sql`insert into pub.audience_word (audience, language, word)
    select audience, language, word from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as w(audience text, language text, word text)
    on conflict (audience, language) do update set word = excluded.word`.execute(tx);
}
