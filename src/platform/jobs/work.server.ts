import { PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import type { JobName, Jobs, PutOff } from './put-off.server.ts';
import { schema, waitingRoom } from './schema.server.ts';

/** What each job does, composed in src/jobs.ts. Each may be done again, and then changes nothing more. */
export type JobBook = { readonly [Name in JobName]: (data: Jobs[Name]) => Promise<unknown> };

/** Jobs that are done every night and need to know nothing. */
export type NightlyName = {
  [Name in JobName]: Jobs[Name] extends Record<string, never> ? Name : never;
}[JobName];

export interface WorkWishes {
  readonly url: string;
  readonly book: JobBook;
  readonly nightly: readonly NightlyName[];
  readonly log: Log;
  /** How many jobs this process does at the same time. */
  readonly hands?: number;
}

export interface Working {
  /** Takes no new job, lets the running ones finish for at most `patience` milliseconds, and leaves the database. */
  stop(patience: number): Promise<void>;
}

/** Does what was put off, as soon as it is there, until it is told to stop; what fails is tried again, later each time. */
export async function startWork({ url, book, nightly, log, hands = 2 }: WorkWishes): Promise<Working> {
  const boss = new PgBoss({
    schema,
    connectionString: url,
    application_name: 'steppingstones jobs',
    max: hands + 1,
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    maintenanceIntervalSeconds: 600,
    // The app owns no index and may not rebuild one.
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('error', (error) => log.tellSurprise(error));
  await boss.start();
  await keepNights(boss, nightly);
  await boss.work<PutOff>(
    waitingRoom,
    { localConcurrency: hands, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 10 },
    async ([job]) => {
      if (job) await doneBy(book, job.data, log);
    },
  );
  return { stop: (patience) => boss.stop({ graceful: true, timeout: patience }) };
}

async function doneBy(book: JobBook, { job, data }: PutOff, log: Log): Promise<void> {
  const deed = Object.hasOwn(book, job) ? (book[job] as (data: unknown) => Promise<unknown>) : undefined;
  try {
    if (!deed) throw new Error(`There is no job '${job}'.`);
    await deed(data);
  } catch (error) {
    log.tellSurprise(error);
    // What failed is kept with its job, and a message may quote an address.
    throw new Error(`The job '${job}' failed.`);
  }
}

/** Writes which jobs are done every night, and forgets the ones that no longer are. A night the house slept through is made up for. */
async function keepNights(boss: PgBoss, nightly: readonly NightlyName[]): Promise<void> {
  for (const { name, key } of await boss.getSchedules())
    if (name === waitingRoom && !(nightly as readonly string[]).includes(key))
      await boss.unschedule(name, key);
  for (const job of nightly) {
    const payload: PutOff = { job, data: {} };
    await boss.schedule(waitingRoom, '30 3 * * *', payload, {
      key: job,
      singletonKey: `${job} of the night`,
      tz: 'Europe/Amsterdam',
      missed: 'once',
    });
  }
}
