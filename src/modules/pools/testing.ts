import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../people/testing.ts';
import type { ExpertState, PoolState, Told } from './model.ts';
import './tables.ts';

interface Made {
  readonly keeper: Viewer;
  readonly name?: string;
  readonly state?: PoolState;
  readonly centsAnHour?: number;
  readonly hoursAYear?: number;
}

/** A pool of Gelderland in the database of this test, open unless said otherwise: `aPool({ keeper })`. */
export async function aPool(made: Made): Promise<{ id: string; slug: string }> {
  const slug = `pool-${randomBytes(4).toString('hex')}`;
  const state = made.state ?? 'open';
  return withViewer(operator, async (tx) => {
    await sql`insert into pub.province (code, name, lat, lon) values ('PV25', 'Gelderland', 52, 6) on conflict do nothing`.execute(
      tx,
    );
    const { id } = await tx
      .insertInto('core.pool')
      .values({
        slug,
        language: 'nl',
        name: { nl: made.name ?? 'Ervaringspool Gelderland' },
        purpose: { nl: 'Meedenken over wonen, werk en meedoen.' },
        province: 'PV25',
        cents_an_hour: made.centsAnHour ?? 2500,
        hours_a_year: made.hoursAYear ?? 60,
        state,
        home: 'https://steppingstones.example',
        made_by: made.keeper.id,
        ended_on: state === 'ended' ? today() : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`select core.lay_pool_open(${id}::uuid)`.execute(tx);
    return { id, slug };
  });
}

/** An expert of a pool, and the person they are: `anExpert({ pool: pool.id, called: 'Samira' })`. */
export async function anExpert(made: {
  readonly pool: string;
  readonly called?: string;
  readonly person?: Viewer;
  readonly state?: Exclude<ExpertState, 'left'>;
  readonly language?: string;
  readonly languages?: readonly string[];
  readonly told?: Told;
}): Promise<{ id: string; viewer: Viewer }> {
  const called = made.called ?? 'Samira';
  const viewer = made.person ?? (await aPerson(called));
  const state = made.state ?? 'in';
  return withViewer(house, async (tx) => {
    const { id } = await tx
      .insertInto('core.pool_expert')
      .values({
        pool: made.pool,
        person_id: viewer.id,
        state,
        called,
        name_form: 'pseudonym',
        language: made.language ?? 'nl',
        languages: [...(made.languages ?? ['nl', 'ar'])],
        since: state === 'in' || state === 'resting' ? today() : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [question, answer] of Object.entries(made.told ?? {}))
      await sql`insert into core.expert_told values (${id}, ${question}, ${answer})`.execute(tx);
    return { id, viewer };
  });
}
