import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { speaker, type Speech } from '#platform/i18n/speech.ts';
import { post } from '#platform/mail/post.server.ts';
import { daysBetween, type News, type Wish } from '../model.ts';
import { lastLine, namesOf, newsOf } from '../queries.server.ts';
import { headOf, newsLines, wishText } from '../telling/model.ts';
import { makeFollowerWord } from './ask.server.ts';
import '../tables.ts';

// The night comes at the same hour, give or take: seven nights later has to be seven days later.
const due = sql`coalesce(f.told_at, (select min(g.confirmed_at) from vault.following g where g.follower_id = f.id))
  <= now() - make_interval(days => ${daysBetween}, hours => -6)`;

/** The first follower after this key for whom a week has passed; null when there is none. Asks a transaction of the house. */
export async function nextToTell(tx: Tx, after: string | null): Promise<string | null> {
  await insistOnOperator(tx);
  const { rows } = await sql<{ id: string }>`select f.id from vault.follower f
    where (${after}::uuid is null or f.id > ${after}) and ${due} order by f.id limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

interface Followed {
  readonly wish: Wish;
  readonly language: Language;
  readonly told_through: number;
}

/**
 * Tells one follower in one mail what changed in all they follow since the last time: exactly the lines of the diary in
 * between, each once. Where nothing changed there is no mail. Answers whether one was written. Asks a transaction of the house.
 */
export async function tellFollower(tx: Tx, follower: string): Promise<boolean> {
  await insistOnOperator(tx);
  const { rows } = await sql<{ mail: string | null; person: string | null; home: string }>`
    select f.mail, f.person_id as person, f.home from vault.follower f where f.id = ${follower} and ${due} for update skip locked`.execute(
    tx,
  );
  const [who] = rows;
  if (!who) return false;
  const followed = await tx
    .selectFrom('vault.following')
    .select(['wish', 'language', sql<number>`told_through`.as('told_through')])
    .where('follower_id', '=', follower)
    .where('confirmed_at', 'is not', null)
    .orderBy('asked_at')
    .execute();
  const language = followed.at(-1)?.language ?? 'nl';
  const say = speaker(language, await catalogueOnDisk());
  const through = await lastLine(tx);
  const told: string[] = [];
  for (const each of followed) {
    const part = await partOf(tx, say, each, through);
    if (part !== null) told.push(part);
  }
  await sql`update vault.following set told_through = ${through} where follower_id = ${follower} and confirmed_at is not null`.execute(
    tx,
  );
  if (told.length === 0) return false;
  const first = Math.min(...followed.map((each) => each.told_through));
  const word = await makeFollowerWord(tx, follower, 'stop');
  const at = `${who.home}/${language}/follow`;
  await post(tx, {
    to: who.person === null ? (who.mail ?? '') : { person: who.person },
    language,
    name: 'digest',
    values: { news: told.join('\n\n') },
    buttons: [{ label: 'mail.digest.see', url: `${at}/${word}?since=${first}` }],
    unsubscribe: `${at}/stop/${word}`,
  });
  await sql`update vault.follower set told_at = now() where id = ${follower}`.execute(tx);
  return true;
}

// Nobody reads more in a mail; the page has all.
const mostTold = 30;
const isolated = (name: string) => `\u2068${name}\u2069`;

async function partOf(
  tx: Tx,
  say: Speech,
  { wish, language, told_through }: Followed,
  through: number,
): Promise<string | null> {
  const news = await newsOf(tx, wish, { since: { number: told_through }, through, most: 1000 }, language);
  const lines = [
    ...news.items.slice(0, mostTold).map((item) => lineOf(say, item)),
    ...leftLines(say, wish, news),
  ];
  if (lines.length === 0) return null;
  const rest = news.items.length - mostTold;
  const head = isolated(wishText(say, wish, await namesOf(tx, wish, language)));
  return [head, ...lines, ...(rest > 0 ? [say('following.digest.more', { count: rest })] : [])].join('\n');
}

function lineOf(say: Speech, item: News['items'][number]): string {
  const [first = ''] = newsLines(say, item);
  return `- ${isolated(headOf(say, item))}: ${first}`;
}

/** That the one entry someone follows left the map; where it went, when it lives on in another. Its name is told no more. */
function leftLines(say: Speech, wish: Wish, { gone }: News): string[] {
  if (wish.entry === null || gone.length === 0) return [];
  return [
    `- ${say(gone.some(({ movedTo }) => movedTo !== null) ? 'following.digest.moved' : 'following.digest.left')}`,
  ];
}
