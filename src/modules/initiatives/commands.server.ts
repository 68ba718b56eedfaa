import { sql } from 'kysely';
import { countWords, forgetTexts, indexTexts } from '#modules/languages/search/commands.server.ts';
import { insistOnOperator, insistOnRight, isOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { livesOf, periodsOf, type Days, type LifeEvent, type Period, type Shape } from './model.ts';
import { searchTexts } from './queries.server.ts';

const range = (days: Days) => sql<string>`daterange(${days.from}::date, ${days.until}::date)`;

/**
 * Derives the periods and the lives of one initiative from its life events as they are told now.
 * Shapes we no longer hold are kept as what we held before. Asks the transaction of someone who may change the entry.
 */
export async function settleLives(tx: Tx, initiative: string, start: Shape): Promise<void> {
  await insistOnRight(tx, 'change', [initiative]);
  const events = await tx
    .selectFrom('core.life_event')
    .select(['kind', 'day', 'precision', 'change'])
    .where('initiative_id', '=', initiative)
    .where(sql<boolean>`upper_inf(recorded)`)
    .orderBy('day')
    .orderBy('key')
    .execute();
  const periods = periodsOf(events as LifeEvent[], start);
  if (!(await heldDiffers(tx, initiative, periods))) return;
  await sql`insert into core.initiative_period_before
      (initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages, recorded)
    select initiative_id, valid, state, start_known, name, kind, formality, led_by, scope, phases, themes, audiences, languages, tstzrange(recorded_at, now())
    from core.initiative_period where initiative_id = ${initiative} and recorded_at < now()`.execute(tx);
  await tx.deleteFrom('core.initiative_period').where('initiative_id', '=', initiative).execute();
  await tx.deleteFrom('core.existence').where('initiative_id', '=', initiative).execute();
  if (periods.length === 0) return;
  await tx
    .insertInto('core.initiative_period')
    .values(
      periods.map((period) => ({ initiative_id: initiative, valid: range(period), ...columnsOf(period) })),
    )
    .execute();
  const lives = livesOf(periods);
  if (lives.length === 0) return;
  await tx
    .insertInto('core.existence')
    .values(lives.map((days) => ({ initiative_id: initiative, valid: range(days) })))
    .execute();
}

function columnsOf(period: Period) {
  const { ledBy, formality, scope, name, kind } = period.shape;
  return {
    state: period.state,
    start_known: period.startKnown,
    name,
    kind,
    formality,
    led_by: ledBy,
    scope,
    phases: [...period.shape.phases],
    themes: [...period.shape.themes],
    audiences: [...period.shape.audiences],
    languages: [...period.shape.languages],
  };
}

async function heldDiffers(tx: Tx, initiative: string, periods: readonly Period[]): Promise<boolean> {
  const held = await tx
    .selectFrom('core.initiative_period')
    .select([
      'state',
      'start_known',
      'name',
      'kind',
      'formality',
      'led_by',
      'scope',
      'phases',
      'themes',
      'audiences',
      'languages',
    ])
    .select([sql<string | null>`lower(valid)`.as('from'), sql<string | null>`upper(valid)`.as('until')])
    .where('initiative_id', '=', initiative)
    .orderBy('valid')
    .execute();
  const flat = periods.map((period) => ({ ...columnsOf(period), from: period.from, until: period.until }));
  const inOrder = (one: object) => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(held.map(inOrder)) !== JSON.stringify(flat.map(inOrder));
}

/**
 * Lets the street see these initiatives and their relations as they are now, and makes them findable;
 * what is no longer public disappears from page, search and data in the same transaction.
 */
export async function layOpen(tx: Tx, initiatives: readonly string[]): Promise<void> {
  await insistOnRight(tx, 'change', initiatives);
  const ids = [...initiatives];
  await sql`select core.lay_open(${ids}::uuid[])`.execute(tx);
  await sql`select core.lay_relations_open(${ids}::uuid[])`.execute(tx);
  await forgetTexts(tx, 'initiative', ids);
  const catalogue = await catalogueOnDisk();
  const labels = (language: string, facets: readonly string[]) =>
    facets
      .flatMap((facet) => {
        const [of, value] = facet.split(':');
        return (of === 'theme' || of === 'phase') && value
          ? (catalogue[language]?.[`initiatives.${of}.${value}`] ?? [])
          : [];
      })
      .join(' · ');
  await indexTexts(tx, await searchTexts(tx, ids, labels));
  // How common words are is counted for the whole field: at once for who brings many entries, and by the house soon after a keeper's deed.
  if (await isOperator(tx)) await countWords(tx);
}

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
