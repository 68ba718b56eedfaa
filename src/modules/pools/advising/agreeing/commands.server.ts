import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { PoolKeeper } from '../../access.ts';
import type { Party } from '../../consulting/access.ts';
import type { Consultation } from '../../consulting/model.ts';
import { consultations, meetings, myPart } from '../../consulting/queries.server.ts';
import {
  afterDeed,
  canonicalWords,
  isCarried,
  leastMeetings,
  type Advice,
  type AdviceDeed,
  type SaidOfWhole,
} from '../model.ts';
import { adviceOf } from '../queries.server.ts';
import '../tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-of-advice': { readonly consultation: string; readonly what: 'before-all' | 'handed-over' };
  }
}

type Done = Result<null, MessageKey>;

interface Known {
  readonly consultation: Consultation;
  readonly advice: Advice;
}

/** The consultation and its advice for one of its sides that may know of it, after whoever else changes it. */
async function known(tx: Tx, key: string): Promise<Known | null> {
  const [consultation] = await consultations(tx, key);
  if (!consultation || consultation.side === 'client') return null;
  await sql`select from core.advice a where a.consultation = ${key} for update`.execute(tx);
  const advice = await adviceOf(tx, key);
  return advice ? { consultation, advice } : null;
}

function allowed(found: Known | null, deed: AdviceDeed, asKeeper = true): Result<Known, MessageKey> {
  if (!found || (asKeeper && found.consultation.side !== 'keeper'))
    return refused('consulting.refused.not-there');
  const isNow = found.consultation.state === 'underway' && afterDeed(found.advice.state, deed).ok;
  return isNow ? ok(found) : refused('consulting.refused.not-now');
}

/** Lays the advice before all experts for some days. There is a point at least, and the pool met twice. */
export async function layBefore(
  tx: Tx,
  _keeper: PoolKeeper,
  { consultation, days }: { consultation: string; days: number },
  on: Day,
): Promise<Done> {
  const found = allowed(await known(tx, consultation), 'lay-before');
  if (!found.ok) return found;
  const { points, words, round } = found.value.advice;
  if (points.length === 0) return refused('consulting.refused.no-points');
  if (words.length === 0) return refused('consulting.refused.no-experts');
  const held = (await meetings(tx, consultation)).filter(({ state }) => state === 'closed');
  if (held.length < leastMeetings) return refused('consulting.refused.meetings');
  await tx
    .updateTable('core.advice')
    .set({ state: 'before-all', round: round + 1, until_day: daysLater(on, days) })
    .where('consultation', '=', consultation)
    .execute();
  await putOff(tx, 'tell-of-advice', { consultation, what: 'before-all' });
  return ok(null);
}

/** Makes a draft of the advice again; what was signed is no longer signed. */
export async function redraft(tx: Tx, _keeper: PoolKeeper, consultation: string): Promise<Done> {
  const found = allowed(await known(tx, consultation), 'redraft');
  if (!found.ok) return found;
  await tx
    .updateTable('core.advice')
    .set({ state: 'draft', agreed_on: null })
    .where('consultation', '=', consultation)
    .execute();
  return ok(null);
}

/** An expert says what they think of the whole: yes, yes with this beside it, or not yet because. The last one to speak may settle it. */
export async function sayOfWhole(
  tx: Tx,
  party: Party,
  { consultation, language }: { consultation: string; language: string },
  { said, text }: { readonly said: SaidOfWhole; readonly text: string | null },
  on: Day,
): Promise<Done> {
  const found = allowed(await known(tx, consultation), 'agree', false);
  if (!found.ok) return found;
  const mine = await myPart(tx, consultation);
  if (!mine) return refused('consulting.refused.not-there');
  const row = { said, text, language: text === null ? null : language, day: on };
  await tx
    .insertInto('core.advice_word')
    .values({ consultation, round: found.value.advice.round, expert: mine.id, ...row })
    .onConflict((clash) => clash.columns(['consultation', 'round', 'expert']).doUpdateSet(row))
    .execute();
  await agreeWhenCarried(tx, party, consultation, on);
  return ok(null);
}

/** Settles that the pool agrees, when it does on this day; whether it did. The house asks it again once the days are over, and is nobody. */
export async function agreeWhenCarried(
  tx: Tx,
  _party: Party | null,
  consultation: string,
  on: Day,
): Promise<boolean> {
  const advice = await adviceOf(tx, consultation);
  if (advice?.state !== 'before-all' || advice.untilDay === null) return false;
  const said = advice.words.filter(({ counts }) => counts).map((word) => word.said);
  if (!isCarried(said, advice.round, { on, until: advice.untilDay })) return false;
  await tx
    .updateTable('core.advice')
    .set({ state: 'agreed', agreed_on: on })
    .where('consultation', '=', consultation)
    .execute();
  return true;
}

/**
 * Signs an agreed advice, as who keeps the pool or as one of its experts. When both signed it is handed over: its words are written down
 * in one way with their SHA-256, and from then on anyone can read it. Answers whether it was handed over.
 */
export async function sign(
  tx: Tx,
  party: Party,
  consultation: string,
  on: Day,
): Promise<Result<{ readonly handedOver: boolean }, MessageKey>> {
  const found = allowed(await known(tx, consultation), 'hand-over', false);
  if (!found.ok) return found;
  const mine = await myPart(tx, consultation);
  const isKeeper = found.value.consultation.side === 'keeper';
  await tx
    .updateTable('core.advice')
    .set(isKeeper ? { keeper_signed: party.id } : { expert_signed: mine?.id ?? null })
    .where('consultation', '=', consultation)
    .execute();
  const signed = await adviceOf(tx, consultation);
  if (!signed?.keeperSigned || !signed.expertSigned) return ok({ handedOver: false });
  const lot = randomBytes(16).toString('hex');
  const words = canonicalWords({ ...found.value.consultation, handedOn: on }, signed, lot);
  await tx
    .updateTable('core.advice')
    .set({
      state: 'handed-over',
      handed_on: on,
      words,
      hash: createHash('sha256').update(words, 'utf8').digest(),
    })
    .where('consultation', '=', consultation)
    .execute();
  await putOff(tx, 'tell-of-advice', { consultation, what: 'handed-over' });
  return ok({ handedOver: true });
}

/** An expert takes their name, or name and all their words, out of an advice; also who became the client meanwhile may. */
export async function takeBack(
  tx: Tx,
  _party: Party,
  { consultation, all }: { consultation: string; all: boolean },
): Promise<Done> {
  const { rows } = await sql<{ taken: boolean }>`
    select core.take_advice_back(${consultation}::uuid, ${all}) as taken`.execute(tx);
  return rows[0]?.taken ? ok(null) : refused('consulting.refused.not-there');
}
