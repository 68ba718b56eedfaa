import { PgBoss, fromKysely } from 'pg-boss';
import type { Tx } from '../db.server.ts';
import { quietClock, schema, waitingRoom } from './schema.server.ts';

/** Every job that can be put off and what it needs to know: keys, never names or addresses. Rooms add theirs from jobs.server.ts. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Jobs {}

export type JobName = keyof Jobs;

export interface PutOffWishes {
  /** Not before this many seconds from now. */
  readonly startAfterSeconds?: number;
  /** Of jobs with the same name and key at most one waits; it sees what this transaction did, and its data are the newest. */
  readonly onlyOnce?: string;
}

/** What stands in the payload of a waiting job. */
export interface PutOff {
  readonly job: JobName;
  readonly data: unknown;
}

let sender: Promise<PgBoss> | undefined;

/** Reads once, through the first transaction that puts something off, how the queue is made; it never writes by itself. */
async function senderBy(tx: Tx): Promise<PgBoss> {
  sender ??= new PgBoss({
    schema,
    db: fromKysely(tx),
    clock: quietClock,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  })
    .on('error', () => undefined)
    .start();
  return sender.catch((error: unknown) => {
    sender = undefined;
    throw error;
  });
}

/**
 * Puts a job off until after this transaction: it is done at least once when the transaction commits, and never when it
 * does not. It runs as the viewer `house`, soon, or after `startAfterSeconds`.
 */
export async function putOff<Name extends JobName>(
  tx: Tx,
  job: Name,
  data: Jobs[Name],
  { startAfterSeconds, onlyOnce }: PutOffWishes = {},
): Promise<void> {
  const boss = await senderBy(tx);
  const db = fromKysely(tx);
  const payload: PutOff = { job, data };
  const singletonKey = `${job} ${onlyOnce === undefined ? crypto.randomUUID() : `only ${onlyOnce}`}`;
  // Touching the job that waits holds it until this transaction is over, so that it cannot run before our deed is there to be seen.
  const touch = async () => (await boss.update(waitingRoom, payload, { singletonKey, db })).updated > 0;
  if (onlyOnce !== undefined && (await touch())) return;
  const sent = await boss.send(waitingRoom, payload, {
    db,
    singletonKey,
    ...(startAfterSeconds !== undefined && { startAfter: startAfterSeconds }),
  });
  if (sent === null) await touch();
}
