import { afterAll, beforeAll, expect, test } from 'vitest';
import { doors } from '../../src/doors.ts';
import { leaveDatabase } from '../../src/platform/db.server.ts';
import type { OpenDatabase } from '../../src/platform/database/open.server.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { knowByKey } from '../../src/platform/sign-in/persons.server.ts';
import { beginSession } from '../../src/platform/sign-in/sessions.server.ts';
import { leaveSignIn } from '../../src/platform/sign-in/way.server.ts';
import { triedElsewhere } from '../matrix/doors-elsewhere.ts';
import { specs, verdictOf, type Asked, type Verdict } from '../matrix/doors.ts';
import { everyone, states, type Persona, type State } from '../matrix/personas.ts';
import { layStates, provinceCodes, slugOf } from '../matrix/states.ts';
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts';
import { joinHouse } from '../support/house-database.ts';

let house: BuiltServer;
let database: OpenDatabase;
let ids: Record<State, string>;
const cookies = new Map<Persona, string>();

beforeAll(async () => {
  // A house of its own: its entries in every state would be found by the other journeys.
  house = await startBuiltServer();
  database = await joinHouse(house.home);
  ids = await layStates(database.adminUrl);
  for (const persona of await everyone(ids, await provinceCodes(database.adminUrl), database.adminUrl)) {
    const { kind, id, sure } = persona.viewer;
    if (kind === 'visitor') cookies.set(persona, '');
    if (kind !== 'person' || id === null) continue;
    await knowByKey(id);
    cookies.set(persona, `${sessionCookie}=${encodeURIComponent((await beginSession(id, sure)) ?? '')}`);
  }
}, 400_000);

afterAll(async () => {
  await Promise.all([leaveDatabase(), leaveSignIn()]);
  await database.close();
  await house.stop();
});

type Way = 'GET' | 'POST';
interface Cell {
  readonly name: string;
  readonly expected: Verdict | 'not this way';
  readonly said: string;
}

/**
 * What a door says. Whoever should be refused tries the deed in earnest; whoever may come in knocks with words that no deed
 * takes, so that the matrix itself changes nothing.
 */
async function says(path: string, way: Way, cookie: string, expected: Cell['expected']): Promise<string> {
  const knocks = way === 'POST' && expected === 'in';
  const deed = knocks ? await deedOn(path, cookie) : '';
  const answer = await fetch(`${house.url}${path}${deed}`, {
    method: way,
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      origin: house.url,
      ...(cookie && { cookie }),
      ...(way === 'POST' && { 'content-type': knocks ? 'text/plain' : 'application/x-www-form-urlencoded' }),
    },
    ...(way === 'POST' && { body: knocks ? 'knock' : 'name=Ander&why=omdat+het+moet' }),
  });
  await answer.text();
  if (answer.status === 404) return 'nothing';
  if (answer.status === 405) return 'not this way';
  if (answer.headers.get('location')?.includes('/me/second-factor')) return 'second factor';
  return answer.status >= 500 || answer.status === 403 ? String(answer.status) : 'in';
}

/** The first deed that the page itself offers, as its form names it: '?/save', or nothing when it has only one. */
async function deedOn(path: string, cookie: string): Promise<string> {
  const answer = await fetch(`${house.url}${path}`, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...(cookie && { cookie }) },
  });
  const own = (await answer.text()).replace(/^[^]*<main/, '');
  const forms = [...own.matchAll(/<form[^>]*method="post"[^>]*>/gi)].map(
    ([tag]) => /action="[^"?]*(\?\/[a-z-]+)/i.exec(tag)?.[1] ?? '',
  );
  const button = /formaction="[^"?]*(\?\/[a-z-]+)/i.exec(own)?.[1];
  return forms[0] || button || '';
}

async function cellsOf(route: string): Promise<Cell[]> {
  const spec: Readonly<Partial<Record<Way, Asked>>> = specs[route] ?? {};
  const named = /\[(slug|entry|id)\]/.test(route);
  const cells: Cell[] = [];
  for (const way of ['GET', 'POST'] as const)
    for (const [persona, cookie] of cookies)
      for (const state of named ? states : (['own'] as const)) {
        const asked = spec[way];
        const expected = asked ? verdictOf(asked, persona, state) : 'not this way';
        const path = route
          .replace('/[[lang=language]]', '/nl')
          .replace('[slug]', slugOf(state))
          .replace('[deed]', 'award')
          .replace(/\[(entry|id)\]/, ids[state]);
        const said = await says(path, way, cookie, expected);
        cells.push({
          name: `${persona.name}: ${way} ${route}${named ? ` of the entry that is ${state}` : ''}`,
          expected,
          said,
        });
      }
  return cells;
}

// Ending a session comes last: who tried it is gone.
const last = ['/me/leave', '/sign-out', ']/leave'];
const rank = (route: string) => last.findIndex((end) => route.endsWith(end));
const inOrder = Object.keys(specs).sort((a, b) => rank(a) - rank(b));

test('every door of the house is in the matrix, or names the test that tries it', () => {
  expect(Object.keys(doors).filter((door) => !specs[door] && !triedElsewhere[door])).toEqual([]);
  expect([...Object.keys(specs), ...Object.keys(triedElsewhere)].filter((door) => !(door in doors))).toEqual(
    [],
  );
});

test('every way into every door of the matrix is one that the door declares', () => {
  const ways = (route: string) => Object.keys(doors[route as keyof typeof doors] ?? {}).sort();
  expect(
    inOrder.filter(
      (route) =>
        Object.keys(specs[route] ?? {})
          .sort()
          .join() !== ways(route).join(),
    ),
  ).toEqual([]);
});

test.each(inOrder)(
  '%s opens to whom the rules let in, and to nobody else',
  async (route) => {
    const cells = await cellsOf(route);
    const wrong = cells.filter(({ expected, said }) => expected !== said);
    expect(wrong.map(({ name, expected, said }) => `${name} should be ${expected} and is ${said}`)).toEqual(
      [],
    );
  },
  120_000,
);
