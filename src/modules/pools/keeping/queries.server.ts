import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { PoolKeeper } from '../access.ts';
import { poolCalls } from '../inviting/queries.server.ts';
import { keptBy } from '../joining/queries.server.ts';
import { poolLines } from '../load/queries.server.ts';
import { areaCalled } from '../reading/queries.server.ts';
import '../tables.ts';
import type { KeptExpert, KeptPool, PoolAtDesk } from './model.ts';

/** The pools someone keeps, with how many ask to be in them. */
export async function keptPools(tx: Tx, _keeper: PoolKeeper): Promise<KeptPool[]> {
  const { rows } = await sql<KeptPool>`select k.id, k.slug, k.name, k.state,
    (select count(*) from core.pool_expert e where e.pool = k.id and e.state = 'asking')::integer as asking,
    (select count(*) from core.pool_expert e where e.pool = k.id and e.state in ('in','resting'))::integer as experts
    from core.pool k where core.keeps_pool(k.id) order by k.made_on desc, k.id`.execute(tx);
  return rows;
}

/** One pool on the desk of who keeps it; null where there is none, or where it is not theirs. */
export async function poolAtDesk(
  tx: Tx,
  _keeper: PoolKeeper,
  pool: string,
  reader: { readonly language: Language; readonly today: Day },
): Promise<PoolAtDesk | null> {
  const row = await tx
    .selectFrom('core.pool')
    .selectAll()
    .where('id', '=', pool)
    .where(sql<boolean>`core.keeps_pool(id)`)
    .executeTakeFirst();
  if (!row) return null;
  const lines = await poolLines(tx, pool, reader.today);
  return {
    id: row.id,
    slug: row.slug,
    language: row.language,
    name: row.name,
    purpose: row.purpose,
    training: row.training,
    municipality: row.municipality,
    province: row.province,
    area: await areaCalled(tx, row, reader.language),
    centsAnHour: row.cents_an_hour,
    hoursAYear: row.hours_a_year,
    state: row.state,
    experts: await expertsOf(tx, pool),
    lines,
    calls: await poolCalls(tx, pool, { hoursAYear: row.hours_a_year, today: reader.today }),
    keepers: await keptBy(tx, pool),
  };
}

async function expertsOf(tx: Tx, pool: string): Promise<KeptExpert[]> {
  const rows = await tx
    .selectFrom('core.pool_expert')
    .selectAll()
    .where('pool', '=', pool)
    .where('state', 'in', ['asking', 'in', 'resting'])
    .orderBy('asked_on')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    called: row.called ?? '',
    state: row.state,
    languages: row.languages,
    language: row.language ?? 'nl',
    experience: row.experience,
    dayparts: row.dayparts,
    awayUntil: row.away_until,
    hoursAYear: row.hours_a_year,
    learned: row.learned,
    payWish: row.pay_wish,
    askedOn: row.asked_on,
    since: row.since,
    trainedOn: row.trained_on,
  }));
}

/** Other facilitators, who may be asked to keep a pool too. */
export async function otherFacilitators(
  tx: Tx,
  keeper: PoolKeeper,
): Promise<{ id: string; called: string | null }[]> {
  const { rows } = await sql<{
    id: string;
    called: string | null;
  }>`select id, called from core.fellow_facilitators() where id <> ${keeper.id} order by called, id`.execute(
    tx,
  );
  return rows;
}
