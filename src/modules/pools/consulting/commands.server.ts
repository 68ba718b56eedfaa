import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { wordHash } from '#platform/ids.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../languages/latin/model.ts';
import '../advising/tables.ts';
import type { Asker, Party } from './access.ts';
import { afterDeed, type Asked, type ConsultationDeed } from './model.ts';
import { asksAs, consultations } from './queries.server.ts';
import './tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-of-consultation': { readonly consultation: string; readonly what: 'asked' | 'decided' };
  }
}

interface Asking {
  readonly language: string;
  /** Where the house is: 'https://example.org'. */
  readonly home: string;
  readonly on: Day;
}

/** Asks a pool a question in the name of an institution, and answers its key. Who asks acts for the client from then on. */
export async function askPool(
  tx: Tx,
  asker: Asker,
  asked: Asked,
  { language, home, on }: Asking,
): Promise<Result<{ readonly consultation: string }, MessageKey>> {
  const as = (await asksAs(tx, asker)).find(({ key }) => key === asked.as);
  if (!as) return refused('consulting.refused.as', { field: 'as' });
  const pool = await tx
    .selectFrom('pub.pool')
    .select('id')
    .where('id', '=', asked.pool)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (!pool) return refused('consulting.refused.pool', { field: 'pool' });
  const id = crypto.randomUUID();
  await tx
    .insertInto('core.consultation')
    .values({
      id,
      slug: addressFor(asked.title, 'advies', randomBytes(3).toString('hex')),
      pool: pool.id,
      client_name: asked.clientName,
      client_initiative: as.initiative,
      client_scope_kind: as.scopeKind,
      client_scope_id: as.scopeId,
      title: asked.title,
      question: asked.question,
      may_change: asked.mayChange,
      language,
      deadline: asked.deadline,
      budget_cents: asked.budgetCents,
      why: null,
      home,
      asked_by: asker.id,
      asked_on: on,
      decided_on: null,
    })
    .execute();
  await tx
    .insertInto('core.consultation_client')
    .values({ consultation: id, person: asker.id, since: on, left_on: null })
    .execute();
  await putOff(tx, 'tell-of-consultation', { consultation: id, what: 'asked' });
  return ok({ consultation: id });
}

const whose: Partial<Record<ConsultationDeed, readonly string[]>> = {
  withdraw: ['client'],
  decline: ['keeper'],
  take: ['keeper'],
  stop: ['client', 'keeper'],
};

/** Takes, declines, withdraws or stops a consultation, each by who may. Once it is taken its advice begins as an empty draft. */
export async function decide(
  tx: Tx,
  _party: Party,
  { consultation, deed, why }: { consultation: string; deed: ConsultationDeed; why: string | null },
  on: Day,
): Promise<Result<null, MessageKey>> {
  const [found] = await consultations(tx, consultation);
  if (!found || !whose[deed]?.includes(found.side)) return refused('consulting.refused.not-there');
  const next = afterDeed(found.state, deed);
  if (!next.ok) return refused('consulting.refused.not-now');
  if ((deed === 'decline' || deed === 'stop') && why === null)
    return refused('consulting.refused.why', { field: 'why' });
  const moved = await tx
    .updateTable('core.consultation')
    .set({ state: next.value, why, decided_on: on })
    .where('id', '=', consultation)
    .where('state', '=', found.state)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) return refused('consulting.refused.not-now');
  if (deed === 'take') await sql`insert into core.advice (consultation) values (${consultation})`.execute(tx);
  if (deed === 'take' || deed === 'decline')
    await putOff(tx, 'tell-of-consultation', { consultation, what: 'decided' });
  return ok(null);
}

/** Makes a word with which a colleague comes to act for the client; it opens once, within two weeks, and is kept nowhere. */
export async function giveWord(
  tx: Tx,
  _party: Party,
  consultation: string,
  on: Day,
): Promise<Result<{ readonly word: string; readonly until: Day }, MessageKey>> {
  const [word, until] = [randomBytes(32).toString('base64url'), daysLater(on, 14)];
  const { rows } = await sql<{ given: boolean }>`
    select core.give_client_word(${consultation}::uuid, ${wordHash(word)}, ${until}::date) as given`.execute(
    tx,
  );
  return rows[0]?.given ? ok({ word, until }) : refused('consulting.refused.not-there');
}

/** Comes to act for the client by a word of a colleague; whoever does no longer takes part as an expert or keeper of the pool. */
export async function takeWord(
  tx: Tx,
  _party: Party,
  word: string,
): Promise<Result<{ readonly consultation: string }, MessageKey>> {
  const { rows } = await sql<{ consultation: string | null }>`
    select core.take_client_word(${wordHash(word)}) as consultation`.execute(tx);
  const consultation = rows[0]?.consultation;
  return consultation ? ok({ consultation }) : refused('consulting.refused.not-there');
}
