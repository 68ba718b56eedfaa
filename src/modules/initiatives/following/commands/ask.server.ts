import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { wordHash } from '#platform/ids.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { post } from '#platform/mail/post.server.ts';
import { daysToConfirm, daysToStop, mostAsksADay, mostFollowed, type Wish } from '../model.ts';
import { namesOf } from '../queries.server.ts';
import { wishText } from '../telling/model.ts';
import '../tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'ask-follower': { readonly following: string };
  }
}

export interface FollowWish {
  readonly mail: string;
  readonly wish: Wish;
  readonly language: Language;
  /** Where the house is: 'https://example.org'. */
  readonly home: string;
}

/**
 * Writes down that someone wishes to follow, and asks the address for a yes. Does the same, and takes as long, whether the
 * address is known, follows already, or was never seen. Asks a transaction of the house.
 */
export async function askToFollow(tx: Tx, { mail, wish, language, home }: FollowWish): Promise<void> {
  await insistOnOperator(tx);
  const { rows } = await sql<{ id: string }>`
    with who as (insert into vault.follower (mail, home) values (${mail}, ${home})
      on conflict (mail) do update set home = excluded.home returning id)
    insert into vault.following (follower_id, wish, language) select who.id, ${JSON.stringify(wish)}::jsonb, ${language} from who returning id`.execute(
    tx,
  );
  const [row] = rows;
  if (row) await putOff(tx, 'ask-follower', { following: row.id });
}

/** Makes a word that opens for so many days and answers it; it is kept nowhere else: mail it and forget it. Asks a transaction of the house. */
export async function makeFollowerWord(
  tx: Tx,
  follower: string,
  purpose: { readonly confirm: string } | 'stop',
): Promise<string> {
  await insistOnOperator(tx);
  const word = randomBytes(32).toString('base64url');
  const confirms = typeof purpose === 'object';
  await tx
    .insertInto('vault.follower_word')
    .values({
      word_hash: wordHash(word),
      follower_id: follower,
      following_id: confirms ? purpose.confirm : null,
      purpose: confirms ? 'confirm' : 'stop',
      until: sql<Date>`now() + make_interval(days => ${confirms ? daysToConfirm : daysToStop})`,
    })
    .execute();
  return word;
}

/**
 * Mails the address the link to say yes with; who follows the same already hears so instead. An address that was asked
 * three times today, or that follows twenty things, is left in peace. Again does nothing more. Asks a transaction of the house.
 */
export async function askForYes(tx: Tx, following: string): Promise<void> {
  await insistOnOperator(tx);
  const { rows } = await sql<{
    follower: string;
    mail: string;
    home: string;
    wish: Wish;
    language: Language;
    asks: number;
    followed: number;
    same: boolean;
    asked: boolean;
  }>`
    select f.id as follower, f.mail, f.home, g.wish, g.language,
      (select count(*)::int from vault.follower_word w where w.follower_id = f.id and w.made_at > now() - interval '1 day') as asks,
      (select count(*)::int from vault.following o where o.follower_id = f.id and o.confirmed_at is not null) as followed,
      exists (select from vault.following o where o.follower_id = f.id and o.confirmed_at is not null and o.wish = g.wish) as same,
      exists (select from vault.follower_word w where w.following_id = g.id) as asked
    from vault.following g join vault.follower f on f.id = g.follower_id
    where g.id = ${following} and g.confirmed_at is null and f.mail is not null for update of f`.execute(tx);
  const [row] = rows;
  if (!row || row.asked) return;
  const enough = row.asks >= mostAsksADay || row.followed >= mostFollowed;
  if (enough || row.same) await tx.deleteFrom('vault.following').where('id', '=', following).execute();
  if (enough) return;
  const say = speaker(row.language, await catalogueOnDisk());
  const what = wishText(say, row.wish, await namesOf(tx, row.wish, row.language));
  const word = await makeFollowerWord(tx, row.follower, row.same ? 'stop' : { confirm: following });
  await post(tx, {
    to: row.mail,
    language: row.language,
    name: row.same ? 'follow.already' : 'follow.ask',
    values: { what, days: daysToConfirm },
    buttons: [
      {
        label: row.same ? 'mail.follow.see' : 'mail.follow.yes',
        url: `${row.home}/${row.language}/follow/${word}`,
      },
    ],
  });
}
