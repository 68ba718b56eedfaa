import { sql } from 'kysely';
import { countWords, forgetTexts, indexTexts } from '#modules/languages/search/commands.server.ts';
import { insistOnOperator, insistOnRight, isOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import type { Catalogue } from '#platform/i18n/speech.ts';
import { markAlike } from './duplicates/marks/commands.server.ts';
import { livesOf, periodsOf, whatCounts, type Period, type Shape, type VoicedEvent } from './model.ts';
import { searchTexts } from './queries.server.ts';

/** An initiative and what it was like at its beginning, which its life events then change. */
export interface Beginning {
  readonly initiative: string;
  readonly start: Shape;
}

/** How many entries go to the database in one question. */
export const atOnce = 500;

/**
 * Derives the periods and the lives of one initiative from its life events as they are told now.
 * Shapes we no longer hold are kept as what we held before. Asks the transaction of someone who may change the entry.
 */
export async function settleLives(tx: Tx, initiative: string, start: Shape): Promise<void> {
  await insistOnRight(tx, 'change', [initiative]);
  await settleSome(tx, [{ initiative, start }]);
}

/** The same for many, a few questions for every 500 of them; each initiative once. Asks the transaction of someone who may change the entries. */
export async function settleManyLives(tx: Tx, beginnings: readonly Beginning[]): Promise<void> {
  await insistOnRight(
    tx,
    'change',
    beginnings.map(({ initiative }) => initiative),
  );
  for (let at = 0; at < beginnings.length; at += atOnce)
    await settleSome(tx, beginnings.slice(at, at + atOnce));
}

async function settleSome(tx: Tx, beginnings: readonly Beginning[]): Promise<void> {
  const all = beginnings.map(({ initiative }) => initiative);
  const told = await tx
    .selectFrom('core.life_event')
    .select([
      'initiative_id',
      'fact',
      'kind',
      'day',
      'precision',
      'change',
      'said_by as saidBy',
      'instead_of as insteadOf',
    ])
    .where('initiative_id', '=', sql<string>`any(${all}::uuid[])`)
    .where(sql<boolean>`upper_inf(recorded)`)
    .orderBy('day')
    .orderBy('key')
    .execute();
  const events = Map.groupBy(told, (event) => event.initiative_id);
  const held = await periodsHeld(tx, all);
  const changed = beginnings
    .map(({ initiative, start }) => ({
      initiative,
      periods: periodsOf(whatCounts((events.get(initiative) ?? []) as VoicedEvent[]), start),
    }))
    .filter(({ initiative, periods }) => differs(held.get(initiative) ?? [], periods));
  const starts = JSON.stringify(beginnings.map(({ initiative, start }) => ({ id: initiative, start })));
  await sql`update core.initiative i set start_shape = s.start from jsonb_to_recordset(${starts}::jsonb) as s(id uuid, start jsonb)
    where i.id = s.id and i.start_shape is distinct from s.start`.execute(tx);
  if (changed.length === 0) return;
  // Relations stand within the lives of both: they are fitted after this, and looked at when the deed ends.
  await sql`set constraints all deferred`.execute(tx);
  const ids = changed.map(({ initiative }) => initiative);
  await sql`insert into core.initiative_period_before
      (initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages, recorded)
    select initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages, tstzrange(recorded_at, now())
    from core.initiative_period where initiative_id = any(${ids}::uuid[]) and recorded_at < now()`.execute(
    tx,
  );
  await sql`delete from core.initiative_period where initiative_id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from core.existence where initiative_id = any(${ids}::uuid[])`.execute(tx);
  const periods = changed.flatMap(({ initiative, periods }) =>
    periods.map((period) => ({ initiative_id: initiative, ...columnsOf(period) })),
  );
  await sql`insert into core.initiative_period
      (initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages)
    select initiative_id, daterange("from", until), state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages
    from jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) as p(initiative_id uuid, "from" date, until date, state text, start_known boolean,
      name text, kind text, formality smallint, led_by text, scope text, phases text[], themes text[], audiences text[], languages text[])`.execute(
    tx,
  );
  const lives = changed.flatMap(({ initiative, periods }) =>
    livesOf(periods).map((days) => ({ initiative_id: initiative, ...days })),
  );
  await sql`insert into core.existence (initiative_id, valid) select initiative_id, daterange("from", until)
    from jsonb_to_recordset(${JSON.stringify(lives)}::jsonb) as l(initiative_id uuid, "from" date, until date)`.execute(
    tx,
  );
}

function columnsOf(period: Period) {
  const { ledBy, formality, scope, name, kind } = period.shape;
  return {
    from: period.from,
    until: period.until,
    state: period.state,
    start_known: period.startKnown,
    name,
    kind,
    formality,
    led_by: ledBy,
    scope,
    phases: period.shape.phases,
    themes: period.shape.themes,
    audiences: period.shape.audiences,
    languages: period.shape.languages,
  };
}

type HeldPeriod = ReturnType<typeof columnsOf> & { readonly initiative_id: string };

async function periodsHeld(tx: Tx, initiatives: readonly string[]): Promise<Map<string, HeldPeriod[]>> {
  const { rows } = await sql<HeldPeriod>`
    select initiative_id, lower(valid) as "from", upper(valid) as until, state, start_known, name, kind, formality, led_by, scope,
      phases, themes, audiences, languages
    from core.initiative_period where initiative_id = any(${[...initiatives]}::uuid[]) order by initiative_id, valid`.execute(
    tx,
  );
  return Map.groupBy(rows, (row) => row.initiative_id);
}

function differs(held: readonly HeldPeriod[], periods: readonly Period[]): boolean {
  const inOrder = (one: object) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return (
    JSON.stringify(held.map(({ initiative_id: _, ...period }) => inOrder(period))) !==
    JSON.stringify(periods.map((period) => inOrder(columnsOf(period))))
  );
}

/**
 * Lets the street see these initiatives and their relations as they are now, and makes them findable;
 * what is no longer public disappears from page, search and data in the same transaction. `progress` hears how many are open.
 */
export async function layOpen(
  tx: Tx,
  initiatives: readonly string[],
  progress: (done: number) => void | Promise<void> = () => undefined,
): Promise<void> {
  await insistOnRight(tx, 'change', initiatives);
  const labels = labelsFrom(await catalogueOnDisk());
  for (let at = 0; at < initiatives.length; at += atOnce) {
    const ids = initiatives.slice(at, at + atOnce);
    await sql`select core.lay_open(${ids}::uuid[]), core.lay_turns_open(${ids}::uuid[])`.execute(tx);
    await sql`select core.lay_relations_open(${ids}::uuid[])`.execute(tx);
    await forgetTexts(tx, 'initiative', ids);
    await indexTexts(tx, await searchTexts(tx, ids, labels));
    await markAlike(tx, ids);
    await progress(at + ids.length);
  }
  // How common words are is counted for the whole field: at once for who brings many entries, and by the house soon after a keeper's deed.
  if (await isOperator(tx)) await countWords(tx);
  else await putOff(tx, 'count-words', {}, { onlyOnce: 'field', startAfterSeconds: 10 });
}

const labelsFrom =
  (catalogue: Catalogue) =>
  (language: string, facets: readonly string[]): string =>
    facets
      .flatMap((facet) => {
        const [of, value] = facet.split(':');
        return (of === 'theme' || of === 'phase') && value
          ? (catalogue[language]?.[`initiatives.${of}.${value}`] ?? [])
          : [];
      })
      .join(' · ');

/**
 * Takes an entry away from the street: page, search, map, data and relations lose it in this transaction, and the diary
 * says that it is gone. A later import does not bring it back. Refuses a slug nobody knows. Asks an operator's transaction.
 */
export async function takeAway(tx: Tx, slug: string): Promise<Result<{ slug: string }, 'entry_unknown'>> {
  await insistOnOperator(tx);
  const taken = await tx
    .updateTable('core.initiative')
    .set({ visibility: 'hidden' })
    .where('slug', '=', slug)
    .returning('id')
    .executeTakeFirst();
  if (!taken) return refused('entry_unknown', { slug });
  await layOpen(tx, [taken.id]);
  return ok({ slug });
}
