import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen, settleLives } from '../commands.server.ts';
import { placesTold } from '../placing/queries.server.ts';
import { layRelation, settleRelations } from '../relations/commands.server.ts';
import type { FieldProblem } from './rows/input.ts';
import type { FieldEntry, FieldEvent, FieldFile } from './model.ts';

export interface Imported {
  readonly entries: number;
  readonly added: number;
  readonly events: number;
  readonly relations: number;
}

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
  const ids = new Map<string, string>();
  const told = new Map<string, string>();
  let added = 0;
  const held = await marksHeld(tx);
  for (const [index, entry] of field.entries.entries()) {
    progress(index + 1, field.entries.length);
    const before = held.get(entry.slug);
    // The same telling again is no news: it changes nothing and is not written in the diary.
    if (before && before.source_mark === markOf(entry)) {
      ids.set(entry.slug, before.id);
      continue;
    }
    const [placed] = await placesTold(tx, entry.place ? [{ ...entry.place, town: null }] : []);
    if (placed && !placed.ok) {
      const { field: of, reason, found } = placed;
      problems.push({ file: 'organisations.json', row: index + 1, id: entry.slug, field: of, reason, found });
    }
    const laid = await layEntry(tx, entry);
    ids.set(entry.slug, laid.id);
    told.set(entry.slug, laid.id);
    if (laid.added) added++;
    await layEvents(tx, laid.id, entry.events);
    await tx.deleteFrom('vault.initiative_place').where('initiative_id', '=', laid.id).execute();
    if (placed?.ok && placed.columns)
      await tx
        .insertInto('vault.initiative_place')
        .values({ initiative_id: laid.id, valid: '(,)', ...placed.columns })
        .execute();
    await settleLives(tx, laid.id, entry.shape);
  }
  for (const relation of field.relations) {
    if (!(await layRelation(tx, relation, ids))) continue;
    for (const side of [relation.from, relation.to]) told.set(side, ids.get(side) ?? '');
  }
  for (const words of inParts(field.audienceWords, 1000)) {
    await tx
      .insertInto('pub.audience_word')
      .values([...words])
      .onConflict((clash) =>
        clash.columns(['audience', 'language']).doUpdateSet((row) => ({ word: row.ref('excluded.word') })),
      )
      .execute();
  }
  const homeless = await settleRelations(tx, [...ids.values()]);
  for (const key of homeless) {
    const row = field.relations.findIndex((relation) => relation.key === key);
    problems.push({
      file: 'relations.json',
      row: row + 1,
      id: key,
      field: 'since',
      reason: 'outside_their_lives',
      found: '',
    });
  }
  if (problems.length > 0) return { ok: false, problems };
  await sql`set constraints all immediate`.execute(tx);
  if (told.size > 0) await layOpen(tx, [...told.values()]);
  const events = field.entries.reduce((sum, entry) => sum + entry.events.length, 0);
  return { ok: true, imported: { entries: ids.size, added, events, relations: field.relations.length } };
}

async function marksHeld(tx: Tx): Promise<Map<string, { id: string; source_mark: string | null }>> {
  const rows = await tx.selectFrom('core.initiative').select(['id', 'slug', 'source_mark']).execute();
  return new Map(rows.map((row) => [row.slug, row]));
}

/** A fingerprint of what a file tells of an entry; on which day it was found so makes no difference. */
function markOf(entry: FieldEntry): string {
  const events = entry.events.map((event) =>
    event.precision === 'at-latest' ? { ...event, day: '' } : event,
  );
  return createHash('sha256')
    .update(JSON.stringify({ ...entry, events }))
    .digest('hex');
}

function inParts<Thing>(things: readonly Thing[], size: number): Thing[][] {
  return Array.from({ length: Math.ceil(things.length / size) }, (_, at) =>
    things.slice(at * size, (at + 1) * size),
  );
}

async function layEntry(tx: Tx, entry: FieldEntry): Promise<{ id: string; added: boolean }> {
  const row = {
    website: entry.website,
    last_sign: entry.lastSign,
    sources: [...entry.sources],
    source_mark: markOf(entry),
  };
  const laid = await tx
    .insertInto('core.initiative')
    .values({ slug: entry.slug, origin: 'public-sources', ...row })
    .onConflict((clash) => clash.column('slug').doUpdateSet(row))
    .returning(['id', sql<boolean>`old.id is null`.as('added')])
    .executeTakeFirstOrThrow();
  await tx.deleteFrom('core.initiative_name').where('initiative_id', '=', laid.id).execute();
  if (entry.names.length > 0) {
    const names = entry.names.map((name) => ({ initiative_id: laid.id, name }));
    await tx.insertInto('core.initiative_name').values(names).execute();
  }
  // What the initiative wrote itself is never overwritten by what public sources say.
  await tx
    .deleteFrom('core.initiative_text')
    .where('initiative_id', '=', laid.id)
    .where('origin', '<>', 'own')
    .execute();
  await tx
    .insertInto('core.initiative_text')
    .values(entry.texts.map((text) => ({ initiative_id: laid.id, ...text, checked: false })))
    .onConflict((clash) => clash.doNothing())
    .execute();
  return laid;
}

async function layEvents(tx: Tx, initiative: string, events: readonly FieldEvent[]): Promise<void> {
  const held = await tx
    .selectFrom('core.life_event')
    .select(['fact', 'key', 'kind', 'day', 'precision', 'change', 'sources'])
    .where('initiative_id', '=', initiative)
    .where('said_by', '=', 'public-sources')
    .where(sql<boolean>`upper_inf(recorded)`)
    .execute();
  const heldByKey = new Map(held.map((event) => [event.key, event]));
  const gone = held.filter((event) => !events.some((told) => told.key === event.key));
  const fresh = events.filter((event) => {
    const before = heldByKey.get(event.key);
    const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
    // 'At the latest' on an earlier day already says what it says on a later one.
    const knownEarlier =
      before?.precision === 'at-latest' &&
      event.precision === 'at-latest' &&
      (before.day ?? '') <= (event.day ?? '');
    return (
      !before ||
      before.kind !== event.kind ||
      (before.day !== event.day && !knownEarlier) ||
      before.precision !== event.precision ||
      !same(before.change, event.change) ||
      !same(before.sources, event.sources)
    );
  });
  const closed = [...gone, ...fresh.flatMap((event) => heldByKey.get(event.key) ?? [])].map(
    (event) => event.fact,
  );
  if (closed.length > 0) {
    await tx
      .updateTable('core.life_event')
      .set({ recorded: sql`tstzrange(lower(recorded), now())` })
      .where('fact', 'in', closed)
      .where(sql<boolean>`upper_inf(recorded)`)
      .execute();
  }
  for (const event of fresh) {
    await tx
      .insertInto('core.life_event')
      .values({
        fact: heldByKey.get(event.key)?.fact ?? sql`uuidv7()`,
        initiative_id: initiative,
        key: event.key,
        kind: event.kind,
        day: event.day,
        precision: event.precision,
        change: JSON.stringify(event.change),
        sources: [...event.sources],
        said_by: 'public-sources',
      })
      .execute();
  }
  await tx
    .deleteFrom('core.life_event_text')
    .where('initiative_id', '=', initiative)
    .where('origin', '<>', 'own')
    .execute();
  const texts = events.flatMap((event) => event.texts.map((text) => ({ key: event.key, ...text })));
  if (texts.length === 0) return;
  await sql`insert into core.life_event_text (fact, initiative_id, language, text, origin)
    select e.fact, e.initiative_id, t.language, t.text, t.origin
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t(key text, language text, text text, origin text)
    join core.life_event e on e.initiative_id = ${initiative} and e.key = t.key and upper_inf(e.recorded)
    on conflict do nothing`.execute(tx);
}
