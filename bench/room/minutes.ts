import { setTimeout as pause } from 'node:timers/promises';
import { callAll, Ear } from './ears.ts';
import { happen, keyOf, lateness, type Ground } from './ground.ts';
import { sendUntilTaken, type Cast } from './votes.ts';

export interface Wishes {
  readonly url: string;
  readonly bare: string;
  readonly ground: Ground;
  readonly seconds: number;
  readonly votesPerSecond: number;
  /** How many phones are cut off at one moment, a third of the way. */
  readonly storm: number;
  /** Two thirds of the way: ends the house and starts it again; resolves when it is open. */
  readonly restart: () => Promise<void>;
  readonly connected: (which: 'ours' | 'bare', part: 'half' | 'whole') => Promise<void>;
}

/**
 * Lives some minutes in a full room: votes keep coming, once a second something happens in ours and once in the bare one, phones are
 * cut off together, and the house restarts. How late each is heard leaves out what was said while lines were down.
 */
export async function liveIn(wishes: Wishes) {
  const { ground, seconds } = wishes;
  const times: Record<'ours' | 'bare', { late: number; sent: number }[]> = { ours: [], bare: [] };
  const eared = (which: 'ours' | 'bare', url: string) =>
    ground.voters.map(
      ({ word }) =>
        new Ear(url, { cookie: `room=${word}` }, 0, (late, sent) => void times[which].push({ late, sent })),
    );
  const ours = eared('ours', `${wishes.url}/nl/room/${ground.code}/live`);
  const bare = eared('bare', wishes.bare);
  const half = Math.ceil(ours.length / 2);
  for (const [which, ears] of [
    ['ours', ours],
    ['bare', bare],
  ] as const) {
    await callAll(ears.slice(0, half));
    await wishes.connected(which, 'half');
    await callAll(ears.slice(half));
    await wishes.connected(which, 'whole');
  }

  const down: (readonly [number, number])[] = [];
  const until = performance.now() + seconds * 1_000;
  const votes = voting(wishes, until);
  const [broadcasting, disasters] = [broadcast(wishes, until), disaster(wishes, ours, down)];
  const fell = await disasters;
  const kept = lateness(await broadcasting);
  const voted = await votes;
  const last = await happen(ground.session);
  for (let tries = 0; tries < 200 && ours.some((ear) => ear.last !== String(last)); tries++) await pause(100);
  // The last counts go round within half a second.
  await pause(1_500);
  const steady = (which: 'ours' | 'bare') =>
    lateness(
      times[which]
        .filter(({ sent }) => !down.some(([from, to]) => sent >= from && sent <= to))
        .map(({ late }) => late),
    );
  return {
    ears: ours,
    bareEars: bare,
    last,
    ours: steady('ours'),
    bare: steady('bare'),
    kept,
    ...voted,
    ...fell,
  };
}

async function broadcast({ ground, bare }: Wishes, until: number): Promise<number[]> {
  const kept: number[] = [];
  for (let number = 1; performance.now() < until; number++) {
    const next = performance.now() + 1_000;
    const began = performance.now();
    await happen(ground.session);
    kept.push(performance.now() - began);
    await pause(500);
    const sent = performance.timeOrigin + performance.now();
    const data = JSON.stringify({ kind: 'rendering', about: { sent } });
    await fetch(bare, { method: 'POST', body: `event: room\nid: ${number}\ndata: ${data}\n\n` });
    await pause(Math.max(0, next - performance.now()));
  }
  return kept;
}

async function disaster(
  { seconds, storm, restart }: Wishes,
  ears: readonly Ear[],
  down: (readonly [number, number])[],
) {
  const now = () => performance.timeOrigin + performance.now();
  const back = async (work: () => Promise<void>): Promise<number> => {
    const from = now();
    await work();
    while (ears.some(({ isOpen }) => !isOpen)) await pause(20);
    const to = now();
    down.push([from - 250, to + 1_000]);
    return to - from;
  };
  await pause((seconds * 1_000) / 3);
  const stormed = await back(async () => {
    for (const ear of ears.slice(0, storm)) ear.cut();
    // They hear the line break before they call again.
    await pause(50);
  });
  await pause((seconds * 1_000) / 3);
  const restarted = await back(restart);
  return { stormed, restarted };
}

/** Sends votes at an even pace, whatever the answers do, each until it is taken. */
async function voting({ url, ground, votesPerSecond }: Wishes, until: number) {
  const address = `${url}/nl/room/${ground.code}/vote`;
  const words = ['agree', 'disagree', 'pass'] as const;
  const taken: Cast[] = [];
  const sent = new Map<string, number>();
  const times: number[] = [];
  let [again, never, seq] = [0, 0, 0];
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let many = 0; performance.now() < until;) {
    for (const due = ((performance.now() - began) / 1_000) * votesPerSecond; many < due; many++) {
      const pick = <Of>(list: readonly Of[]) => list[Math.floor(Math.random() * list.length)] as Of;
      const cast: Cast = {
        voter: pick(ground.voters),
        statement: pick(ground.statements),
        vote: pick(words),
        seq: ++seq,
      };
      sent.set(keyOf(ground, cast), seq);
      const from = performance.now();
      under.push(
        sendUntilTaken(address, cast).then((tries) => {
          if (tries === null) return void never++;
          if (tries > 1) again++;
          else times.push(performance.now() - from);
          taken.push(cast);
        }),
      );
    }
    await pause(10);
  }
  await Promise.all(under);
  return { taken, sent, sentAgain: again, neverTaken: never, voteTimes: lateness(times) };
}
