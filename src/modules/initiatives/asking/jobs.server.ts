import { withViewer, type Tx } from '#platform/db.server.ts';
import { putOff, type JobName } from '#platform/jobs/put-off.server.ts';
import { house } from '#platform/viewer.ts';
import { remindNextAsking, sendNextAsking } from './commands/send.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'send-askings': Record<string, never>;
    'remind-askings': Record<string, never>;
  }
}

/** So many letters a minute: nobody's post takes us for a sender of advertisements, and verifiers can follow the answers. */
const atATime = 20;
const pause = 60;

/** Sends the letters of questions that wait, a few at a time; whatever is left follows after a pause. */
export const sendAskings = () => calmly('send-askings', sendNextAsking);

/** Reminds, once, those who were asked three weeks ago and did not answer. */
export const remindAskings = () => calmly('remind-askings', remindNextAsking);

async function calmly(
  job: Extract<JobName, 'send-askings' | 'remind-askings'>,
  next: (tx: Tx) => Promise<boolean>,
): Promise<void> {
  for (let done = 0; done < atATime; done++) if (!(await withViewer(house, next))) return;
  await withViewer(house, (tx) => putOff(tx, job, {}, { startAfterSeconds: pause, onlyOnce: 'all' }));
}
