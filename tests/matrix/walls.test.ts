import { beforeAll, describe, expect, test } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { ownDatabase } from '../support/database.ts';
import { everyone, states, type Persona, type State } from './personas.ts';
import { ofTheEntry, says } from './says.ts';
import { layStates, provinceCodes } from './states.ts';
import { roomWalls } from './room-walls.ts';
import { tellingWalls } from './telling-walls.ts';
import { triedElsewhere, walls, ways } from './walls.ts';

const database = ownDatabase();
const ids = {} as Record<State, string>;
let people: Persona[];

const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

beforeAll(async () => {
  Object.assign(ids, await layStates(database.adminUrl));
  const laid = states.filter((state) => state !== 'absent');
  const codes = await provinceCodes(database.adminUrl);
  // Whoever did something to these entries before anyone of the matrix came.
  await aPerson('someone from before');
  people = await everyone(ids, codes, database.adminUrl);
  // Every table holds at least one row about every entry that is there, or reading nothing would prove nothing.
  for (const [name, { add, about = ofTheEntry }] of Object.entries(walls))
    for (const state of laid) {
      const [row] = await admin(`select from ${name} where ${about}`, [ids[state]]);
      if (!row) await admin(add, [ids[state]]);
    }
});

interface Cell {
  readonly name: string;
  readonly expected: boolean;
  readonly said: boolean;
}

async function matrix(names: readonly string[]): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const name of names) {
    const wall = walls[name];
    if (!wall) throw new Error(`${name} is not in the matrix.`);
    for (const persona of people)
      for (const state of states)
        for (const way of ways) {
          const expected = wall.rule[way](persona, state);
          const said = await says(persona.viewer, name, wall, way, ids[state]);
          cells.push({
            name: `${persona.name}: ${way} ${name} of the entry that is ${state}`,
            expected,
            said,
          });
        }
  }
  return cells;
}

const unexpected = (cells: readonly Cell[]) =>
  cells
    .filter(({ expected, said }) => expected !== said)
    .map(({ name, expected }) => `${name} should be ${expected ? 'let through' : 'refused'}`);

describe('the matrix of walls', () => {
  test('every table behind the walls is in the matrix, or says where its wall is tried', async () => {
    const found = await admin<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('core', 'vault') and c.relkind in ('r', 'p') order by 1`,
    );
    expect(
      found
        .map(({ name }) => name)
        .filter((name) => !walls[name] && !tellingWalls[name] && !roomWalls[name] && !triedElsewhere[name]),
    ).toEqual([]);
  });

  test.each(Object.keys(walls))(
    '%s: the database gives every viewer what the rules give, and nothing else',
    async (name) => {
      const cells = await matrix([name]);
      expect(cells).toHaveLength(people.length * states.length * ways.length);
      expect(unexpected(cells)).toEqual([]);
    },
  );

  test('with row level security off the matrix fails and says where: the wall is real', async () => {
    const toppled = Object.keys(walls);
    for (const name of toppled) await admin(`alter table ${name} disable row level security`);
    const holes = unexpected(await matrix(['core.life_event', 'vault.initiative_place']));
    for (const name of toppled) await admin(`alter table ${name} enable row level security`);
    expect(holes).toContain(
      'person without a grant: read vault.initiative_place of the entry that is hidden should be refused',
    );
    expect(holes).toContain(
      'verifier far: change core.life_event of the entry that is other should be refused',
    );
    expect(holes.length).toBeGreaterThan(100);
  });
});
