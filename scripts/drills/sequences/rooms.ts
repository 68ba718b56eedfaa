import { sql } from 'kysely';
import { facilitatorOf, type Facilitator } from '#modules/sessions/access.ts';
import { castVote } from '#modules/sessions/ballots/commands.server.ts';
import { closeSession } from '#modules/sessions/closing/commands.server.ts';
import { shareMinutes } from '#modules/sessions/minutes/commands.server.ts';
import { sessionDeeds, sessionStates, stepKinds, type SessionDeed } from '#modules/sessions/model.ts';
import { closeStep, moveOn, openStep } from '#modules/sessions/steering/commands/way.server.ts';
import { aPhone, aSession, aStatement } from '#modules/sessions/testing.ts';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { diagramOf, drawn, inTurns, type Diagram } from './diagram.ts';

export interface WalkedRooms {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  readonly votes: number;
  readonly closed: number;
  readonly disagreements: readonly string[];
}

const length = 14;
const steps = 3;
const daysUntilShared = 4;

/** A session as the page of states says it must be. */
interface Expected {
  state: string;
  step: number | null;
  began: boolean;
}

const kinds = ['move', 'move', 'move', 'open-step', 'close-step', 'vote', 'vote', 'force'] as const;

/** Walks random deeds of a facilitator and a phone through PostgreSQL, and beside them along the diagrams; also past the deeds, with raw writes. */
export async function walkRooms(times: number, seed: number, atOnce = 6): Promise<WalkedRooms> {
  const diagram = await diagramOf('session');
  const leader = facilitatorOf(await aPerson('Noor', [{ role: 'facilitator' }]));
  if (!leader) throw new Error('Nobody leads.');
  const sums = { deeds: 0, refused: 0, votes: 0, closed: 0 };
  const disagreements: string[] = [];
  await inTurns(times, atOnce, (sequence) =>
    walkRoom(leader, diagram, chanceOf(seed + sequence), sums, disagreements),
  );
  return { sequences: times, ...sums, disagreements };
}

async function walkRoom(
  leader: Facilitator,
  diagram: Diagram,
  chance: () => number,
  sums: { deeds: number; refused: number; votes: number; closed: number },
  disagreements: string[],
): Promise<void> {
  const { id } = await aSession({
    facilitator: leader,
    state: 'preparing',
    steps: stepKinds.slice(0, steps),
  });
  const [phone, statement] = [await aPhone(id), await aStatement(id, 'Samen eten helpt.')];
  const expected: Expected = { state: 'preparing', step: null, began: false };
  const told: string[] = [];
  let votes = 0;
  for (let at = 0; at < length; at++) {
    const kind = drawn(kinds, chance);
    const should = { deed: '', can: false, then: { ...expected } };
    let did: Promise<boolean>;
    if (kind === 'move') {
      const deed = wished(diagram, expected.state, chance);
      const to = diagram.get(expected.state)?.get(deed);
      Object.assign(should, { deed, can: to !== undefined });
      if (to) should.then = moved(expected, deed, to);
      did = withViewer(leader, (tx) => move(tx, leader, id, deed));
    } else if (kind === 'vote') {
      Object.assign(should, { deed: 'vote', can: expected.state === 'live' });
      const cast = { statement, said: 'agree' as const, seq: at + 1 };
      did = castVote({ session: id, viewer: phone.ballot }, cast).then(({ ok }) => ok);
    } else if (kind === 'force') {
      const to = drawn(sessionStates, chance);
      const isWay = [...(diagram.get(expected.state)?.values() ?? [])].includes(to);
      // Past the deeds only what is a way can be written, and never a close that leaves ballots to be found.
      const can = to === expected.state || (isWay && !(to === 'closed' && votes > 0));
      Object.assign(should, { deed: `force ${to}`, can });
      did = force(leader, id, to);
    } else {
      const position = 1 + Math.floor(chance() * (steps + 1));
      const opens = kind === 'open-step';
      const can = expected.state === 'live' && (opens ? position <= steps : expected.step !== null);
      Object.assign(should, { deed: opens ? `open-step ${position}` : kind, can });
      if (can) should.then.step = opens ? position : null;
      did = withViewer(leader, async (tx) => {
        const done = opens ? await openStep(tx, leader, id, position) : await closeStep(tx, leader, id);
        if (!done.ok) throw refusal;
        return true;
      }).catch(orRefused);
    }
    const done = await did;
    told.push(should.deed);
    sums.deeds++;
    if (!done) sums.refused++;
    if (done && kind === 'vote') votes++;
    if (done && should.deed === 'close') sums.closed++;
    if (should.can) Object.assign(expected, should.then);
    const stands = await standing(id);
    const wanted = `${expected.state} step ${expected.step ?? 'none'}, ${votes > 0 ? 1 : 0} votes, ${votes > 0 && !isOver(expected) ? 1 : 0} to be found`;
    if (done === should.can && stands === wanted) continue;
    disagreements.push(
      `${told.join(', ')}: the house ${done ? 'did' : 'refused'} it and has ${stands}; the page has ${wanted}`,
    );
    break;
  }
  sums.votes += votes;
}

const refusal = new Error('refused');
const orRefused = (error: unknown): boolean => {
  if (error === refusal) return false;
  throw error;
};
const isOver = ({ state }: Expected) => state === 'closed' || state === 'shared';

/** More often than not a deed that goes on from here, so that most walks come to an end. */
function wished(diagram: Diagram, state: string, chance: () => number): SessionDeed {
  const ways = sessionDeeds.filter((deed) => deed !== 'call-off' && diagram.get(state)?.has(deed));
  return ways.length > 0 && chance() < 0.6 ? drawn(ways, chance) : drawn(sessionDeeds, chance);
}

function moved(before: Expected, deed: SessionDeed, to: string): Expected {
  const step = deed === 'begin' ? 1 : deed === 'close' ? null : before.step;
  return { state: to, step, began: before.began || deed === 'begin' };
}

async function move(tx: Tx, leader: Facilitator, session: string, deed: SessionDeed): Promise<boolean> {
  if (deed === 'close') return (await closeSession(tx, leader, session)).ok;
  if (deed !== 'share') return (await moveOn(tx, leader, session, deed)).ok;
  return (await shareMinutes(tx, leader, session, new Date(Date.now() + daysUntilShared * 86_400_000))).ok;
}

/** Writes the state as it comes and takes it back, so that only what the walls say is heard. */
async function force(leader: Facilitator, session: string, to: string): Promise<boolean> {
  const back = new Error('taken back');
  return withViewer(leader, async (tx) => {
    await sql`update core.session set state = ${to}, closed_at = case when ${to} in ('closed','shared') then coalesce(closed_at, now()) end where id = ${session}`.execute(
      tx,
    );
    throw back;
  }).catch((error: unknown) => {
    if (error === back) return true;
    if ((error as { code?: string }).code === '42501') return false;
    throw error;
  });
}

async function standing(session: string): Promise<string> {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{ so: string }>`select format('%s step %s, %s votes, %s to be found', s.state,
        coalesce((select string_agg(t.position::text, '+') from core.session_step t where t.session = s.id and t.state = 'open'), 'none'),
        (select count(*) from core.vote v join core.voter b on b.id = v.voter where b.session = s.id),
        (select count(*) from core.voter b where b.session = s.id and (b.key_hash is not null or b.card is not null))) as so
      from core.session s where s.id = ${session} and s.step is not distinct from
        (select t.position from core.session_step t where t.session = s.id and t.state = 'open')`.execute(tx),
  );
  return rows[0]?.so ?? 'a step that is open elsewhere';
}
