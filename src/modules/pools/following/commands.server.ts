import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Party } from '../consulting/access.ts';
import { consultations, myPart } from '../consulting/queries.server.ts';
import { agreeWhenCarried } from '../advising/agreeing/commands.server.ts';
import { silence } from '../answering/model.ts';
import { daysToCatchUp, daysToFinish, isReminded, type HowItStands } from './model.ts';
import { askedHowItStands, openAdvices } from './queries.server.ts';
import './tables.ts';

/** The client or an expert says how it stands, when both were asked; each says it once a time. */
export async function tellHowItStands(
  tx: Tx,
  _party: Party,
  { consultation, language }: { consultation: string; language: string },
  { said, text }: { readonly said: HowItStands; readonly text: string },
  on: Day,
): Promise<Result<null, MessageKey>> {
  const [found] = await consultations(tx, consultation);
  const mine = await myPart(tx, consultation);
  if (!found || (found.side !== 'client' && !mine)) return refused('consulting.refused.not-there');
  const months = await askedHowItStands(tx, consultation);
  if (months === null) return refused('consulting.refused.not-now');
  await tx
    .insertInto('core.advice_news')
    .values({
      consultation,
      months,
      expert: found.side === 'client' ? null : (mine?.id ?? null),
      said,
      language,
      text,
      day: on,
    })
    .execute();
  return ok(null);
}

/** What is to be written about this night, and to whom. */
export interface Due {
  readonly consultation: string;
  readonly what: 'silent' | 'how-it-stands';
}

/**
 * Every night: settles what the pool agreed once the days are over, takes out quotes that are no longer allowed, asks both sides how it
 * stands, sees who is silent and ends years that are over. Answers which letters are due. Asks a transaction of the house.
 */
export async function followAdvice(tx: Tx, on: Day): Promise<Due[]> {
  await insistOnOperator(tx);
  await sql`select core.look_at_quotes()`.execute(tx);
  const { rows: over } = await sql<{ consultation: string }>`
    select a.consultation from core.advice a join core.consultation c on c.id = a.consultation
    where a.state = 'before-all' and a.until_day < ${on} and c.state = 'underway'`.execute(tx);
  for (const { consultation } of over) await agreeWhenCarried(tx, null, consultation, on);
  const { rows: asked } = await sql<{ consultation: string }>`
    update core.advice_follow_up f set asked_on = ${on} from core.consultation c where c.id = f.consultation and c.state <> 'followed'
      and f.asked_on is null and f.due_on <= ${on} and f.due_on >= ${daysLater(on, -daysToCatchUp)} returning f.consultation`.execute(
    tx,
  );
  await sql`update core.consultation c set state = 'followed' from core.advice a where a.consultation = c.id and c.state in ('advised','answered')
    and (a.handed_on + interval '12 months')::date < ${daysLater(on, -daysToFinish)}`.execute(tx);
  const silent = await remindSilent(tx, on);
  return [
    ...silent.map((consultation) => ({ consultation, what: 'silent' as const })),
    ...asked.map(({ consultation }) => ({ consultation, what: 'how-it-stands' as const })),
  ];
}

async function remindSilent(tx: Tx, on: Day): Promise<string[]> {
  const reminded: string[] = [];
  for (const advice of await openAdvices(tx)) {
    const still = advice.state === 'followed' ? null : silence(advice.handedOn, advice.points, on);
    if (!still) continue;
    const { rows } = await sql<{ consultation: string; remindedOn: Day | null }>`
      select a.consultation, a.reminded_on as "remindedOn" from core.advice a join core.consultation c on c.id = a.consultation
      where c.slug = ${advice.slug}`.execute(tx);
    const [found] = rows;
    if (!found || !isReminded(still.since, found.remindedOn, on)) continue;
    await sql`update core.advice set reminded_on = ${on} where consultation = ${found.consultation}`.execute(
      tx,
    );
    reminded.push(found.consultation);
  }
  return reminded;
}
