import { municipality, provinces } from '#modules/places/queries.server.ts';
import type { MunicipalityCode } from '#modules/places/model.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import '../tables.ts';
import type { OpenPool, ReadPool } from './model.ts';

/** How the municipality or province of a pool is called in a language; its code where it is no longer in use. */
export async function areaCalled(
  tx: Tx,
  area: { readonly municipality: string | null; readonly province: string | null },
  language: Language,
): Promise<string> {
  if (area.municipality !== null)
    return (
      (await municipality(tx, area.municipality as MunicipalityCode, language))?.called ?? area.municipality
    );
  const all = await provinces(tx, language);
  return all.find(({ code }) => code === area.province)?.called ?? area.province ?? '';
}

const openOnes = (tx: Tx) => tx.selectFrom('pub.pool').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof openOnes>['execute']>>[number];

const poolFrom = async (tx: Tx, row: Row, language: Language): Promise<OpenPool> => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  purpose: row.purpose,
  training: row.training,
  area: await areaCalled(tx, row, language),
  centsAnHour: row.cents_an_hour,
  hoursAYear: row.hours_a_year,
  state: row.state,
  madeOn: row.made_on,
  endedOn: row.ended_on,
  atLeast: row.at_least,
  sameFive: row.same_five,
  countedOn: row.counted_on,
});

/** Every pool anyone may know of: open ones first, then by when they began. */
export async function openPools(tx: Tx, language: Language): Promise<OpenPool[]> {
  const rows = await openOnes(tx).orderBy('made_on').orderBy('id').execute();
  const pools: OpenPool[] = [];
  for (const row of rows) pools.push(await poolFrom(tx, row, language));
  const order = { open: 0, resting: 1, ended: 2 };
  return pools.sort((a, b) => order[a.state] - order[b.state]);
}

/** One open pool by the name in its address, with what is told of its people and hours; null where there is none. */
export async function openPool(tx: Tx, slug: string, language: Language): Promise<ReadPool | null> {
  const row = await openOnes(tx).where('slug', '=', slug).executeTakeFirst();
  if (!row) return null;
  const told = await tx
    .selectFrom('pub.pool_told')
    .select(['question', 'answer', 'at_least'])
    .where('pool', '=', row.id)
    .orderBy('question')
    .orderBy('answer')
    .execute();
  const load = await tx
    .selectFrom('pub.pool_load')
    .select(['measure', 'amount', 'until_day'])
    .where('pool', '=', row.id)
    .orderBy('measure')
    .execute();
  return {
    ...(await poolFrom(tx, row, language)),
    told: told.map(({ question, answer, at_least }) => ({ question, answer, atLeast: at_least })),
    load: load.map(({ measure, amount, until_day }) => ({ measure, amount, until: until_day })),
  };
}
