import { daysLater, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import type { Result } from '#platform/result.ts';
import { aPerson } from '../../people/testing.ts';
import { aSession, aStatement } from '../../sessions/testing.ts';
import { poolKeeperOf } from '../access.ts';
import { layBefore, sayOfWhole, sign } from '../advising/agreeing/commands.server.ts';
import { writePoint } from '../advising/commands.server.ts';
import { anExpert, aPool } from '../testing.ts';
import { askerOf, partyOf } from './access.ts';
import { askPool, decide } from './commands.server.ts';
import type { Asked } from './model.ts';
import { takingPart } from './queries.server.ts';
import { callOneself, letTakePart, linkMeeting } from './taking-part/commands.server.ts';
import './tables.ts';

/** What a deed answered, or a loud end of the test. */
export function done<Value>(answer: Result<Value>): Value {
  if (!answer.ok) throw new Error(`Refused: ${answer.reason}.`);
  return answer.value;
}

/** Someone signed in as a side of a consultation. */
export function aParty(viewer: Viewer) {
  const party = partyOf(viewer);
  if (!party) throw new Error('Nobody is signed in.');
  return party;
}

export function aKeeper(viewer: Viewer) {
  const keeper = poolKeeperOf(viewer);
  if (!keeper) throw new Error('Nobody keeps pools.');
  return keeper;
}

export const aQuestion = (pool: string, on: Day, words: Partial<Asked> = {}): Asked => ({
  pool,
  as: 'province PV25',
  clientName: 'Provincie Gelderland',
  title: 'Wachten op een huis',
  question: 'Wat helpt mensen die op een huis wachten?',
  mayChange: 'Hoe wij volgend jaar plekken verdelen.',
  deadline: daysLater(on, 90),
  budgetCents: 150_000,
  ...words,
});

export interface MadeConsultation {
  readonly pool: { readonly id: string; readonly slug: string };
  readonly keeper: Viewer;
  readonly client: Viewer;
  readonly experts: readonly { readonly id: string; readonly viewer: Viewer }[];
  readonly consultation: string;
  readonly meetings: readonly { readonly id: string; readonly slug: string }[];
}

interface Wish {
  readonly experts?: readonly string[];
  readonly keeper?: Viewer;
  readonly client?: Viewer;
  readonly language?: string;
  readonly words?: Partial<Asked>;
  /** Whether experts choose no name in the advice; else they choose the one they have in the pool. */
  readonly nameless?: boolean;
}

/** A province that asked a pool, which took it and met twice: `aConsultation('2026-11-25', { experts: ['Samira', 'Omar'] })`. */
export async function aConsultation(on: Day, wish: Wish = {}): Promise<MadeConsultation> {
  const keeper = wish.keeper ?? (await aPerson('Noor', [{ role: 'facilitator' }]));
  const pool = await aPool({ keeper });
  const here = { kind: 'province', id: 'PV25' } as const;
  const client = wish.client ?? (await aPerson('Piet', [{ role: 'partner', scope: here }]));
  const asker = askerOf(client);
  if (!asker) throw new Error('Nobody can ask.');
  const experts = [];
  for (const called of wish.experts ?? ['Samira', 'Omar', 'Lina'])
    experts.push({ ...(await anExpert({ pool: pool.id, called })), called });
  const how = { language: wish.language ?? 'nl', home: 'https://house.example', on };
  const { consultation } = done(
    await withViewer(asker, (tx) => askPool(tx, asker, aQuestion(pool.id, on, wish.words), how)),
  );
  const keeps = aKeeper(keeper);
  done(
    await withViewer(keeps, (tx) =>
      decide(tx, aParty(keeper), { consultation, deed: 'take', why: null }, on),
    ),
  );
  for (const { id, viewer, called } of experts) {
    done(await withViewer(keeps, (tx) => letTakePart(tx, keeps, { consultation, expert: id }, on)));
    if (!wish.nameless)
      done(await withViewer(viewer, (tx) => callOneself(tx, aParty(viewer), { consultation, called })));
  }
  const meetings = [];
  for (const title of ['Eerste ontmoeting', 'Tweede ontmoeting']) {
    const session = await aSession({ facilitator: keeper, title, state: 'closed' });
    await aStatement(session.id, `Wachten maakt ziek, zei iemand in de ${title.toLowerCase()}.`);
    done(await withViewer(keeps, (tx) => linkMeeting(tx, keeps, { consultation, session: session.id })));
    meetings.push(session);
  }
  return { pool, keeper, client, experts, consultation, meetings };
}

/** Writes a point of the advice as who keeps the pool, and answers its key. */
export async function aPoint(made: MadeConsultation, text: string): Promise<string> {
  const { keeper, consultation } = made;
  const written = { consultation, point: null, language: 'nl', text };
  done(await withViewer(keeper, (tx) => writePoint(tx, aParty(keeper), written)));
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .selectFrom('core.advice_point')
      .select('id')
      .where('consultation', '=', consultation)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Lays the advice before all, lets every expert say yes, and lets a keeper and the first expert hand it over on this day. */
export async function handOver(made: MadeConsultation, on: Day): Promise<void> {
  const { keeper, experts, consultation } = made;
  const keeps = aKeeper(keeper);
  done(await withViewer(keeps, (tx) => layBefore(tx, keeps, { consultation, days: 10 }, on)));
  for (const { viewer } of experts)
    done(
      await withViewer(viewer, (tx) =>
        sayOfWhole(tx, aParty(viewer), { consultation, language: 'nl' }, { said: 'yes', text: null }, on),
      ),
    );
  for (const viewer of [keeper, experts[0]?.viewer ?? keeper])
    done(await withViewer(viewer, (tx) => sign(tx, aParty(viewer), consultation, on)));
}

/** Under which key an expert of the pool takes part. */
export const partOf = (made: MadeConsultation, expert: string): Promise<string> =>
  withViewer(operator, async (tx) => {
    const found = (await takingPart(tx, made.consultation)).find((each) => each.expert === expert);
    return found?.takesPart ?? '';
  });
