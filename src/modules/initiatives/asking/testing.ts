import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import type { OpenedLink } from '../links/model.ts';
import { linkNamed } from '../links/queries.server.ts';
import { asAdmin } from '../testing.ts';
import { sendAskings } from './jobs.server.ts';

/** Gives an entry of this test an address of its own, and answers its key. */
export async function withMail(
  adminUrl: string,
  slug: string,
  mail = `post@${slug}.example`,
): Promise<string> {
  const [row] = await asAdmin<{ id: string }>(
    adminUrl,
    'update core.initiative set mail = $2 where slug = $1 returning id',
    [slug, mail],
  );
  if (!row) throw new Error(`There is no entry ${slug}.`);
  return row.id;
}

/** The letters that wait in the post of this test, oldest first: to whom, which, and where their buttons lead. */
export function lettersOf(
  adminUrl: string,
): Promise<{ name: string; to_address: string; language: string; urls: string[] }[]> {
  return asAdmin(
    adminUrl,
    `select name, to_address, language, array(select b->>'url' from jsonb_array_elements(words->'buttons') b) as urls
     from vault.letter where to_address is not null order by posted_at, id`,
  );
}

/** Asks this entry as a campaign would, sends the letter, and answers the word of its links. */
export async function askedWord(adminUrl: string, initiative: string, language = 'nl'): Promise<string> {
  await withViewer(operator, (tx) =>
    tx
      .insertInto('core.asking')
      .values({
        campaign_id: null,
        initiative_id: initiative,
        home: 'https://steppingstones.example',
        language,
        standing: 'waiting',
        asked_by: null,
        sent_at: null,
        reminded_at: null,
        answer: null,
        answered_at: null,
      })
      .execute(),
  );
  await sendAskings();
  const letters = await lettersOf(adminUrl);
  const word = /still-true\/([\w-]{43})\?/.exec(letters.at(-1)?.urls[0] ?? '')?.[1];
  if (!word) throw new Error('No letter went out.');
  return word;
}

/** The link of a word that was mailed. */
export async function opened(word: string): Promise<OpenedLink> {
  const link = await linkNamed(word, 'still-true');
  if (!link) throw new Error('The word opens nothing.');
  return link;
}
