import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { alike } from '#modules/sessions/landscape/deciding.ts';
import { Folding } from '#modules/sessions/landscape/folding.ts';
import { landscape, type Answer, type Landscape, type Vote } from '#modules/sessions/landscape/landscape.ts';
import {
  aRoomOfVotes,
  conversations,
  dealtAnew,
  groupsIn,
  hasPolis,
  inAnotherOrder,
  polis,
  referenceOf,
  together,
  votesIn,
  withoutOneInTen,
} from '#modules/sessions/landscape/testing.ts';

/**
 * `npm run bench -- landscape [--orders 20] [--shuffles 200] [--leavings 20] [--cold 5]`: the landscape of voices on real conversations
 * beside the reference figures, on a room that goes on voting, and on a large one. The conversations lie where STEPPINGSTONES_POLIS says.
 */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '20' },
    shuffles: { type: 'string', default: '200' },
    leavings: { type: 'string', default: '20' },
    cold: { type: 'string', default: '5' },
    once: { type: 'string' },
  },
});

const rounded = (value: number, digits = 3) => Number(value.toFixed(digits));
const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
const middle = (list: readonly number[]) =>
  [...list].sort((one, other) => one - other)[list.length >> 1] ?? 0;
const groupsOf = (votes: readonly Vote[]) => landscape(votes).groups;
const times = <Value>(many: string, make: (seed: number) => Value): Value[] =>
  Array.from({ length: Number(many) }, (_, seed) => make(seed + 1));

/** In a process of its own, so that nothing is warm: what one landscape takes. */
function once(name: string): void {
  const votes = votesIn(name);
  const before = process.memoryUsage().rss;
  const began = process.threadCpuUsage();
  const { elapsedMs } = landscape(votes);
  const { user, system } = process.threadCpuUsage(began);
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ elapsedMs, workMs: (user + system) / 1000, grown: peak - before, peak }));
}

interface Cold {
  readonly elapsedMs: number;
  readonly workMs: number;
  readonly grown: number;
  readonly peak: number;
}

async function cold(name: string): Promise<Cold[]> {
  const runs: Cold[] = [];
  for (let time = 0; time < Number(values.cold); time++) {
    const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, '--once', name]);
    runs.push(JSON.parse(stdout) as Cold);
  }
  return runs;
}

/** The largest difference from the published measures, relative where they are above one; and whether set and order are the same. */
function exactness(name: string): { same: boolean; worst: number } {
  const { given } = referenceOf(name);
  const ours = landscape(votesIn(name), { groups: groupsIn(name) });
  let [same, worst] = [true, 0];
  const off = (value: number | undefined, other: number) => {
    worst = Math.max(worst, Math.abs((value ?? NaN) - other) / Math.max(1, Math.abs(other)));
  };
  for (const [group, list] of Object.entries(given.repness)) {
    const mine = ours.representative[group] ?? [];
    same &&= mine.length === list.length;
    list.forEach((one, at) => {
      same &&= mine[at]?.statement === String(one.tid) && mine[at].for === one['repful-for'];
      off(mine[at]?.p, one['p-success']);
      off(mine[at]?.pTest, one['p-test']);
      off(mine[at]?.repness, one.repness);
      off(mine[at]?.repnessTest, one['repness-test']);
    });
  }
  for (const [statement, value] of Object.entries(given.group_aware_consensus))
    off(ours.groupInformedConsensus[statement], value);
  return { same, worst };
}

async function conversation(name: string): Promise<object> {
  const votes = votesIn(name);
  const reference = referenceOf(name);
  const groups = groupsOf(votes);
  const { same, worst } = exactness(name);
  const orders = times(values.orders, (seed) => groupsOf(inAnotherOrder(votes, seed)));
  const shuffles = times(values.shuffles, (seed) => groupsOf(dealtAnew(votes, seed)));
  const leavings = groups.shown
    ? times(values.leavings, (seed) => groupsOf(withoutOneInTen(votes, seed)))
    : [];
  const kept = leavings
    .filter(({ shown }) => shown)
    .map(({ members }) => alike(...together(groups.members, members)));
  const runs = await cold(name);
  return {
    conversation: name,
    'same statements': same,
    'largest error': worst.toExponential(1),
    groups: groups.shown ? groups.sizes.join('/') : groups.reason,
    'orders alike': Math.min(
      ...orders.map(({ members, shown, k }) =>
        shown === groups.shown && k === groups.k
          ? shown
            ? alike(...together(groups.members, members))
            : 1
          : 0,
      ),
    ),
    'shuffled shown': `${shuffles.filter(({ shown }) => shown).length}/${shuffles.length}`,
    'left out alike': kept.length > 0 ? rounded(mean(kept)) : '-',
    'still shown': `${kept.length}/${leavings.length}`,
    reference: rounded(reference.leftOutAlike),
    'cold ms': Math.round(middle(runs.map(({ elapsedMs }) => elapsedMs))),
    'least ms': Math.round(Math.min(...runs.map(({ elapsedMs }) => elapsedMs))),
    'work ms': Math.round(middle(runs.map(({ workMs }) => workMs))),
    'reference ms': Math.round(reference.seconds * 1000),
    'grown MB': rounded(middle(runs.map(({ grown }) => grown)) / 1e6, 1),
    'reference MB': rounded(reference.kilobytes / 1000, 1),
    'process MB': Math.round(middle(runs.map(({ peak }) => peak)) / 1e6),
  };
}

/** One vote after the other at 500 people and 300 statements, new people and statements among them, each with all measures anew. */
function folding(): object {
  const { votes } = aRoomOfVotes({ people: 500, statements: 300, groups: [280, 220], seed: 1, seen: 0.8 });
  const folded = new Folding(landscape(votes));
  const took = times('200', (turn) => {
    const began = performance.now();
    folded.fold({
      person: turn % 20 === 0 ? `late${turn}` : `p${(turn * 7) % 500}`,
      statement: turn % 40 === 0 ? `s${300 + turn}` : `s${(turn * 3) % 300}`,
      vote: ((turn % 3) - 1) as Answer,
    });
    folded.landscape();
    return performance.now() - began;
  }).sort((one, other) => one - other);
  return {
    votes: votes.length,
    'p50 ms': rounded(middle(took), 1),
    'p95 ms': rounded(took[190] ?? 0, 1),
    'worst ms': rounded(took.at(-1) ?? 0, 1),
  };
}

function large(): object {
  const { votes } = aRoomOfVotes({
    people: 10_000,
    statements: 1_000,
    groups: [4_000, 3_500, 2_500],
    seed: 2,
    seen: 0.15,
  });
  const found: Landscape = landscape(votes);
  return {
    people: found.participants,
    statements: found.statements,
    votes: found.counted,
    groups: found.groups.sizes.join('/'),
    seconds: rounded(found.elapsedMs / 1000, 1),
  };
}

async function bench(): Promise<void> {
  if (!hasPolis) console.log(`There are no conversations in ${polis}; only made-up rooms are measured.`);
  const rows: object[] = [];
  for (const name of hasPolis ? conversations : []) rows.push(await conversation(name));
  console.table(rows);
  const [fold, room] = [folding(), large()];
  console.table([fold]);
  console.table([room]);
  const load = loadavg().map((each) => each.toFixed(2));
  console.log(`load ${load.join(' ')} on ${cpus().length} cores`);
  await mkdir('bench/out', { recursive: true });
  await writeFile('bench/out/landscape.json', JSON.stringify({ rows, fold, large: room, load }, null, 2));
}

if (values.once) once(values.once);
else await bench();
