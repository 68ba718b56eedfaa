import { jobBook, nightly } from '../../../src/jobs.ts';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { startWork } from '#platform/jobs/work.server.ts';
import { log } from '#platform/log.ts';
import type { MailWay } from '#platform/mail/way.server.ts';
import { leaveSignIn } from '#platform/sign-in/way.server.ts';
import { house } from '#platform/viewer.ts';

export interface Work {
  /** Lets what is being done finish for at most `patience` milliseconds, and closes its ways to mail and database. */
  leave(patience: number): Promise<void>;
}

/** Begins to do what was put off, beginning with the letters that waited for this start. */
export async function openWork(appUrl: string, way: MailWay | null): Promise<Work> {
  await withViewer(house, (tx) => putOff(tx, 'sweep-post', {}, { onlyOnce: 'start' }));
  const work = await startWork({ url: appUrl, book: jobBook(way), nightly, log });
  return {
    leave: async (patience) => {
      await work.stop(patience);
      way?.transport.close();
      await Promise.all([leaveDatabase(), leaveSignIn()]);
    },
  };
}
