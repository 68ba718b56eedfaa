import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { stopClock } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { openPool, openPools } from '../reading/queries.server.ts';
import { aPool, anExpert } from '../testing.ts';
import { countPools } from './jobs.server.ts';

ownDatabase();
afterEach(() => stopClock());
const nightOf = async (day: string) => {
  stopClock(new Date(`${day}T03:30:00+01:00`));
  await countPools();
  stopClock();
};
const read = (slug: string) => withViewer(visitor, (tx) => openPool(tx, slug, 'nl'));

async function aPoolOf(many: number, keeper: Viewer) {
  const pool = await aPool({ keeper });
  const experts: string[] = [];
  for (let at = 0; at < many; at += 1) {
    const told = { gender: at < 9 ? 'woman' : 'man' };
    experts.push((await anExpert({ pool: pool.id, called: `Expert ${at}`, told })).id);
  }
  return { pool, experts };
}

/** That these experts were asked for and gave so many minutes, and were paid for it, on a day. */
const asked = (pool: string, experts: readonly string[], minutes: number, day: string) =>
  withViewer(operator, (tx) =>
    sql`with call as (insert into core.pool_call (pool, language, what, minutes, people) values (${pool}, 'nl', 'Lees mee', ${minutes}, 9) returning id)
      insert into core.pool_invitation (call, expert, asked_on, minutes_asked, answer, answered_on, minutes_given, given_on, given_told_by, paid_cents, paid_way, paid_on)
      select call.id, x, ${day}, ${minutes}, 'yes', ${day}, ${minutes}, ${day}, 'expert', ${minutes} * 40, 'money', ${day} from call, unnest(${[...experts]}::uuid[]) x`.execute(
      tx,
    ),
  );

test('anyone reads who is in a pool only as numbers from five up, and that the same five are asked again and again', async () => {
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const { pool, experts } = await aPoolOf(17, keeper);
  await asked(pool.id, experts.slice(0, 5), 600, '2026-09-01');
  await asked(pool.id, experts.slice(5, 8), 120, '2026-09-02');
  await nightOf('2026-11-25');
  expect(await read(pool.slug)).toMatchObject({
    area: 'Gelderland',
    atLeast: 10,
    sameFive: 90,
    countedOn: '2026-11-25',
    told: [{ question: 'gender', answer: 'woman', atLeast: 5 }],
    load: [
      { measure: 'asked', amount: 3360, until: '2026-10-01' },
      { measure: 'given', amount: 3360, until: '2026-10-01' },
      { measure: 'paid', amount: 134400, until: '2026-10-01' },
    ],
  });
});

test.each([
  [13, 0],
  [17, 1],
])(
  'one expert less of %i makes no told number vanish: what may be told is held against numbers that move by five',
  async (many, cells) => {
    const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
    const { pool, experts } = await aPoolOf(many, keeper);
    await nightOf('2026-11-25');
    const before = (await read(pool.slug))?.told;
    expect(before).toHaveLength(cells);
    await withViewer(operator, (tx) =>
      sql`delete from core.pool_expert where id = ${experts.at(-1)}`.execute(tx),
    );
    await nightOf('2027-02-25');
    expect((await read(pool.slug))?.told).toEqual(before);
  },
);

test('one more expert, answer or hour changes nothing anyone reads, also after the next count', async () => {
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const { pool, experts } = await aPoolOf(14, keeper);
  await asked(pool.id, experts.slice(0, 6), 60, '2026-09-01');
  await nightOf('2026-11-25');
  const before = await read(pool.slug);
  await anExpert({ pool: pool.id, told: { gender: 'woman' } });
  await asked(pool.id, experts.slice(0, 4), 60, '2026-12-01');
  await nightOf('2026-12-30');
  expect(await read(pool.slug)).toEqual(before);
  await nightOf('2027-01-01');
  expect(await read(pool.slug)).toEqual({ ...before, countedOn: '2027-01-01' });
});

test('a small pool tells no number at all', async () => {
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const { pool, experts } = await aPoolOf(4, keeper);
  await asked(pool.id, experts, 60, '2026-09-01');
  await nightOf('2026-11-25');
  expect(await read(pool.slug)).toMatchObject({ atLeast: null, sameFive: null, told: [], load: [] });
});

test('a pool in preparation is not on the street, and an ended one says so', async () => {
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const hidden = await aPool({ keeper, state: 'preparing' });
  const over = await aPool({ keeper, state: 'ended' });
  expect(await read(hidden.slug)).toBeNull();
  expect((await read(over.slug))?.state).toBe('ended');
  const slugs = await withViewer(visitor, (tx) => openPools(tx, 'nl'));
  expect(slugs.at(-1)?.slug).toBe(over.slug);
  expect(slugs.map(({ slug }) => slug)).not.toContain(hidden.slug);
});

test('only the house counts a pool', async () => {
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }, { role: 'admin' }]);
  const { pool } = await aPoolOf(9, keeper);
  const count = (viewer: Viewer) =>
    withViewer(viewer, (tx) => sql`select * from core.count_pool(${pool.id}::uuid)`.execute(tx));
  await expect(count(keeper)).rejects.toThrow('Only the house');
  await expect(count(visitor)).rejects.toThrow('permission denied');
  const lay = withViewer(keeper, (tx) =>
    sql`select core.lay_pool_counted(${pool.id}::uuid, '[]', '[]', '[]', null, '2026-01-01')`.execute(tx),
  );
  await expect(lay).rejects.toThrow('Only the house');
});
