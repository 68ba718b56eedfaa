import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { aPerson } from '../people/testing.ts';
import { expertAfter, expertDeeds, expertStates } from './model.ts';
import { aPool, anExpert } from './testing.ts';

ownDatabase();

const comers = [
  'visitor',
  'stranger',
  'own',
  'fellow',
  'resting',
  'asker',
  'keeper',
  'keeper unsure',
  'other keeper',
  'partner',
  'admin',
  'house',
  'operator',
] as const;
type Comer = (typeof comers)[number];
const who = {} as Record<Comer, Viewer>;
const at = {} as { pool: string; expert: string; call: string; invitation: string };

beforeAll(async () => {
  who.keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  who['keeper unsure'] = { ...who.keeper, sure: false };
  who['other keeper'] = await aPerson('Bas', [{ role: 'facilitator' }]);
  who.partner = await aPerson('Pim', [{ role: 'partner' }]);
  who.admin = await aPerson('Els', [{ role: 'admin' }, { role: 'privacy-officer' }]);
  who.stranger = await aPerson('Jo');
  who.visitor = visitor;
  who.house = house;
  who.operator = operator;
  const pool = await aPool({ keeper: who.keeper });
  const elsewhere = await aPool({ keeper: who['other keeper'] });
  const own = await anExpert({ pool: pool.id, told: { age: '26-40' } });
  const fellow = await anExpert({ pool: pool.id, called: 'Dawit' });
  who.own = own.viewer;
  who.fellow = fellow.viewer;
  who.resting = (await anExpert({ pool: pool.id, called: 'Mina', state: 'resting' })).viewer;
  who.asker = (await anExpert({ pool: pool.id, called: 'Wachter', state: 'asking' })).viewer;
  await anExpert({ pool: elsewhere.id, called: 'Elders' });
  await withViewer(operator, async (tx) => {
    const call = await tx
      .insertInto('core.pool_call')
      .values({ pool: pool.id, language: 'nl', what: 'Lees mee', minutes: 60, people: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    const invitation = await tx
      .insertInto('core.pool_invitation')
      .values({ call: call.id, expert: own.id, minutes_asked: 60 })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`insert into core.pool_held values (${pool.id}, 'all', 'all', 3)`.execute(tx);
    Object.assign(at, { pool: pool.id, expert: own.id, call: call.id, invitation: invitation.id });
  });
});

const all = ['keeper', 'house', 'operator'] as const;
const circle = ['own', 'fellow', 'resting', ...all] as const;

interface Wall {
  readonly about: string;
  readonly mine: string;
  readonly read: readonly Comer[];
  /** A change of a row of `own` in the pool, and who may make it. */
  readonly change: readonly [string, readonly Comer[]];
  readonly add: readonly [string, readonly Comer[]];
  readonly remove: readonly Comer[];
}
const me = `coalesce(core.viewer_person(), (select p.id from core.person p limit 1))`;

/** Every table of the room: who reads, changes, adds and removes what is of `own` and their pool. */
const walls: Readonly<Record<string, () => Wall>> = {
  'core.pool': () => ({
    about: 'who is in a pool or keeps it sees it; who keeps it changes it; nobody adds one already open',
    mine: `id = '${at.pool}'`,
    read: circle,
    change: [`hours_a_year = 61`, all],
    add: [
      `(slug, language, name, purpose, province, cents_an_hour, hours_a_year, state, made_by) values ('p-' || gen_random_uuid(), 'nl', '{"nl":"x"}', '{"nl":"x"}', 'PV25', 0, 1, 'open', ${me})`,
      ['house', 'operator'],
    ],
    remove: ['house', 'operator'],
  }),
  'core.pool_keeper': () => ({
    about: 'only who keeps a pool sees who keeps it, and nobody makes themselves its keeper',
    mine: `pool = '${at.pool}'`,
    read: all,
    change: [`since = core.today()`, ['house', 'operator']],
    add: [`(pool, person) values ('${at.pool}', ${me})`, []],
    remove: all,
  }),
  'core.pool_expert': () => ({
    about: 'an expert sees and changes their own line; who keeps the pool reads it and changes no word of it',
    mine: `id = '${at.expert}'`,
    read: ['own', ...all],
    change: [`experience = 'anders'`, ['own', 'house', 'operator']],
    add: [
      `(pool, person_id, state, called, name_form, language, since) values ('${at.pool}', ${me}, 'in', 'x', 'name', 'nl', core.today())`,
      ['house', 'operator'],
    ],
    remove: ['house', 'operator'],
  }),
  'core.expert_told': () => ({
    about: 'what an expert tells of themselves nobody reads but they',
    mine: `expert = '${at.expert}'`,
    read: ['own', 'house'],
    change: [`answer = '41-60'`, ['own', 'house']],
    add: [`(expert, question, answer) values ('${at.expert}', 'days', 'work')`, ['own', 'house']],
    remove: ['own', 'house'],
  }),
  'core.pool_call': () => ({
    about: 'the pool sees what it is asked; only who keeps it asks',
    mine: `id = '${at.call}'`,
    read: circle,
    change: [`people = 2`, all],
    add: [
      `(pool, language, what, minutes, people, made_by) values ('${at.pool}', 'nl', 'Nog iets', 60, 1, ${me})`,
      all,
    ],
    remove: ['house', 'operator'],
  }),
  'core.pool_invitation': () => ({
    about:
      'what one expert was asked and paid is theirs and the keeper’s to see; the answer is theirs to give',
    mine: `id = '${at.invitation}'`,
    read: ['own', ...all],
    change: [`answer = 'yes', answered_on = core.today()`, ['own', 'house', 'operator']],
    add: [
      `(call, expert, minutes_asked, answer, answered_on) select '${at.call}', '${at.expert}', 60, 'yes', core.today()`,
      [],
    ],
    remove: ['house', 'operator'],
  }),
  'core.pool_held': () => ({
    about: 'what the house holds of numbers of people nobody else reads',
    mine: `pool = '${at.pool}'`,
    read: ['house', 'operator'],
    change: [`people = 4`, ['house', 'operator']],
    add: [`(pool, question, answer, people) values ('${at.pool}', 'x', 'x', 1)`, ['house', 'operator']],
    remove: ['house', 'operator'],
  }),
};

const undone = new Error('undone');
/** How many rows a statement reached, or that it was refused; nothing of it stays. */
async function reached(viewer: Viewer, statement: string, first?: string): Promise<number | 'refused'> {
  let rows: number | 'refused' = 'refused';
  await withViewer(viewer, async (tx) => {
    if (first) await sql.raw(first).execute(tx);
    const done = await sql.raw(statement).execute(tx);
    rows = Number(done.numAffectedRows ?? done.rows.length);
    throw undone;
  }).catch((error: unknown) => {
    if (error === undone) return;
    rows = 'refused';
    const text = error instanceof Error ? error.message : '';
    if (
      !/row-level security|permission denied|changes|answers|says|does not become|read-only|duplicate key/.test(
        text,
      )
    )
      throw error;
  });
  return rows;
}

for (const [table, wall] of Object.entries(walls))
  test(`${table}: every kind of comer reads, changes, adds and removes what the sentence says, and no more`, async () => {
    const { about, mine, read, change, add, remove } = wall();
    const unexpected: string[] = [];
    const expects = async (comer: Comer, deed: string, statement: string, may: readonly Comer[]) => {
      const rows = await reached(who[comer], statement);
      const did = rows !== 'refused' && rows > 0;
      if (did !== may.includes(comer)) unexpected.push(`${comer} ${deed} (${rows}): ${about}`);
    };
    for (const comer of comers) {
      await expects(comer, 'reads', `select 1 from ${table} where ${mine}`, read);
      await expects(comer, 'changes', `update ${table} set ${change[0]} where ${mine}`, change[1]);
      await expects(comer, 'adds', `insert into ${table} ${add[0]}`, add[1]);
      await expects(comer, 'removes', `delete from ${table} where ${mine}`, remove);
    }
    expect(unexpected).toEqual([]);
  });

const tries = (viewer: Viewer, statement: string) => reached(viewer, statement);

test('who asks to be in a pool does not let themselves in, and nobody asks for somebody else', async () => {
  const asker = who.asker.id ?? '';
  expect(
    await tries(
      who.asker,
      `update core.pool_expert set state = 'in', since = core.today() where person_id = '${asker}'`,
    ),
  ).toBe('refused');
  const forAnother = `insert into core.pool_expert (pool, person_id, called, name_form, language) values ('${at.pool}', '${who.partner.id}', 'x', 'name', 'nl')`;
  expect(await tries(who.stranger, forAnother)).toBe('refused');
});

test('the keeper says what was paid but neither answers nor says what was received; the expert pays themselves nothing', async () => {
  const on = (set: string) => `update core.pool_invitation set ${set} where id = '${at.invitation}'`;
  const paid = on(`paid_cents = 100, paid_way = 'money', paid_on = core.today()`);
  const received = on(`received = 'yes', received_on = core.today()`);
  expect(await tries(who.keeper, paid)).toBe(1);
  expect(await tries(who.keeper, received)).toBe('refused');
  expect(await tries(who.own, paid)).toBe('refused');
  expect(await tries(who.own, received)).toBe(1);
  const given = on(`minutes_given = 60, given_on = core.today(), given_told_by = 'keeper'`);
  expect(await tries(who.own, given)).toBe('refused');
  expect(await tries(who.keeper, given)).toBe(1);
});

test('nobody lets somebody else go from a pool', async () => {
  const leaves = (viewer: Viewer) =>
    withViewer(viewer, async (tx) => {
      const { rows } = await sql<{
        gone: boolean;
      }>`select core.leave_pool(${at.expert}::uuid, true) as gone`.execute(tx);
      return rows[0]?.gone;
    });
  for (const comer of ['stranger', 'fellow', 'keeper', 'other keeper', 'partner', 'admin'] as const)
    expect(await leaves(who[comer]), comer).toBe(false);
});

test('a facilitator makes a pool only where they are trusted', async () => {
  const scope = { kind: 'province', id: 'PV26' } as const;
  const elsewhere = await aPerson('Ans', [{ role: 'facilitator', scope }]);
  const make = (maker: Viewer) =>
    `insert into core.pool (slug, language, name, purpose, province, cents_an_hour, hours_a_year, made_by) values ('p-x', 'nl', '{"nl":"x"}', '{"nl":"x"}', 'PV25', 0, 1, '${maker.id}')`;
  expect(await tries(elsewhere, make(elsewhere))).toBe('refused');
  expect(await tries(who['other keeper'], make(who['other keeper']))).toBe(1);
  expect(await tries(who.partner, make(who.partner))).toBe('refused');
});

test('the walls let an expert go from one state to another exactly where the room does', async () => {
  const pool = await aPool({ keeper: who.keeper });
  const person = (await aPerson('Gaat')).id ?? '';
  const columns = (state: string): Record<string, string> => ({
    state: `'${state}'`,
    left_on: state === 'left' ? 'core.today()' : 'null',
    since: ['in', 'resting'].includes(state) ? 'core.today()' : 'null',
    person_id: state === 'left' ? 'null' : `'${person}'`,
    called: state === 'left' ? 'null' : `'Gaat'`,
    name_form: `'name'`,
    language: `'nl'`,
  });
  const unexpected: string[] = [];
  for (const from of expertStates)
    for (const to of expertStates.filter((state) => state !== from)) {
      const [before, after] = [columns(from), Object.entries(columns(to))];
      const rows = await reached(
        operator,
        `update core.pool_expert set ${after.map(([name, value]) => `${name} = ${value}`).join()} where pool = '${pool.id}'`,
        `insert into core.pool_expert (pool, ${Object.keys(before).join()}) values ('${pool.id}', ${Object.values(before).join()})`,
      );
      const room = expertDeeds.some((deed) => {
        const stands = expertAfter(from, deed);
        return stands.ok && stands.value === to;
      });
      if ((rows === 1) !== room) unexpected.push(`${from} to ${to}: the walls ${rows}, the room ${room}`);
    }
  expect(unexpected).toEqual([]);
});
