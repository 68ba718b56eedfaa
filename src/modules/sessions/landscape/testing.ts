import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#platform/project.server.ts';
import { dice, someOf } from './chance.ts';
import { readGroups, readVotes, type Read } from './reading.ts';
import { matrixOf, unseen, votesOf, type Answer, type Vote } from './votes.ts';

/** Real conversations with reference figures, which are not part of the project: STEPPINGSTONES_POLIS, or beside the project. */
export const polis = process.env.STEPPINGSTONES_POLIS ?? join(projectFolder, '..', 'shared', 'data', 'polis');
export const hasPolis = existsSync(polis);
export const conversations = [
  '15-per-hour-seattle',
  'bg2050-volunteers',
  'brexit-consensus',
  'scoop-hivemind.ubi',
] as const;

const textOf = (...path: string[]): string => readFileSync(join(polis, ...path), 'utf8');

function wholly<Value>(read: Read<Value>): Value {
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** A real conversation: its votes, and the groups that were published. */
export const votesIn = (name: string): Vote[] => wholly(readVotes(textOf(name, 'votes.csv')));
export const groupsIn = (name: string): Map<string, string> =>
  wholly(readGroups(textOf(name, 'participants-votes.csv')));

interface PublishedStatement {
  readonly tid: number;
  readonly 'p-success': number;
  readonly 'p-test': number;
  readonly repness: number;
  readonly 'repness-test': number;
  readonly 'repful-for': string;
}

/** What the reference reckoned for a conversation. */
export interface Reference {
  readonly given: {
    readonly repness: Readonly<Record<string, readonly PublishedStatement[]>>;
    readonly group_aware_consensus: Readonly<Record<string, number>>;
  };
  readonly seconds: number;
  readonly kilobytes: number;
  readonly leftOutAlike: number;
}

export function referenceOf(name: string): Reference {
  const file = (kind: string): unknown => JSON.parse(textOf('reference', `${name}.${kind}.json`));
  const published = file('polisref') as { given_published_groups: Reference['given'] };
  const other = file('reddwarf') as { wall_s: number; peak_rss_kb: number; rss_before_kb: number };
  const stability = file('stability') as { drop10_ARI_mean: number };
  return {
    given: published.given_published_groups,
    seconds: other.wall_s,
    kilobytes: other.peak_rss_kb - other.rss_before_kb,
    leftOutAlike: stability.drop10_ARI_mean,
  };
}

export interface MadeRoom {
  readonly people: number;
  readonly statements: number;
  /** People in each planted group; one group is a room without groups. */
  readonly groups: readonly number[];
  /** How far the groups lie apart, in log-odds; and how much each person tends to agree whatever is said. */
  readonly apart?: number;
  readonly leaning?: number;
  readonly seen?: number;
  readonly seed: number;
}

/** A made-up room, with the group each person was planted in. */
export function aRoomOfVotes(room: MadeRoom): { votes: Vote[]; planted: Record<string, number> } {
  const draw = dice(room.seed);
  const bell = () => Math.sqrt(-2 * Math.log(draw() + 1e-12)) * Math.cos(2 * Math.PI * draw());
  const usual = Array.from({ length: room.statements }, () => ({
    agree: 0.4 + 1.2 * bell(),
    pass: 0.2 * draw(),
  }));
  const shifts = room.groups.map(() => usual.map(() => (draw() < 0.5 ? (room.apart ?? 3) * bell() : 0)));
  const votes: Vote[] = [];
  const planted: Record<string, number> = {};
  let person = 0;
  room.groups.forEach((size, group) => {
    for (let at = 0; at < size; at++, person++) {
      const name = `p${person}`;
      planted[name] = group;
      const leaning = (room.leaning ?? 0.5) * bell();
      const diligence = (room.seen ?? 0.7) * (0.4 + 1.2 * draw());
      usual.forEach(({ agree, pass }, statement) => {
        const chance = [draw(), draw(), draw()] as const;
        if (chance[0] > diligence) return;
        const odds =
          agree + leaning + (room.groups.length > 1 ? ((shifts[group] as number[])[statement] as number) : 0);
        const vote: Answer = chance[1] < pass ? 0 : chance[2] < 1 / (1 + Math.exp(-odds)) ? 1 : -1;
        votes.push({ person: name, statement: `s${statement}`, vote });
      });
    }
  });
  return { votes, planted };
}

/** The same votes in another order. */
export function inAnotherOrder(votes: readonly Vote[], seed: number): Vote[] {
  const draw = dice(seed);
  return votes
    .map((vote) => ({ vote, key: draw() }))
    .sort((one, other) => one.key - other.key)
    .map(({ vote }) => vote);
}

/** The same votes dealt anew among those who saw each statement. */
export function dealtAnew(votes: readonly Vote[], seed: number): Vote[] {
  const matrix = matrixOf(votes);
  const draw = dice(seed);
  const cells = matrix.cells.slice();
  const wide = matrix.statements.length;
  for (let column = 0; column < wide; column++) {
    const places = matrix.people
      .map((_, row) => row * wide + column)
      .filter((cell) => cells[cell] !== unseen);
    for (let last = places.length - 1; last > 0; last--) {
      const [one, other] = [places[last], places[Math.floor(draw() * (last + 1))]] as [number, number];
      [cells[one], cells[other]] = [cells[other] as number, cells[one] as number];
    }
  }
  return votesOf({ ...matrix, cells });
}

/** The votes without those of one in ten people, drawn by chance. */
export function withoutOneInTen(votes: readonly Vote[], seed: number): Vote[] {
  const { people } = matrixOf(votes);
  const kept = new Set(Array.from(someOf(people.length, 0.1, dice(seed)), (row) => people[row]));
  return votes.filter(({ person }) => kept.has(person));
}

/** The groups of those who stand in both, as two lists. */
export function together(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): [number[], number[]] {
  const both = Object.keys(one).filter((person) => other[person] !== undefined);
  return [both.map((person) => one[person] as number), both.map((person) => other[person] as number)];
}
