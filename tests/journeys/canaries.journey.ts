import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { leaveDatabase, withViewer } from '../../src/platform/db.server.ts';
import type { OpenDatabase } from '../../src/platform/database/open.server.ts';
import { leaveSignIn } from '../../src/platform/sign-in/way.server.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { everyone } from '../matrix/personas.ts';
import { layStates, provinceCodes, slugOf } from '../matrix/states.ts';
import { tellingWalls } from '../matrix/telling-walls.ts';
import { walls } from '../matrix/walls.ts';
import { addressesOf, cookieOf, hangingOn, rowsAbout } from '../support/everywhere.ts';
import { startBuiltServer, type BuiltServer } from '../support/built-server.ts';
import { joinHouse } from '../support/house-database.ts';
import { foundIn, foundInDatabase, plant, type Planted } from '../support/planting.ts';

const stem = 'kanarie';
/** Who keeps or watches over the hidden entry may know of it; everyone else is asked. */
const mayKnowEntry = /^(verifier near(?! without)|editor everywhere|operator|link|member of hidden)/;

let house: BuiltServer;
let database: OpenDatabase;
let teller: Viewer;
let kept: { id: string; slug: string };
let given: { id: string; slug: string };
let hidden: string;
const ofEntry: Planted[] = [];
const ofTelling: Planted[] = [];
const ofOpenTelling: Planted[] = [];
const cookies = new Map<string, string>();

const everyoneMay = [
  { use: 'read', verdict: 'given', audience: 'public', nameForm: 'other' },
  { use: 'translate-people', verdict: 'given', audience: 'public' },
  { use: 'quote-report', verdict: 'given', audience: 'public' },
  { use: 'coding', verdict: 'given', audience: 'public' },
] as const;

beforeAll(async () => {
  house = await startBuiltServer();
  database = await joinHouse(house.home);
  const ids = await layStates(database.adminUrl);
  hidden = ids.hidden;
  teller = await aPerson('Noor');
  // What the teller keeps to themselves, and what anyone may read until it is taken back.
  kept = await aTelling({
    teller,
    says: [`Dit ${stem}blijvendhier`],
    title: `${stem}titelhier`,
    about: [ids.own],
    // To be rendered and quoted by whom the teller shows it; that is nobody yet.
    consents: everyoneMay.filter(({ use }) => use === 'translate-people' || use === 'quote-report'),
  });
  given = await aTelling({
    teller,
    says: [`${stem}opstraat wandelt`, 'En een tweede zin.'],
    title: `${stem}optitel`,
    otherName: `${stem}opnaam`,
    about: [ids.own],
    consents: everyoneMay,
  });
  ofTelling.push(
    { column: 'what was told', word: `${stem}blijvendhier` },
    { column: 'its title', word: `${stem}titelhier` },
  );
  for (const word of ['opstraat', 'optitel', 'opnaam'])
    ofOpenTelling.push({ column: `told in the open: ${word}`, word: `${stem}${word}` });
  ofTelling.push(
    ...(
      await plant(database.adminUrl, stem, await rowsAbout(database.adminUrl, tellingWalls, kept.id), [
        'person',
        'secret',
      ])
    ).planted,
  );
  // Of an entry that is hidden everything is, also what is open of others.
  ofEntry.push(
    ...(
      await plant(database.adminUrl, stem, await rowsAbout(database.adminUrl, walls, hidden), [
        'open',
        'inside',
        'person',
        'secret',
        'place',
      ])
    ).planted,
  );
  // A word of the hidden entry that the address itself holds is not a secret of the row.
  await asAdmin(database.adminUrl, 'update core.initiative set slug = $2 where id = $1', [
    hidden,
    slugOf('hidden'),
  ]);
  for (const persona of await everyone(ids, await provinceCodes(database.adminUrl), database.adminUrl)) {
    if (persona.viewer.kind === 'visitor') cookies.set(persona.name, '');
    if (persona.viewer.kind === 'person') cookies.set(persona.name, await cookieOf(persona.viewer));
  }
}, 400_000);

afterAll(async () => {
  await Promise.all([leaveDatabase(), leaveSignIn()]);
  await database.close();
  await house.stop();
});

const links = (page: string) =>
  [...page.matchAll(/(?:href|src|action)="(\/[^"#]*)"/g)].flatMap(([, path]) => (path ? [path] : []));
const leavesAlone = /^\/(?:[a-z]{2}\/)?(?:leave|sign-out|me\/leave|_app)|\.(?:css|js|woff2|svg|png)$/;

/** Everything one pair of eyes can find: every door with every key, and every link on what it meets, at most `most` pages. */
async function lookEverywhere(
  cookie: string,
  start: readonly string[],
  planted: readonly Planted[],
  most = 260,
): Promise<{ looked: number; hits: string[] }> {
  const waiting = [...start];
  const seen = new Set<string>();
  const hits: string[] = [];
  while (waiting.length > 0 && seen.size < most) {
    const path = (waiting.shift() ?? '').replaceAll('&amp;', '&');
    if (seen.has(path) || leavesAlone.test(path)) continue;
    seen.add(path);
    const answer = await fetch(`${house.url}${path}`, {
      redirect: 'manual',
      headers: { accept: 'text/html,*/*', ...(cookie && { cookie }) },
    });
    const body = await answer.text();
    const whole = `${JSON.stringify([...answer.headers])}\n${body}`;
    for (const column of foundIn(whole, planted)) hits.push(`${path}: ${column}`);
    if (answer.headers.get('content-type')?.includes('html')) waiting.push(...links(body));
  }
  return { looked: seen.size, hits };
}

let sinks = 0;

test('the sweep finds what is there to be found: an open telling is met on the street', async () => {
  const { hits } = await lookEverywhere(
    '',
    addressesOf({ entry: hidden, telling: given }),
    ofOpenTelling,
    120,
  );
  expect(hits.join('\n')).toContain('told in the open');
});

test('no page, list, feed, export or search shows anyone what was not meant for them', async () => {
  expect(ofEntry.length).toBeGreaterThan(25);
  expect(ofTelling.length).toBeGreaterThan(12);
  const hanging = await hangingOn(database.adminUrl, kept.id);
  const hits: string[] = [];
  for (const [name, cookie] of cookies) {
    const planted = mayKnowEntry.test(name) ? ofTelling : [...ofEntry, ...ofTelling];
    const found = await lookEverywhere(
      cookie,
      addressesOf({ entry: hidden, telling: kept, hanging }),
      planted,
      name === 'visitor' ? 400 : 160,
    );
    sinks += found.looked;
    hits.push(...found.hits.map((hit) => `${name}: ${hit}`));
    if (!cookie) continue;
    const own = await fetch(`${house.url}/nl/me/export`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie,
        origin: house.url,
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    hits.push(...foundIn(await own.text(), planted).map((column) => `${name}: own export: ${column}`));
    sinks++;
  }
  expect(hits).toEqual([]);
}, 240_000);

test('nothing of it stands in what is open, in what waits to be done or sent, in a log or in a file', async () => {
  const all = [...ofEntry, ...ofTelling];
  const { places, hits } = await foundInDatabase(database.adminUrl, all, ['pub', 'jobs', 'auth']);
  expect(hits).toEqual([]);
  const letters = await foundInDatabase(database.adminUrl, ofTelling, ['vault']);
  expect(letters.hits.filter((hit) => hit.startsWith('vault.letter'))).toEqual([]);
  const files = (await readdir(house.home, { recursive: true, withFileTypes: true })).filter(
    (file) => file.isFile() && !file.parentPath.includes('postgres'),
  );
  for (const file of files) {
    const text = await readFile(join(file.parentPath, file.name), 'latin1');
    expect([file.name, foundIn(text, all)]).toEqual([file.name, []]);
  }
  sinks += places + 1 + files.length;
  console.log(
    `${ofEntry.length + ofTelling.length} canaries, ${cookies.size} pairs of eyes, ${sinks} places looked at.`,
  );
});

test('what is taken back is nowhere within a minute: no table, no page, no search, no file', async () => {
  const began = Date.now();
  await withViewer(teller, (tx) => sql`select core.take_back(${given.id}, 'nl', 'screen')`.execute(tx));
  let hits: string[] = [];
  do {
    const { hits: left } = await foundInDatabase(database.adminUrl, ofOpenTelling, [
      'core',
      'vault',
      'pub',
      'jobs',
      'auth',
    ]);
    hits = left;
  } while (
    hits.length > 0 &&
    Date.now() - began < 60_000 &&
    (await new Promise((resolve) => setTimeout(resolve, 500, true)))
  );
  expect(hits).toEqual([]);
  for (const name of ['visitor', 'editor everywhere', 'researcher'])
    hits.push(
      ...(
        await lookEverywhere(
          cookies.get(name) ?? '',
          addressesOf({ entry: hidden, telling: given }),
          ofOpenTelling,
          150,
        )
      ).hits,
    );
  expect(hits).toEqual([]);
  console.log(`Taken back and nowhere left after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}, 120_000);
