import { house } from '#platform/viewer.ts';
import { withViewer } from '#platform/db.server.ts';
import { layOpen } from '../commands.server.ts';
import { asAdmin } from '../testing.ts';
import { askToFollow } from './commands/ask.server.ts';
import { confirmFollowing } from './commands/answer.server.ts';
import { askFollower } from './jobs.server.ts';
import { everything, type Wish } from './model.ts';

export const home = 'https://stenen.example';

/** Changes something of these entries that anyone can see. */
export async function changeOpenly(adminUrl: string, ...slugs: readonly string[]): Promise<void> {
  const rows = await asAdmin<{ id: string }>(
    adminUrl,
    `update core.initiative set website = 'https://example.org/' || uuidv7() where slug = any($1) returning id`,
    [slugs],
  );
  await withViewer(house, (tx) =>
    layOpen(
      tx,
      rows.map(({ id }) => id),
    ),
  );
}

/** A letter as it waits in the outbox of a test. */
export interface PostedLetter {
  readonly name: string;
  readonly language: string;
  readonly to_address: string | null;
  readonly to_person: string | null;
  readonly words: {
    readonly values: Readonly<Record<string, string | number>>;
    readonly buttons: readonly { readonly url: string }[];
    readonly unsubscribe?: string;
  };
}

/** The letters that wait, in the order they were posted. */
export const lettersIn = (adminUrl: string) =>
  asAdmin<PostedLetter>(
    adminUrl,
    'select name, language, to_address, to_person, words from vault.letter order by posted_at, id',
  );

/** The word at the end of an address in a letter. */
export const wordIn = (url: string | undefined): string => (url ?? '').split('?')[0]?.split('/').at(-1) ?? '';

/** Asks to follow as the door does, and does at once what that put off. */
export async function ask(
  adminUrl: string,
  mail: string,
  wish: Partial<Wish> = {},
  language: 'nl' | 'ar' | 'en' = 'nl',
): Promise<void> {
  await withViewer(house, (tx) =>
    askToFollow(tx, { mail, wish: { ...everything, ...wish }, language, home }),
  );
  const [asked] = await asAdmin<{ id: string }>(
    adminUrl,
    'select id from vault.following where confirmed_at is null order by asked_at desc, id desc limit 1',
  );
  if (asked) await askFollower({ following: asked.id });
}

/** Follows with an address, from asking to yes; answers nothing, as the mail has it all. */
export async function follow(
  adminUrl: string,
  mail: string,
  wish: Partial<Wish> = {},
  language: 'nl' | 'ar' | 'en' = 'nl',
): Promise<void> {
  await ask(adminUrl, mail, wish, language);
  const letter = (await lettersIn(adminUrl)).findLast((each) => each.to_address === mail);
  const said = await withViewer(house, (tx) => confirmFollowing(tx, wordIn(letter?.words.buttons[0]?.url)));
  if (!said) throw new Error('Nobody could say yes.');
}

/** Lets so many days pass for every follower. */
export const letPass = (adminUrl: string, days: number) =>
  asAdmin(
    adminUrl,
    `update vault.follower set told_at = told_at - make_interval(days => ${days});
     update vault.following set confirmed_at = confirmed_at - make_interval(days => ${days}), asked_at = asked_at - make_interval(days => ${days});
     update vault.follower_word set made_at = made_at - make_interval(days => ${days}), until = until - make_interval(days => ${days})`,
  );
