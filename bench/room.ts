import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { leaveDatabase } from '#platform/db.server.ts';
import { freePort } from '#platform/database/launch.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { ended, opened } from '../scripts/drills/kill/house.ts';
import { callAll, Ear } from './room/ears.ts';
import {
  aGround,
  allHappened,
  happen,
  judged,
  lateness,
  memoryOf,
  seenIn,
  workOf,
  openBare,
} from './room/ground.ts';
import { liveIn } from './room/minutes.ts';
import { rateOf, send, sendAtOnce } from './room/votes.ts';

// A full room on the built house, on loopback, beside the least that can carry events, both heard by as many phones at the same time.

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '300' },
    votes: { type: 'string', default: '150' },
    storm: { type: 'string', default: '500' },
    rate: { type: 'string', default: '10' },
  },
});
const bounded = (name: keyof typeof values, least: number, most: number): number => {
  const given = Number(values[name]);
  if (Number.isInteger(given) && given >= least && given <= most) return given;
  console.error(`--${name} must be a whole number from ${least} to ${most}.`);
  process.exit(2);
};
const people = bounded('people', 10, 5_000);
const seconds = bounded('seconds', 9, 3_600);
const votesPerSecond = bounded('votes', 1, 2_000);
const storm = bounded('storm', 1, people);
const rateSeconds = bounded('rate', 1, 120);
const kB = (bytes: number) => Math.round(bytes / 100) / 10;
const ms = (time: number) => Math.round(time * 10) / 10;

const home = await mkdtemp(join(tmpdir(), 'steppingstones-room-'));
await chmod(home, 0o755);
delete process.env.DATABASE_URL;
delete process.env.STEPPINGSTONES_SECRET;
process.env.STEPPINGSTONES_VAR = home;
process.env.NODE_ENV = 'production';
const [port, second] = [await freePort(), await freePort()];
const url = `http://127.0.0.1:${port}`;
const { child: bareServer, url: bare } = await openBare();
const database = await openDatabase();
// The first start brings the field in, and is not weighed.
await ended((await opened(home, port)).child, 'SIGTERM');
let house = await opened(home, port);
const pid = () => house.child.pid ?? 0;
const bars: { what: string; measured: string; bar: string; met: boolean }[] = [];
const hold = (what: string, measured: string | number, bar: string, met: boolean) =>
  bars.push({ what, measured: String(measured), bar, met });

try {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const durable = await client.query(
    `select current_setting('fsync') || ' ' || current_setting('synchronous_commit') as so`,
  );
  await client.end();
  const load = { before: loadavg()[0] ?? 0, after: 0 };
  const ground = await aGround(people, 40);

  const weight = { ours: NaN, bare: NaN };
  const [perPerson, inAll] = [
    { ours: NaN, bare: NaN },
    { ours: NaN, bare: NaN },
  ];
  const lived = await liveIn({
    url,
    bare,
    ground,
    seconds,
    votesPerSecond,
    storm,
    restart: async () => {
      await ended(house.child, 'SIGTERM');
      house = await opened(home, port);
    },
    // The second half of the room weighs what a phone weighs; the first also weighs what it takes to carry any.
    connected: async (which, part) => {
      await pause(1_500);
      const now = await memoryOf(which === 'ours' ? pid() : (bareServer.pid ?? 0));
      if (part === 'half') weight[which] = now;
      else perPerson[which] = (now - weight[which]) / (people / 2);
      inAll[which] = now;
    },
  });
  for (const ear of lived.bareEars) ear.leave();

  const events = await allHappened(ground.session);
  const hash = createHash('sha256');
  for (const { id, data } of events) hash.update(`${id} ${data}\n`);
  const whole = hash.digest('base64url');
  const seen = JSON.stringify(Object.entries(await seenIn(ground.session)).sort());
  const otherHash = lived.ears.filter((ear) => ear.fingerprint() !== whole).length;
  const otherCounts = lived.ears.filter(
    (ear) => JSON.stringify(Object.entries(ear.counts.seen).sort()) !== seen,
  ).length;
  const kept = await judged(ground, lived.taken, lived.sent);
  hold(
    `${people} phones heard all ${events.length} events once, in order (hash)`,
    `${people - otherHash} of ${people}`,
    'all',
    otherHash === 0,
  );
  hold(
    'phones whose counts equal the database',
    `${people - otherCounts} of ${people}`,
    'all',
    otherCounts === 0,
  );
  hold(
    'votes taken, lost, doubled',
    `${lived.taken.length}, ${kept.lost}, ${kept.doubled}`,
    '0 lost, 0 doubled',
    kept.lost + kept.doubled + lived.neverTaken === 0,
  );
  hold(
    'a vote is answered, p50 and p99 ms',
    `${ms(lived.voteTimes.p50)}, ${ms(lived.voteTimes.p99)}`,
    '',
    true,
  );
  hold('broadcast p50 ms, ours and bare', `${ms(lived.ours.p50)}, ${ms(lived.bare.p50)}`, '', true);
  hold(
    'broadcast p99 ms, ours and bare',
    `${ms(lived.ours.p99)}, ${ms(lived.bare.p99)}`,
    '<= 2 x bare',
    lived.ours.p99 <= 2 * lived.bare.p99,
  );
  hold(
    'of ours, until the deed is kept, p50 and p99 ms',
    `${ms(lived.kept.p50)}, ${ms(lived.kept.p99)}`,
    '',
    true,
  );
  hold(
    'memory per person kB, ours and bare',
    `${kB(perPerson.ours)}, ${kB(perPerson.bare)} (in all ${Math.round(inAll.ours / 1e6)}, ${Math.round(inAll.bare / 1e6)} MB)`,
    '<= 30',
    perPerson.ours <= 30_000,
  );
  hold(`${storm} phones cut off are all back, ms`, ms(lived.stormed), '', true);
  hold(`a restart, until all ${people} are back, ms`, ms(lived.restarted), '', true);
  hold('votes sent again because of it', lived.sentAgain, '', true);

  // Two processes, one database.
  const other = await opened(home, second);
  const elsewhere: number[] = [];
  const guests = ground.voters
    .slice(0, 50)
    .map(
      ({ word }) =>
        new Ear(
          `http://127.0.0.1:${second}/nl/room/${ground.code}/live`,
          { cookie: `room=${word}` },
          lived.last,
          (late) => void elsewhere.push(late),
        ),
    );
  await callAll(guests);
  for (let time = 0; time < 10; time++) {
    await happen(ground.session);
    await pause(200);
  }
  const [guest] = guests;
  const fresh = ground.voters.flatMap((voter) =>
    ground.statements.map((statement) => ({ voter, statement })),
  );
  const before = guest?.counts.seen ? JSON.stringify(guest.counts.seen) : '';
  for (const { voter, statement } of fresh.slice(0, 400))
    await send(`${url}/nl/room/${ground.code}/vote`, { voter, statement, vote: 'agree', seq: 10_000_000 });
  await pause(2_000);
  const through =
    JSON.stringify(Object.entries(guest?.counts.seen ?? {}).sort()) ===
    JSON.stringify(Object.entries(await seenIn(ground.session)).sort());
  hold(
    'two processes: events told once heard through the other',
    `${elsewhere.length} of 500, p99 ${ms(lateness(elsewhere).p99)} ms`,
    'all',
    elsewhere.length === 500,
  );
  hold(
    'two processes: votes sent to one are counted through the other',
    through ? 'yes' : 'no',
    'yes',
    through && before !== '',
  );
  for (const ear of [...guests, ...lived.ears]) ear.leave();
  await ended(other.child, 'SIGTERM');

  // Everyone at once, and as many as can be.
  const crowd = await aGround(200, 600);
  const vote = `${url}/nl/room/${crowd.code}/vote`;
  const firstVotes = crowd.voters.map((voter) => ({
    voter,
    statement: crowd.statements[0] ?? '',
    vote: 'agree' as const,
    seq: 1,
  }));
  const atOnce = await sendAtOnce(vote, firstVotes);
  const counted = (await seenIn(crowd.session))[1] ?? 0;
  hold(
    '200 first votes at one moment: taken, counted',
    `${atOnce}, ${counted}`,
    '200, 200',
    atOnce === 200 && counted === 200,
  );
  let pair = 200;
  const next = () => {
    const voter = crowd.voters[pair % 200];
    const statement = crowd.statements[Math.floor(pair++ / 200)];
    return voter && statement ? { voter, statement, vote: 'agree' as const, seq: 1 } : null;
  };
  await rateOf(vote, next, 20, 1);
  const from = Object.values(await seenIn(crowd.session)).reduce((sum, many) => sum + many, 0);
  const worked = await workOf(pid());
  const rate = await rateOf(vote, next, 20, rateSeconds);
  const workPerVote = ((await workOf(pid())) - worked) / rate.taken;
  const to = Object.values(await seenIn(crowd.session)).reduce((sum, many) => sum + many, 0);
  hold(
    `durable votes a second over 20 lines (fsync, commit: ${durable.rows[0]?.so})`,
    `${Math.round(rate.perSecond)}, p99 ${ms(rate.p99)} ms`,
    '>= 2500',
    rate.perSecond >= 2_500,
  );
  const least = await rateOf(bare, () => firstVotes[0] ?? null, 20, Math.min(5, rateSeconds));
  hold(
    'the same over a bare server that keeps nothing',
    `${Math.round(least.perSecond)}, p99 ${ms(least.p99)} ms`,
    '',
    true,
  );
  hold('processor time of the house per vote, ms', (workPerVote * 1_000).toFixed(3), '', true);
  hold(
    'of those, taken and standing',
    `${rate.taken}, ${to - from}, ${rate.failed} failed`,
    'equal',
    rate.taken === to - from && rate.failed === 0,
  );

  load.after = loadavg()[0] ?? 0;
  console.table(bars);
  console.log(
    `${people} phones, ${seconds} s, ${votesPerSecond} votes/s; phones, both servers and the database share ${availableParallelism()} cores; load ${load.before.toFixed(1)} -> ${load.after.toFixed(1)}`,
  );
  const met = bars.every((bar) => bar.met);
  console.log(met ? 'All bars are met.' : 'A bar is not met.');
  await mkdir('bench/out', { recursive: true });
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model,
    node: process.versions.node,
    load,
  };
  const { ours, bare: beside, kept: keptIn, voteTimes } = lived;
  const figures = {
    ours,
    bare: beside,
    keptIn,
    voteTimes,
    perPerson,
    inAll,
    rate,
    least,
    workPerVote,
    elsewhere: lateness(elsewhere),
  };
  await writeFile(
    'bench/out/room.json',
    `${JSON.stringify({ at: new Date().toISOString(), people, seconds, votesPerSecond, storm, machine, bars, figures, met }, null, 2)}\n`,
  );
  process.exitCode = met ? 0 : 1;
} finally {
  bareServer.kill('SIGTERM');
  await ended(house.child, 'SIGTERM');
  await leaveDatabase();
  await database.close();
  await rm(home, { recursive: true, force: true });
}
