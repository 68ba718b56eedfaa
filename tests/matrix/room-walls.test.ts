import { beforeAll, describe, expect, test } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aPhone, aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { byBallot, byLink, house, operator, visitor, type Viewer } from '../../src/platform/viewer.ts';
import { ownDatabase } from '../support/database.ts';
import { roomStates, roomWalls, type Comer, type RoomState } from './room-walls.ts';
import { says } from './says.ts';
import { ways } from './walls.ts';

const database = ownDatabase();
const ids = {} as Record<RoomState, string>;
let comers: Comer[];

const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

beforeAll(async () => {
  const before = await aPerson('someone from before');
  const facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  const elsewhere = await aPerson('Bas', [{ role: 'facilitator' }]);
  const others = (
    [
      ['person without a grant', []],
      ['verifier', [{ role: 'verifier' }]],
      ['editor', [{ role: 'editor' }]],
      ['researcher', [{ role: 'researcher' }]],
      ['partner', [{ role: 'partner' }]],
      ['admin', [{ role: 'admin' }]],
      ['privacy officer', [{ role: 'privacy-officer' }]],
    ] as const
  ).map(async ([name, trust]): Promise<Comer> => {
    const viewer = await aPerson(name, trust);
    return { name, viewerIn: () => viewer };
  });
  const phones = {} as Record<RoomState, Record<string, Viewer>>;
  for (const state of roomStates) {
    const made = await aSession({ facilitator, state: state === 'absent' ? 'live' : state });
    const kinds = ['said it', 'is in', 'helps', 'waits', 'went out'] as const;
    const here: Record<string, Viewer> = {};
    for (const kind of kinds) {
      const phone = await aPhone(made.id, { called: kind });
      here[kind] = phone.viewer;
      here[`ballot of who ${kind}`] = phone.ballot;
      await admin(`update core.participant set helps = $2, state = $3 where id = $1`, [
        phone.participant,
        kind === 'helps',
        { waits: 'waiting', 'went out': 'out' }[kind as string] ?? 'in',
      ]);
      if (kind !== 'said it') continue;
      const statement = await aStatement(made.id, 'Samen eten helpt.');
      await admin(`insert into core.statement_author values ($1, $2)`, [statement, phone.participant]);
      await admin(`insert into core.room_deed (phone, deed) values ($1, gen_random_uuid())`, [
        phone.viewer.id,
      ]);
    }
    phones[state] = here;
    ids[state] = state === 'absent' ? '0193a000-0000-7000-8000-0000000000ff' : made.id;
    if (state === 'absent') continue;
    await admin(`insert into core.room_group values ($1, 1)`, [made.id]);
    await admin(
      `insert into core.method (made_by, came_from, title, language, steps) select $1, 'masterclass', 'Onze manier', 'nl', '[{}]' where not exists (select from core.method)`,
      [facilitator.id],
    );
    for (const [name, { add, about }] of Object.entries(roomWalls)) {
      const [row] = await admin(`select from ${name} where ${about}`, [made.id]);
      if (!row) await admin(add, [made.id]);
    }
  }
  const far = await aSession({ facilitator: elsewhere });
  const stranger = await aPhone(far.id);
  const byKind = (kind: string): Comer => ({
    name: `phone of who ${kind}`,
    viewerIn: (state) => phones[state][kind] ?? visitor,
    is: kind as 'is in',
  });
  comers = [
    { name: 'visitor', viewerIn: () => visitor },
    { name: 'link to nothing', viewerIn: () => byLink(null) },
    ...(await Promise.all(others)),
    { name: 'facilitator of it', viewerIn: () => facilitator, is: 'leads' },
    { name: 'facilitator of it without a second factor', viewerIn: () => ({ ...facilitator, sure: false }) },
    { name: 'facilitator of another', viewerIn: () => elsewhere, is: 'leads elsewhere' },
    ...['said it', 'is in', 'helps', 'waits', 'went out'].map(byKind),
    { name: 'phone in another room', viewerIn: () => stranger.viewer },
    { name: 'ballot of who said it', viewerIn: (state) => phones[state]['ballot of who said it'] ?? visitor },
    { name: 'ballot of nobody', viewerIn: () => byBallot('ab'.repeat(32)) },
    { name: 'operator', viewerIn: () => operator, is: 'operator' },
    { name: 'house', viewerIn: () => house, is: 'operator' },
  ];
  expect(before.id).not.toBeNull();
});

async function unexpected(names: readonly string[]): Promise<string[]> {
  const holes: string[] = [];
  for (const name of names) {
    const wall = roomWalls[name];
    if (!wall) throw new Error(`${name} is not in the matrix.`);
    for (const comer of comers)
      for (const state of roomStates)
        for (const way of ways) {
          const expected = wall.rule[way](comer, state);
          if ((await says(comer.viewerIn(state), name, wall, way, ids[state])) !== expected)
            holes.push(
              `${comer.name}: ${way} ${name} of a room that is ${state} should be ${expected ? 'let through' : 'refused'}`,
            );
        }
  }
  return holes;
}

describe('the matrix of rooms', () => {
  test.each(Object.keys(roomWalls))(
    '%s: the database gives everyone who may come what the room gives them, and nothing else',
    async (name) => {
      expect(await unexpected([name])).toEqual([]);
    },
  );

  test('with row level security off the matrix fails and says where', async () => {
    const names = Object.keys(roomWalls);
    for (const name of names) await admin(`alter table ${name} disable row level security`);
    const holes = await unexpected(['core.vote', 'core.participant']);
    for (const name of names) await admin(`alter table ${name} enable row level security`);
    expect(holes).toContain('facilitator of it: read core.vote of a room that is live should be refused');
    expect(holes).toContain('admin: read core.participant of a room that is live should be refused');
    expect(holes.length).toBeGreaterThan(50);
  });
});
