import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { post } from '#platform/mail/post.server.ts';
import { makeLink } from '../../links/commands.server.ts';
import { answers, daysToAnswer, daysUntilReminder } from '../model.ts';

interface ToWrite {
  readonly id: string;
  readonly initiative_id: string;
  readonly home: string;
  readonly language: string;
  readonly mail: string | null;
  readonly name: string;
  readonly wish: 'less' | 'never' | null;
  readonly open: boolean;
}

const toWrite = sql`a.id, a.initiative_id, a.home, a.language, i.mail, w.wish, i.standing = 'laid' and c.stopped_at is null as open,
    (select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) as name
  from core.asking a join core.initiative i on i.id = a.initiative_id
  left join core.campaign c on c.id = a.campaign_id
  left join core.asking_wish w on w.initiative_id = i.id`;

/**
 * Writes the letter of the question that waits longest, and answers whether there was one. What can no longer be asked is
 * dropped, and what lost its address says so. Asks a transaction of the house.
 */
export async function sendNextAsking(tx: Tx): Promise<boolean> {
  await insistOnOperator(tx);
  const { rows } = await sql<ToWrite>`select ${toWrite} where a.standing = 'waiting' order by a.laid_at, a.id
    limit 1 for update of a skip locked`.execute(tx);
  const [one] = rows;
  if (!one) return false;
  const wanted = one.open && one.wish !== 'never';
  const sent = wanted && (await writeTo(tx, one, 'still-true.ask'));
  const standing = sent ? 'sent' : wanted ? 'no-address' : 'dropped';
  await sql`update core.asking set standing = ${standing}, sent_at = ${sent ? sql`now()` : null} where id = ${one.id}`.execute(
    tx,
  );
  return true;
}

/** Writes the one reminder of the question that was sent longest ago and waits for it; answers whether there was one. Asks a transaction of the house. */
export async function remindNextAsking(tx: Tx): Promise<boolean> {
  await insistOnOperator(tx);
  const { rows } =
    await sql<ToWrite>`select ${toWrite} where a.standing = 'sent' and a.answer is null and a.reminded_at is null
      and a.sent_at <= now() - make_interval(days => ${daysUntilReminder}) and a.sent_at > now() - make_interval(days => ${daysToAnswer})
      and i.mail is not null and i.standing = 'laid' and c.stopped_at is null and w.wish is null
      and not exists (select from core.asking b where b.initiative_id = a.initiative_id and b.answered_at > a.sent_at)
    order by a.sent_at, a.id limit 1 for update of a skip locked`.execute(tx);
  const [one] = rows;
  if (!one) return false;
  await writeTo(tx, one, 'still-true.remind');
  await sql`update core.asking set reminded_at = now() where id = ${one.id}`.execute(tx);
  return true;
}

/** Answers false when there is no address that a letter can go to. */
async function writeTo(tx: Tx, one: ToWrite, name: string): Promise<boolean> {
  const mail = one.mail ?? '';
  if (!isMailAddress(mail)) return false;
  const language: Language = isLanguage(one.language) ? one.language : 'nl';
  const { word } = await makeLink(tx, {
    initiative: one.initiative_id,
    purpose: 'still-true',
    about: one.id,
    sentTo: mail,
    language,
  });
  const page = `${one.home}/${language}/still-true/${word}`;
  await post(tx, {
    to: mail,
    language,
    name,
    values: { name: one.name },
    buttons: answers.map((answer) => ({
      label: `mail.still-true.${answer}`,
      url: `${page}?answer=${answer}`,
    })),
  });
  return true;
}
