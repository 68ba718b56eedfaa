import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen } from '../../commands.server.ts';
import type { FieldProblem } from '../../field/rows/input.ts';
import { layEntries } from '../../laying/commands.server.ts';
import { keysKnown } from '../../laying/queries.server.ts';
import type { PlaceColumns } from '../../placing/model.ts';
import { placesTold } from '../../placing/queries.server.ts';
import { layRelation, settleRelations } from '../../relations/commands.server.ts';
import { layWhole, layWholeRelations, noteAssurance, type Placing } from './laying/commands.server.ts';
import { fieldEntryOf, fieldRelationOf, type BroughtEntry } from './model.ts';
import { entriesHeld, factsHeld, isToldSo, relationsHeld, type HeldEntry } from './queries.server.ts';

export interface HsdsBrought {
  readonly entries: number;
  readonly added: number;
  readonly changed: number;
  readonly relations: number;
}

const source = 'hsds';

/**
 * Brings entries that were told as HSDS in, all or nothing: the caller's transaction must end when problems come back.
 * A new entry keeps its key, its word in the address and all that came with it; one that is there, by its key or its word, is
 * brought up to date as far as nobody else said otherwise, and one that is told as it stands is left as it is. Asks an operator's transaction.
 */
export async function importHsds(
  tx: Tx,
  brought: readonly BroughtEntry[],
  progress: (done: number, of: number) => void = () => undefined,
): Promise<{ ok: true; brought: HsdsBrought } | { ok: false; problems: FieldProblem[] }> {
  await insistOnOperator(tx);
  await sql`set constraints all deferred`.execute(tx);
  const problems: FieldProblem[] = [];
  const held = await entriesHeld(tx, brought);
  const same = await isToldSo(tx, brought, held);
  const news = brought.filter((entry) => !same.has(entry.id));
  const placings = await placed(tx, news, problems);
  const fresh = placings.filter(({ entry }) => !held.has(entry.id));
  const known = placings.filter(({ entry }) => held.has(entry.id));
  await layWhole(tx, fresh);
  progress(same.size + fresh.length, brought.length);
  await remember(tx, fresh, held, new Map());
  await remember(
    tx,
    known,
    held,
    await factsHeld(
      tx,
      known.map(({ entry }) => held.get(entry.id)?.id ?? entry.id),
    ),
  );
  await noteAssurance(
    tx,
    fresh.map(({ entry }) => entry),
  );
  progress(brought.length, brought.length);
  const ids = new Map(brought.map((entry) => [entry.id, held.get(entry.id)?.id ?? entry.id]));
  const touched = await layRelations(tx, news, ids, problems);
  const told = [...new Set([...news.map(({ id }) => ids.get(id) ?? id), ...touched])];
  const homeless = await settleRelations(tx, told);
  for (const key of homeless) {
    const entry = brought.find(({ relations }) => relations.some((one) => one.key === key));
    const { row = 0, id = '' } = entry ?? {};
    problems.push({
      file: source,
      row,
      id,
      field: `relation ${key}`,
      reason: 'outside_their_lives',
      found: '',
    });
  }
  if (problems.length > 0) return { ok: false, problems };
  await sql`set constraints all immediate`.execute(tx);
  if (told.length > 0) await layOpen(tx, told);
  const relations = brought.reduce((sum, entry) => sum + entry.relations.length, 0);
  return {
    ok: true,
    brought: { entries: brought.length, added: fresh.length, changed: known.length, relations },
  };
}

/** Where each entry is; a town that nobody knows by its name is found by its point. */
async function placed(
  tx: Tx,
  entries: readonly BroughtEntry[],
  problems: FieldProblem[],
): Promise<Placing[]> {
  const first = await placesTold(
    tx,
    entries.map(({ place }) => place),
  );
  const again = await placesTold(
    tx,
    entries.map(({ place }) => ({ ...place, town: place.lat === null ? place.town : null })),
  );
  return entries.map((entry, at) => {
    const [one, other] = [first[at], again[at]];
    const place = one?.ok ? one : other;
    if (place && !place.ok)
      problems.push({
        ...{ file: source, row: entry.row, id: entry.id },
        ...{ field: place.field, reason: place.reason, found: place.found },
      });
    const columns: PlaceColumns | null = place?.ok ? place.columns : null;
    return { entry, columns };
  });
}

/**
 * Lays what public sources tell of entries that are there, and remembers that this source told it. What of a life is told
 * here under another key already is not told twice.
 */
async function remember(
  tx: Tx,
  placings: readonly Placing[],
  held: ReadonlyMap<string, HeldEntry>,
  facts: ReadonlyMap<string, string>,
): Promise<void> {
  const known = await keysKnown(
    tx,
    source,
    placings.map(({ entry }) => entry.id),
  );
  const layings = placings.map(({ entry, columns }) => {
    const { id, slug } = held.get(entry.id) ?? entry;
    const told = fieldEntryOf(entry);
    const events = told.events.filter(({ key }) => (facts.get(key) ?? key) === key);
    return {
      key: entry.id,
      entry: { ...told, slug, events },
      place: columns,
      initiative: id,
      standing: 'laid' as const,
      alone: !held.has(entry.id),
      unsaid: new Set((['mail', 'phone'] as const).filter((contact) => entry[contact] === null)),
    };
  });
  await layEntries(tx, layings, { source, known });
}

async function layRelations(
  tx: Tx,
  entries: readonly BroughtEntry[],
  ids: ReadonlyMap<string, string>,
  problems: FieldProblem[],
): Promise<string[]> {
  const relations = entries.flatMap((entry) => entry.relations.map((relation) => ({ entry, relation })));
  const { others, keys } = await relationsHeld(
    tx,
    relations.map(({ relation }) => relation),
  );
  const idOf = (id: string) => ids.get(id) ?? (others.has(id) ? id : undefined);
  const lost = relations.filter(({ relation }) => idOf(relation.to) === undefined);
  for (const { entry, relation } of lost)
    problems.push({
      ...{ file: source, row: entry.row, id: entry.id },
      ...{ field: `relation ${relation.key}`, reason: 'unknown_entry' as const, found: relation.to },
    });
  if (lost.length > 0) return [];
  const sides = relations.map(({ entry, relation }) => ({
    relation,
    from: idOf(entry.id) ?? '',
    to: idOf(relation.to) ?? '',
  }));
  const fresh = sides.filter(({ relation }) => !keys.has(relation.key));
  await layWholeRelations(tx, fresh);
  const touched = fresh.flatMap(({ from, to }) => [from, to]);
  for (const { relation, from, to } of sides.filter((one) => !fresh.includes(one))) {
    const news = await layRelation(
      tx,
      fieldRelationOf(relation, from, to),
      new Map([from, to].map((id) => [id, id])),
    );
    if (news) touched.push(from, to);
  }
  return touched;
}
