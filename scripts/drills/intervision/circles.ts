import { sql } from 'kysely';
import type { AtCircle } from '#modules/learning/intervision/access.ts';
import { doInCircle } from '#modules/learning/intervision/commands.server.ts';
import {
  circleDeeds,
  circleSteps,
  afterDeed,
  newCircle,
  roleOf,
  type Circle,
  type CircleDeed,
} from '#modules/learning/intervision/model.ts';
import { circleOf, fingerprintOf } from '#modules/learning/intervision/queries.server.ts';
import * as round from '#modules/learning/intervision/round/model.ts';
import { aCircle } from '#modules/learning/intervision/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { diagramOf, drawn, inTurns, type Diagram } from '../sequences/diagram.ts';
import { walkAlong, type WalkedRules } from '../sequences/rules.ts';

export interface WalkedCircles {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  readonly reached: Readonly<Record<string, number>>;
  readonly disagreements: readonly string[];
}

/** Walks random deeds along the rule of the steps. */
export const walkCircleRules = (times: number, seed: number, rule = afterDeed): Promise<WalkedRules> =>
  walkAlong(
    { page: 'intervision', states: circleSteps, deeds: circleDeeds, rule, first: () => 'gathering' },
    times,
    seed,
  );

/** A circle as it can be walked: what is in it, or null when it is gone, and what a seat does. */
interface Walkable {
  readonly seats: readonly string[];
  now(): Promise<Circle | null>;
  does(at: number, work: (circle: Circle, seat: string, now: Date) => round.After): Promise<boolean>;
  lapse(): Promise<void>;
}

const length = 24;
const asides = ['bring', 'leave', 'settle'] as const;
type Aside = (typeof asides)[number];

const works: Readonly<
  Record<Exclude<CircleDeed, 'lapse'> | Aside, (circle: Circle, seat: string, now: Date) => round.After>
> = {
  begin: round.begin,
  next: round.goOn,
  stop: round.stop,
  again: round.again,
  end: round.end,
  bring: round.bringCase,
  leave: round.leave,
  settle: (circle, seat) => round.settleNotes(circle, seat, 'none'),
};

/** Whether the page lets this seat do this deed: the way is drawn, and the deed is of their role. */
function may(circle: Circle, seat: string, deed: CircleDeed, diagram: Diagram): boolean {
  if (!diagram.get(circle.step)?.has(deed) || !circle.people.some((each) => each.seat === seat)) return false;
  const role = roleOf(circle, seat);
  const leads = role === 'guide' || role === 'case-giver';
  if (deed === 'begin') return circle.caseGiver !== null && circle.people.length >= 5;
  if (deed === 'next') return role === 'guide';
  if (deed === 'stop') return role === 'case-giver';
  if (deed === 'again') return leads && circle.kept !== null;
  return circle.step === 'gathering' || (leads && circle.kept !== null);
}

async function walk(
  circle: Walkable,
  diagram: Diagram,
  chance: () => number,
  sums: { deeds: number; refused: number; reached: Record<string, number> },
): Promise<string | null> {
  const told: string[] = [];
  for (let step = 0; step < length; step++) {
    const before = await circle.now();
    if (!before) return null;
    const ways = [...(diagram.get(before.step)?.keys() ?? [])] as CircleDeed[];
    const goesOn = chance() < 0.7;
    const usual = ways.filter((deed) => deed !== 'lapse' && deed !== 'stop' && deed !== 'end');
    const deed =
      chance() < 0.35 ? drawn(asides, chance) : goesOn ? drawn(usual, chance) : drawn(circleDeeds, chance);
    const who = whoLikely(before, deed, circle, chance);
    const seat = circle.seats[who] ?? '';
    told.push(`${who} ${deed}`);
    sums.deeds++;
    if (deed === 'lapse') {
      await circle.lapse();
      sums.reached.over = (sums.reached.over ?? 0) + 1;
      return (await circle.now()) === null ? null : `${told.join(', ')}: it still stands`;
    }
    const did = await circle.does(who, works[deed]);
    if (!did) sums.refused++;
    const after = (await circle.now())?.step ?? 'over';
    sums.reached[after] = (sums.reached[after] ?? 0) + 1;
    if (isAside(deed)) {
      const stays = deed === 'leave' && did ? [before.step, 'gathering', 'over'] : [before.step];
      if (!stays.includes(after)) return `${told.join(', ')}: it came to ${after} by the way`;
      continue;
    }
    const can = may(before, seat, deed, diagram);
    const wanted = can ? (diagram.get(before.step)?.get(deed) ?? '') : before.step;
    if (did !== can || after !== wanted)
      return `${told.join(', ')}: the house ${did ? 'did' : 'refused'} it and is at ${after}; the page has ${wanted}`;
  }
  return null;
}

const isAside = (deed: string): deed is Aside => (asides as readonly string[]).includes(deed);

/** More often than not who is likely to do it, so that most walks come to an end. */
function whoLikely(before: Circle, deed: string, { seats }: Walkable, chance: () => number): number {
  const anyone = Math.floor(chance() * seats.length);
  if (deed === 'leave' || chance() < 0.25) return anyone;
  const wanted = deed === 'next' ? 'guide' : deed === 'settle' || deed === 'stop' ? 'case-giver' : null;
  const found = seats.findIndex((seat) => wanted !== null && roleOf(before, seat) === wanted);
  return found >= 0 ? found : anyone;
}

const onPaper = (people: number): Walkable => {
  const seats = Array.from({ length: people }, (_, at) => `seat${at}`);
  let circle: Circle | null = { ...newCircle, people: seats.map((seat) => ({ seat, called: null })) };
  return {
    seats,
    now: () => Promise.resolve(circle),
    does(at, work) {
      const after = circle && work(circle, seats[at] ?? '', new Date(0));
      if (after?.ok) circle = after.value.step === 'over' ? null : after.value;
      return Promise.resolve(after?.ok ?? false);
    },
    lapse() {
      circle = null;
      return Promise.resolve();
    },
  };
};

async function inPostgres(people: number): Promise<Walkable> {
  const phones: (AtCircle & { seat: string })[] = await aCircle(people);
  const word = phones[0]?.word ?? '';
  return {
    seats: phones.map(({ seat }) => seat),
    now: async () => (await circleOf({ word }))?.circle ?? null,
    does: async (at, work) => (await doInCircle(phones[at] ?? { word, own: '' }, work)).ok,
    lapse: async () => {
      await withViewer(house, (tx) =>
        sql`update core.circle set until = now() - interval '1 second' where word_hash = ${fingerprintOf(word)}`.execute(
          tx,
        ),
      );
    },
  };
}

/** Walks random deeds of four to eight phones, on paper or through PostgreSQL where everything stands sealed, beside the diagram. */
export async function walkCircles(
  times: number,
  seed: number,
  where: 'paper' | 'postgres',
  atOnce = where === 'paper' ? 1 : 4,
): Promise<WalkedCircles> {
  const diagram = await diagramOf('intervision');
  const sums = { deeds: 0, refused: 0, reached: {} as Record<string, number> };
  const disagreements: string[] = [];
  await inTurns(times, atOnce, async (sequence) => {
    const chance = chanceOf(seed + sequence);
    const people = 4 + Math.floor(chance() * 5);
    const circle = where === 'paper' ? onPaper(people) : await inPostgres(people);
    const apart = await walk(circle, diagram, chance, sums);
    if (apart !== null) disagreements.push(apart);
  });
  return { sequences: times, ...sums, disagreements };
}
