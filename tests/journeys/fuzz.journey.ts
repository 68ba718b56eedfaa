import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doors } from '../../src/doors.ts';
import { makeLink } from '../../src/modules/initiatives/links/commands.server.ts';
import { locationKey, serviceKey } from '../../src/modules/initiatives/hsds/model.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { leaveDatabase, withViewer } from '../../src/platform/db.server.ts';
import type { OpenDatabase } from '../../src/platform/database/open.server.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { knowByKey } from '../../src/platform/sign-in/persons.server.ts';
import { beginSession } from '../../src/platform/sign-in/sessions.server.ts';
import { leaveSignIn } from '../../src/platform/sign-in/way.server.ts';
import { house as theHouse, type Viewer } from '../../src/platform/viewer.ts';
import { everyone, states, type State } from '../matrix/personas.ts';
import { layStates, provinceCodes, slugOf } from '../matrix/states.ts';
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts';
import { joinHouse } from '../support/house-database.ts';
import { fuzz, type Asker, type FuzzReport } from '../support/fuzz.ts';

// `npm run drills -- fuzz` asks twenty thousand.
const requests = Number(process.env.FUZZ_REQUESTS ?? 500);
const seed = Number(process.env.FUZZ_SEED ?? 20151127);

let house: BuiltServer;
let database: OpenDatabase;
let ids: Record<State, string>;
const people: { viewer: Viewer; asker: Asker }[] = [];

beforeAll(async () => {
  // A house of its own, for here everything is said and done that can be.
  house = await startBuiltServer();
  database = await joinHouse(house.home);
  ids = await layStates(database.adminUrl);
  for (const { name, viewer } of await everyone(
    ids,
    await provinceCodes(database.adminUrl),
    database.adminUrl,
  ))
    if (viewer.kind === 'person' || viewer.kind === 'visitor')
      people.push({ viewer, asker: { name, cookie: '' } });
  await renew();
}, 400_000);

afterAll(async () => {
  await Promise.all([leaveDatabase(), leaveSignIn()]);
  await database.close();
  await house.stop();
});

/** Lets everyone in again; whoever left for good stays away. */
async function renew(): Promise<void> {
  for (const { viewer, asker } of people) {
    if (viewer.kind !== 'person' || viewer.id === null) continue;
    await knowByKey(viewer.id).catch(() => undefined);
    const session = await beginSession(viewer.id, viewer.sure).catch(() => null);
    asker.cookie = session ? `${sessionCookie}=${encodeURIComponent(session)}` : '';
  }
}

/** Words that were mailed to someone, for every purpose. */
async function mailedWords(): Promise<string[]> {
  const [relation] = await asAdmin<{ id: string; from_id: string }>(
    database.adminUrl,
    'select id, from_id from core.relation where upper_inf(recorded) limit 1',
  );
  const wishes = [
    ...(['own', 'hidden', 'proposed', 'withdrawn'] as const).flatMap((state) =>
      (['keep', 'still-true'] as const).map((purpose) => ({ purpose, initiative: ids[state], about: null })),
    ),
    { purpose: 'add' as const, initiative: null, about: null },
    { purpose: 'relation' as const, initiative: relation?.from_id ?? null, about: relation?.id ?? null },
  ];
  return withViewer(theHouse, async (tx) => {
    const words: string[] = [];
    for (const wish of wishes)
      words.push((await makeLink(tx, { ...wish, sentTo: 'post@brug.example', language: 'nl' })).word);
    return words;
  });
}

function tell(
  { asked, byStatus, byMethod, entered, doors: met, forms, slowest }: FuzzReport,
  seconds: number,
): void {
  const list = (counts: ReadonlyMap<string | number, number>) =>
    [...counts]
      .sort(([a], [b]) => String(a).localeCompare(String(b)))
      .map(([key, n]) => `${n}x ${key}`)
      .join(', ');
  console.log(
    `${asked} fuzzed requests (seed ${seed}) in ${seconds.toFixed(0)} s by ${people.length} askers, load ${(loadavg()[0] ?? 0).toFixed(1)}
  answers: ${list(byStatus)}
  methods: ${list(byMethod)}
  doors: ${met.size} of ${Object.keys(doors).length} asked, ${entered.size} entered; ${forms} forms found in their pages
  slowest: ${Math.round(slowest.ms)} ms (${slowest.what.slice(0, 160)})`,
  );
}

test(`${requests} questions that nobody means well break no door`, async () => {
  const slugs = [...states.map(slugOf), 'takecarebnb', 'gemeente-arnhem'];
  const keys = Object.values(ids);
  const began = performance.now();
  const report = await fuzz({
    url: house.url,
    requests,
    seed,
    askers: people.map(({ asker }) => asker),
    words: {
      slug: slugs,
      id: [...keys, ...keys.map(serviceKey), ...keys.map(locationKey)],
      list: [
        'organizations',
        'services',
        'service_at_locations',
        'locations',
        'taxonomies',
        'taxonomy_terms',
      ],
      word: await mailedWords(),
      person: people.flatMap(({ viewer }) => viewer.id ?? []),
    },
    renew,
  });
  tell(report, (performance.now() - began) / 1_000);
  expect(report.offences, report.offences.join('\n')).toEqual([]);
  expect(report.asked).toBe(requests);
  if (requests >= 5_000) {
    expect([...Object.keys(doors)].filter((door) => !report.doors.has(door))).toEqual([]);
    expect(report.forms).toBeGreaterThan(10);
  }
  const errors = (await readFile(join(house.home, 'written.log'), 'utf8'))
    .split('\n')
    .filter((line) => /"level":"error"/.test(line));
  expect(errors.slice(0, 5)).toEqual([]);
}, 3_600_000);
