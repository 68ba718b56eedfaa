import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import type { Audience } from '../../src/modules/consent/model.ts';
import { aParagraph, aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { ownDatabase } from '../support/database.ts';
import { everyone } from './personas.ts';
import { says } from './says.ts';
import { layStates, provinceCodes } from './states.ts';
import { tellingStates, tellingWalls, type Hearer, type TellingState } from './telling-walls.ts';
import { ways } from './walls.ts';

const database = ownDatabase();
const ids = {} as Record<TellingState, string>;
let hearers: Hearer[];

const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

beforeAll(async () => {
  const entries = await layStates(database.adminUrl);
  const someone = await aPerson('someone from before');
  const teller = await aPerson('Noor');
  const recorder = await aPerson('Wie het opschreef');
  const reach = (state: TellingState): Audience =>
    state === 'table' || state === 'network' || state === 'public' ? state : 'circle';
  for (const state of tellingStates) {
    const media = randomUUID();
    const { id } = await aTelling({
      says: [
        aParagraph('Dit is wat ik vertel.'),
        { type: 'image', attrs: { id: randomUUID(), lang: 'nl', dir: 'ltr', media, alt: 'Een deur' } },
      ],
      teller: state === 'absent' ? someone : teller,
      ...(state === 'absent' ? {} : { recordedBy: recorder }),
      about: [entries.own],
      openIn: state === 'draft' ? null : state === 'sleeping' ? 14 : 0,
      consents: [
        { use: 'read', verdict: 'given', audience: reach(state), withImage: true },
        { use: 'translate-people', verdict: 'given', audience: 'public' },
        { use: 'quote-report', verdict: 'given', audience: 'public' },
        { use: 'coding', verdict: 'given', audience: 'public' },
      ],
    });
    ids[state] = state === 'absent' ? '0193a000-0000-7000-8000-0000000000ff' : id;
    if (state === 'absent') continue;
    // What of the pictures is not in what was released, nobody else sees.
    await admin(
      `insert into core.media (id, telling, kind, type, bytes, width, height, alt) values ($2, $1, 'photo', 'image/webp', 'x', 1, 1, 'Een deur')`,
      [id, media],
    );
    for (const [name, { add, about }] of Object.entries(tellingWalls)) {
      const [row] = await admin(`select from ${name} where ${about}`, [id]);
      if (!row) await admin(add, [id]);
    }
  }
  await withViewer(teller, (tx) =>
    sql`select core.take_back(${ids['taken back']}, 'nl', 'screen')`.execute(tx),
  );
  const people = await everyone(entries, await provinceCodes(database.adminUrl), database.adminUrl);
  const nothing = { keepsOwn: false, watches: null, network: false, table: false };
  hearers = [
    ...people.map((persona) => ({ ...persona, tellsIt: false })),
    { ...nothing, name: 'teller', viewer: teller, tellsIt: true },
    { ...nothing, name: 'who wrote it down', viewer: recorder, tellsIt: true },
  ];
});

async function unexpected(names: readonly string[]): Promise<string[]> {
  const holes: string[] = [];
  for (const name of names) {
    const wall = tellingWalls[name];
    if (!wall) throw new Error(`${name} is not in the matrix.`);
    for (const hearer of hearers)
      for (const state of tellingStates)
        for (const way of ways) {
          const expected = wall.rule[way](hearer, state);
          if ((await says(hearer.viewer, name, wall, way, ids[state])) !== expected)
            holes.push(
              `${hearer.name}: ${way} ${name} of what is ${state} should be ${expected ? 'let through' : 'refused'}`,
            );
        }
  }
  return holes;
}

describe('the matrix of tellings', () => {
  test.each(Object.keys(tellingWalls))(
    '%s: the database gives every hearer what the teller allowed, and nothing else',
    async (name) => {
      expect(await unexpected([name])).toEqual([]);
    },
  );

  test('with row level security off the matrix fails and says where', async () => {
    const names = Object.keys(tellingWalls);
    for (const name of names) await admin(`alter table ${name} disable row level security`);
    const holes = await unexpected(['core.telling_draft', 'vault.teller_name']);
    for (const name of names) await admin(`alter table ${name} enable row level security`);
    expect(holes).toContain('admin: read core.telling_draft of what is draft should be refused');
    expect(holes).toContain('editor everywhere: read vault.teller_name of what is public should be refused');
    expect(holes.length).toBeGreaterThan(100);
  });
});
