import { remindAskings, sendAskings } from '#modules/initiatives/asking/jobs.server.ts';
import { countWordsAgain } from '#modules/languages/search/jobs.server.ts';
import type { JobBook, NightlyName } from '#platform/jobs/work.server.ts';
import { sendLetter, sweepPost, type AddressOf } from '#platform/mail/send.server.ts';
import type { MailWay } from '#platform/mail/way.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'sweep-post': Record<string, never>;
  }
}

// Until people sign in, nobody has an address here.
const addressOf: AddressOf = async () => null;

/** Everything that can be put off, by name. A room's jobs live in its jobs.server.ts; this is the one place where they come together. */
export const jobBook = (way: MailWay | null): JobBook => ({
  'count-words': countWordsAgain,
  'remind-askings': remindAskings,
  'send-askings': sendAskings,
  'send-mail': ({ letter }) => sendLetter(letter, way, addressOf),
  'sweep-post': sweepPost,
});

/** What is done every night at half past three. */
export const nightly: readonly NightlyName[] = ['count-words', 'remind-askings', 'sweep-post'];
