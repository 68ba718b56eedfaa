import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Party } from '../consulting/access.ts';
import { myPart } from '../consulting/queries.server.ts';
import type { Answered, Judged } from './input.ts';
import './tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-of-answer': { readonly consultation: string };
  }
}

/** The client answers a point of an advice that was handed over. What was answered before stays beside it. */
export async function answerPoint(
  tx: Tx,
  _party: Party,
  { consultation, language }: { consultation: string; language: string },
  { point, said, text, untilDay }: Answered,
  on: Day,
): Promise<Result<null, MessageKey>> {
  const { rows } = await sql<{ may: boolean }>`
    select coalesce(core.point_of(${point}::uuid) = ${consultation}::uuid and core.handed_over(${consultation}::uuid)
      and core.is_client(${consultation}::uuid), false) as may`.execute(tx);
  if (!rows[0]?.may) return refused('consulting.refused.not-there');
  await tx
    .insertInto('core.advice_answer')
    .values({ point, said, language, text, until_day: untilDay, day: on })
    .execute();
  await putOff(tx, 'tell-of-answer', { consultation }, { onlyOnce: `${consultation} ${on}` });
  return ok(null);
}

/** An expert says whether it was an answer; said again it takes the place of what they said before. The answer stays as it was. */
export async function judgeAnswer(
  tx: Tx,
  _party: Party,
  { consultation, language }: { consultation: string; language: string },
  { said, text }: Judged,
  on: Day,
): Promise<Result<null, MessageKey>> {
  const mine = await myPart(tx, consultation);
  const { rows } = await sql<{
    handed: boolean;
  }>`select core.handed_over(${consultation}::uuid) as handed`.execute(tx);
  if (!mine || !rows[0]?.handed) return refused('consulting.refused.not-there');
  const row = { said, text, language: text === null ? null : language, day: on };
  await tx
    .insertInto('core.advice_judgement')
    .values({ consultation, expert: mine.id, ...row })
    .onConflict((clash) => clash.columns(['consultation', 'expert']).doUpdateSet(row))
    .execute();
  return ok(null);
}
