import { waitingLetters } from '#platform/mail/send.server.ts';
import type { PageServerLoad } from './$types';

/** The local mailbox of a development start: letters that would have left. */
export const load: PageServerLoad = async () => {
  const letters = await waitingLetters();
  return {
    letters: letters.map(({ id, language, to_address, to_person, subject, text, words, posted_at }) => ({
      id,
      language,
      to: to_address ?? to_person ?? '',
      subject,
      text,
      ways: [...words.buttons.map(({ url }) => url), ...(words.unsubscribe ? [words.unsubscribe] : [])],
      at: posted_at.toISOString(),
    })),
  };
};
