import { PgBoss, systemClock, type Clock, type Queue } from 'pg-boss';
import type pg from 'pg';

export const schema = 'jobs';
/** The one queue: each job in it names the deed it puts off. */
export const waitingRoom = 'put-off';

const hour = 3600;

const ways: Omit<Queue, 'name' | 'policy'> = {
  notify: true,
  expireInSeconds: hour / 4,
  retryLimit: 40,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: hour,
  // What was done, or given up, is forgotten soon.
  deleteAfterSeconds: hour,
  retentionSeconds: 60 * 24 * hour,
};

/** The system's clock without heartbeats of its own, for who only sends. */
export const quietClock: Clock = {
  ...systemClock,
  setInterval: () => undefined,
  clearInterval: () => undefined,
};

/**
 * Makes the schema of the jobs or brings it to the shape this version needs, as the owner whose role `client` has taken,
 * and lets `app` read and write its rows, nothing more.
 */
export async function layJobs(client: pg.Client, app: string): Promise<void> {
  const boss = new PgBoss({
    schema,
    db: {
      executeSql: async (text, values) => client.query(text, values?.length ? [...values] : undefined),
    },
    clock: quietClock,
    supervise: false,
    schedule: false,
  });
  const errors: unknown[] = [];
  boss.on('error', (error) => errors.push(error));
  await boss.start();
  try {
    // Of two jobs with one key, only one waits.
    if (!(await boss.getQueue(waitingRoom)))
      await boss.createQueue(waitingRoom, { ...ways, policy: 'short' });
    await boss.updateQueue(waitingRoom, ways);
    await client.query(`revoke all on schema ${schema} from public`);
    await client.query(`grant usage on schema ${schema} to ${app}`);
    await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${app}`);
  } finally {
    await boss.stop({ graceful: false });
  }
  if (errors.length > 0) throw errors[0];
}
