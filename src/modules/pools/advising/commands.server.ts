import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Party } from '../consulting/access.ts';
import { consultations, myPart } from '../consulting/queries.server.ts';
import type { Laid } from './input.ts';
import { limits, type AdviceState } from './model.ts';
import { quotesToLay, saidThere } from './queries.server.ts';
import './tables.ts';

type Done = Result<null, MessageKey>;
const notThere = () => refused('consulting.refused.not-there' as const);

/** How far the advice of a consultation that is under way is for who asks; null is as if there were none. Others who change it wait. */
async function stateOf(tx: Tx, consultation: string): Promise<AdviceState | null> {
  const [found] = await consultations(tx, consultation);
  if (found?.side === 'client' || found?.state !== 'underway') return null;
  const { rows } = await sql<{ state: AdviceState }>`
    select a.state from core.advice a where a.consultation = ${consultation} for update`.execute(tx);
  return rows[0]?.state ?? null;
}

async function inDraft(tx: Tx, consultation: string): Promise<Done> {
  const state = await stateOf(tx, consultation);
  if (state === null) return notThere();
  return state === 'draft' ? ok(null) : refused('consulting.refused.draft-only');
}

interface Written {
  readonly consultation: string;
  /** Which point; null is a new one. */
  readonly point: string | null;
  readonly language: string;
  readonly text: string;
}

/** Writes a point of the advice, or writes it anew; only in the draft. */
export async function writePoint(
  tx: Tx,
  _party: Party,
  { consultation, point, language, text }: Written,
): Promise<Done> {
  const draft = await inDraft(tx, consultation);
  if (!draft.ok) return draft;
  if (point !== null) {
    const { numUpdatedRows } = await tx
      .updateTable('core.advice_point')
      .set({ language, text })
      .where('id', '=', point)
      .where('consultation', '=', consultation)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? ok(null) : notThere();
  }
  const { last } = await tx
    .selectFrom('core.advice_point')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('consultation', '=', consultation)
    .executeTakeFirstOrThrow();
  const number = ((last as number | null) ?? 0) + 1;
  if (number > limits.points) return refused('consulting.refused.points');
  await tx.insertInto('core.advice_point').values({ consultation, number, language, text }).execute();
  return ok(null);
}

/** Lets a point go, with what stands behind it; those after it move up. Only in the draft. */
export async function letPointGo(
  tx: Tx,
  _party: Party,
  { consultation, point }: { consultation: string; point: string },
): Promise<Done> {
  const draft = await inDraft(tx, consultation);
  if (!draft.ok) return draft;
  const gone = await tx
    .deleteFrom('core.advice_point')
    .where('id', '=', point)
    .where('consultation', '=', consultation)
    .returning('number')
    .executeTakeFirst();
  if (!gone) return notThere();
  const after = await tx
    .selectFrom('core.advice_point')
    .select(['id', 'number'])
    .where('consultation', '=', consultation)
    .where('number', '>', gone.number)
    .orderBy('number')
    .execute();
  for (const { id, number } of after)
    await tx
      .updateTable('core.advice_point')
      .set({ number: number - 1 })
      .where('id', '=', id)
      .execute();
  return ok(null);
}

/** Lays a voice behind a point: own words of who asks, a statement of a meeting, or a quote that may be shown. Only in the draft. */
export async function layVoice(
  tx: Tx,
  _party: Party,
  { consultation, language }: { consultation: string; language: string },
  { point, voice }: Laid,
): Promise<Done> {
  const draft = await inDraft(tx, consultation);
  if (!draft.ok) return draft;
  const here = await tx
    .selectFrom('core.advice_point')
    .select('id')
    .where('id', '=', point)
    .where('consultation', '=', consultation)
    .executeTakeFirst();
  if (!here) return notThere();
  const none = { expert: null, language: null, text: null, statement: null, quote: null };
  if (voice.kind === 'own') {
    const mine = await myPart(tx, consultation);
    if (!mine) return refused('consulting.refused.own-words');
    await tx
      .insertInto('core.advice_voice')
      .values({ ...none, point, kind: 'own', expert: mine.id, language, text: voice.text })
      .execute();
    return ok(null);
  }
  const known = voice.kind === 'statement' ? await saidThere(tx, consultation) : await quotesToLay(tx);
  if (!known.some(({ id }) => id === voice.key)) return notThere();
  await tx
    .insertInto('core.advice_voice')
    .values({ ...none, point, kind: voice.kind, [voice.kind]: voice.key })
    .onConflict((clash) => clash.doNothing())
    .execute();
  return ok(null);
}

/** Lets a voice behind a point go; own words only by whose they are. Only in the draft. */
export async function letVoiceGo(
  tx: Tx,
  _party: Party,
  { consultation, voice }: { consultation: string; voice: string },
): Promise<Done> {
  const draft = await inDraft(tx, consultation);
  if (!draft.ok) return draft;
  const { numDeletedRows } = await tx
    .deleteFrom('core.advice_voice')
    .where('id', '=', voice)
    .where('point', 'in', (from) =>
      from.selectFrom('core.advice_point').select('id').where('consultation', '=', consultation),
    )
    .executeTakeFirst();
  return numDeletedRows === 1n ? ok(null) : notThere();
}

/** An expert says why they see a point otherwise, or takes that back with null; until the advice is agreed. */
export async function seeOtherwise(
  tx: Tx,
  _party: Party,
  { consultation, language }: { consultation: string; language: string },
  { point, text }: { readonly point: string; readonly text: string | null },
): Promise<Done> {
  const state = await stateOf(tx, consultation);
  const mine = await myPart(tx, consultation);
  if (state === null || !mine) return notThere();
  if (state !== 'draft' && state !== 'before-all') return refused('consulting.refused.not-now');
  const here = await tx
    .selectFrom('core.advice_point')
    .select('id')
    .where('id', '=', point)
    .where('consultation', '=', consultation)
    .executeTakeFirst();
  if (!here) return notThere();
  await tx
    .deleteFrom('core.advice_dissent')
    .where('point', '=', point)
    .where('expert', '=', mine.id)
    .execute();
  if (text !== null)
    await tx.insertInto('core.advice_dissent').values({ point, expert: mine.id, language, text }).execute();
  return ok(null);
}
