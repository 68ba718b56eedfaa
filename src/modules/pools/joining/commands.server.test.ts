import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { stopClock } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '../../people/access.ts';
import { leaveHouse } from '../../people/commands/leave.server.ts';
import { aPerson } from '../../people/testing.ts';
import { poolKeeperOf, type PoolKeeper } from '../access.ts';
import { callPool, endCall, invite } from '../inviting/commands.server.ts';
import type { CallWords } from '../inviting/input.ts';
import { answerAsker, sayGivenFor, sayPaid } from '../keeping/commands.server.ts';
import { poolAtDesk } from '../keeping/queries.server.ts';
import { poolLines } from '../load/queries.server.ts';
import type { ExpertWords } from '../model.ts';
import { aPool, anExpert } from '../testing.ts';
import {
  answerInvitation,
  askToJoin,
  changeMyLine,
  leavePool,
  restOrComeBack,
  sayGiven,
  sayReceived,
} from './commands.server.ts';
import { forgetAskers, tellKeepers } from './jobs.server.ts';
import { myLines } from './queries.server.ts';

ownDatabase();
const on = '2026-11-25';
let keeper: PoolKeeper;
let pool: { id: string; slug: string };
beforeAll(async () => {
  keeper = poolKeeperOf(await aPerson('Noor', [{ role: 'facilitator' }])) as PoolKeeper;
});
beforeEach(async () => {
  pool = await aPool({ keeper });
});

const self = (viewer: Viewer) => oneself(viewer) ?? { person: '' };
const words = (some: Partial<ExpertWords> = {}): ExpertWords => ({
  called: 'Samira',
  nameForm: 'pseudonym',
  language: 'ar',
  languages: ['ar', 'nl'],
  experience: 'Ik ken de opvang van binnen.',
  dayparts: [],
  awayUntil: null,
  hoursAYear: null,
  learned: null,
  payWish: 'money',
  ...some,
});
const call = (some: Partial<CallWords> = {}): CallWords => ({
  what: 'Lees mee met de brief over wonen.',
  minutes: 120,
  people: 2,
  day: null,
  daypart: null,
  languages: [],
  answerBy: null,
  ...some,
});
const asKeeper = <Answer>(work: Parameters<typeof withViewer<Answer>>[1]) => withViewer(keeper, work);
const asks = (who: Viewer, some: Partial<ExpertWords> = {}) =>
  withViewer(who, (tx) =>
    askToJoin(tx, self(who), { pool: pool.id, words: words(some), told: { age: '26-40' } }),
  );
const mine = async (who: Viewer) => (await withViewer(who, (tx) => myLines(tx, self(who), on)))[0];
async function invited(expert: string, some: Partial<CallWords> = {}) {
  const made = await asKeeper((tx) =>
    callPool(tx, keeper, { pool: pool.id, words: call(some), language: 'nl' }),
  );
  const id = made.ok ? made.value : '';
  const sent = await asKeeper((tx) => invite(tx, keeper, { pool: pool.id, call: id, experts: [expert], on }));
  return { call: id, sent };
}
const answers = (who: Viewer, invitation: string, answer: 'yes' | 'no' | 'later') =>
  withViewer(who, (tx) => answerInvitation(tx, self(who), { invitation, answer, on }));
const gives = (who: Viewer, invitation: string, minutes: number) =>
  withViewer(who, (tx) => sayGiven(tx, self(who), { invitation, minutes, on }));

test('a newcomer asks, is let in and told so, is invited, gives hours, is paid, and says it was received: both stand', async () => {
  const who = await aPerson('Samira');
  const asked = await asks(who);
  const expert = asked.ok ? asked.value : '';
  expect((await mine(who))?.state).toBe('asking');
  const let_in = await asKeeper((tx) =>
    answerAsker(tx, keeper, { pool: pool.id, expert, deed: 'let-in', on }),
  );
  expect(let_in.ok).toBe(true);
  const { sent } = await invited(expert);
  expect(sent).toEqual({ ok: true, value: 1 });
  const invitation = (await mine(who))?.invitations[0]?.id ?? '';
  expect((await answers(who, invitation, 'yes')).ok).toBe(true);
  expect((await gives(who, invitation, 150)).ok).toBe(true);
  const paid = { cents: 6250, way: 'money', day: on } as const;
  expect((await asKeeper((tx) => sayPaid(tx, keeper, { pool: pool.id, invitation, paid }))).ok).toBe(true);
  const said = await withViewer(who, (tx) =>
    sayReceived(tx, self(who), { invitation, received: 'in-part', on }),
  );
  expect(said.ok).toBe(true);
  const desk = await asKeeper((tx) => poolAtDesk(tx, keeper, pool.id, { language: 'nl', today: on }));
  expect(desk?.calls[0]?.invitations[0]).toMatchObject({
    called: 'Samira',
    minutesGiven: 150,
    paidCents: 6250,
    received: 'in-part',
  });
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      name: string;
      language: string;
    }>`select name, language from vault.letter where to_person = ${who.id} order by posted_at, name`.execute(
      tx,
    ),
  );
  expect(rows).toEqual([
    { name: 'pools.let-in', language: 'ar' },
    { name: 'pools.invited', language: 'ar' },
  ]);
});

test('who keeps a pool is told that someone asks, and not who', async () => {
  await asks(await aPerson('Samira'), { called: 'Kanarie' });
  const put = await withViewer(operator, (tx) =>
    sql<{
      pool: string;
    }>`select data->'data'->>'pool' as pool from jobs.job where data->>'job' = 'tell-keepers'`.execute(tx),
  );
  expect(put.rows.map((row) => row.pool)).toContain(pool.id);
  await tellKeepers({ pool: pool.id });
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      words: string;
    }>`select words::text as words from vault.letter where to_person = ${keeper.id} and name = 'pools.asked'`.execute(
      tx,
    ),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.words).toContain(`/nl/desk/pools/${pool.id}`);
  expect(rows[0]?.words).not.toContain('Kanarie');
});

test('nobody asks twice, into a pool that is not open, or into a pool they keep', async () => {
  const who = await aPerson('Samira');
  expect((await asks(who)).ok).toBe(true);
  expect(await asks(who)).toEqual(refused('already_there'));
  expect(await asks(keeper)).toEqual(refused('keeps_it'));
  pool = await aPool({ keeper, state: 'resting' });
  expect(await asks(who)).toEqual(refused('pool_not_open'));
});

test('an answer changes until hours were said, and a closed call takes none', async () => {
  const expert = await anExpert({ pool: pool.id });
  const { call: id } = await invited(expert.id);
  const invitation = (await mine(expert.viewer))?.invitations[0]?.id ?? '';
  expect((await answers(expert.viewer, invitation, 'later')).ok).toBe(true);
  expect(await gives(expert.viewer, invitation, 60)).toEqual(refused('not_now'));
  expect((await answers(expert.viewer, invitation, 'yes')).ok).toBe(true);
  expect((await gives(expert.viewer, invitation, 60)).ok).toBe(true);
  expect(await answers(expert.viewer, invitation, 'no')).toEqual(refused('not_now'));
  expect((await asKeeper((tx) => endCall(tx, keeper, { pool: pool.id, call: id, how: 'closed' }))).ok).toBe(
    true,
  );
  const other = await anExpert({ pool: pool.id, called: 'Dawit' });
  const late = await asKeeper((tx) =>
    invite(tx, keeper, { pool: pool.id, call: id, experts: [other.id], on }),
  );
  expect(late).toEqual(refused('call_over'));
});

test('the keeper writes hours down only where the expert did not, and the expert may always correct them before the pay', async () => {
  const expert = await anExpert({ pool: pool.id });
  await invited(expert.id);
  const invitation = (await mine(expert.viewer))?.invitations[0]?.id ?? '';
  const writes = (minutes: number) =>
    asKeeper((tx) => sayGivenFor(tx, keeper, { pool: pool.id, invitation, minutes, on }));
  expect(await writes(60)).toEqual(refused('pool_not_there'));
  await answers(expert.viewer, invitation, 'yes');
  expect((await writes(60)).ok).toBe(true);
  expect((await gives(expert.viewer, invitation, 90)).ok).toBe(true);
  expect(await writes(30)).toEqual(refused('pool_not_there'));
  expect((await mine(expert.viewer))?.invitations[0]).toMatchObject({
    minutesGiven: 90,
    givenToldBy: 'expert',
  });
});

test('who rests is not invited, and who comes back is', async () => {
  const expert = await anExpert({ pool: pool.id });
  const rests = (deed: 'rest' | 'come-back') =>
    withViewer(expert.viewer, (tx) => restOrComeBack(tx, self(expert.viewer), { expert: expert.id, deed }));
  await rests('rest');
  expect((await invited(expert.id)).sent).toEqual(refused('nobody'));
  expect(await rests('rest')).toEqual(refused('expert_elsewhere'));
  await rests('come-back');
  expect((await invited(expert.id)).sent).toEqual({ ok: true, value: 1 });
});

test('who is in the pool reads the load of everyone in it, and never who said no', async () => {
  const one = await anExpert({ pool: pool.id, called: 'Samira' });
  const two = await anExpert({ pool: pool.id, called: 'Dawit' });
  await invited(one.id);
  await answers(one.viewer, (await mine(one.viewer))?.invitations[0]?.id ?? '', 'no');
  const lines = await withViewer(two.viewer, (tx) => poolLines(tx, pool.id, on));
  expect(lines.map(({ called, mine: own, asked, given }) => [called, own, asked, given])).toEqual([
    ['Samira', false, 120, 0],
    ['Dawit', true, 0, 0],
  ]);
  expect(JSON.stringify(lines)).not.toContain(one.viewer.id);
  const stranger = await aPerson('Bas', [{ role: 'facilitator' }, { role: 'admin' }]);
  expect(await withViewer(stranger, (tx) => poolLines(tx, pool.id, on))).toEqual([]);
});

const held = async () => {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      all: string;
    }>`select coalesce(string_agg(x::text, ' '), '') as all from (select e::text from core.pool_expert e where e.pool = ${pool.id}
      union all select t::text from core.expert_told t join core.pool_expert e on e.id = t.expert where e.pool = ${pool.id}) x`.execute(
      tx,
    ),
  );
  return rows[0]?.all ?? '';
};

test('who leaves takes their words along; their hours stay without a name, or go too as they choose', async () => {
  for (const withAll of [false, true]) {
    const expert = await anExpert({ pool: pool.id, called: 'Kanarie', told: { gender: 'woman' } });
    await withViewer(expert.viewer, (tx) =>
      changeMyLine(tx, self(expert.viewer), {
        expert: expert.id,
        words: words({ called: 'Kanarie', experience: 'kanarie-ervaring' }),
        told: { gender: 'woman' },
      }),
    );
    await invited(expert.id);
    expect(await held()).toContain('kanarie-ervaring');
    const left = await withViewer(expert.viewer, (tx) =>
      leavePool(tx, self(expert.viewer), { expert: expert.id, withAll }),
    );
    expect(left.ok).toBe(true);
    for (const gone of ['anarie', 'woman', expert.viewer.id ?? '']) expect(await held()).not.toContain(gone);
    const lines = await asKeeper((tx) => poolLines(tx, pool.id, on));
    expect(lines.filter((line) => line.expert === expert.id)).toHaveLength(withAll ? 0 : 1);
    expect(await mine(expert.viewer)).toBeUndefined();
  }
});

test('who leaves the house leaves its pools too', async () => {
  const expert = await anExpert({ pool: pool.id, called: 'Kanarie', told: { gender: 'woman' } });
  await invited(expert.id);
  const asking = await anExpert({ pool: pool.id, called: 'Wachter', state: 'asking' });
  for (const { viewer } of [expert, asking]) await withViewer(viewer, (tx) => leaveHouse(tx, self(viewer)));
  for (const gone of ['Kanarie', 'Wachter', 'woman', expert.viewer.id ?? ''])
    expect(await held()).not.toContain(gone);
  expect(
    (await asKeeper((tx) => poolLines(tx, pool.id, on))).map(({ called, asked }) => [called, asked]),
  ).toEqual([[null, 120]]);
});

test('who is turned away reads so for two months, and then their words are forgotten', async () => {
  const asker = await anExpert({ pool: pool.id, called: 'Kanarie', state: 'asking' });
  const turned = await asKeeper((tx) =>
    answerAsker(tx, keeper, { pool: pool.id, expert: asker.id, deed: 'turn-away', on }),
  );
  expect(turned.ok).toBe(true);
  const nightOf = async (day: string) => {
    stopClock(new Date(`${day}T03:30:00+01:00`));
    await forgetAskers();
    stopClock();
  };
  await nightOf('2027-01-20');
  expect((await mine(asker.viewer))?.state).toBe('turned-away');
  await nightOf('2027-01-25');
  expect(await held()).not.toContain('Kanarie');
});
