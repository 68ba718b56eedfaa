import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { dayIn } from '#platform/i18n/days.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { speaker, type Speech } from '#platform/i18n/speech.ts';
import { post } from '#platform/mail/post.server.ts';
import { wordsFor } from '../../sessions/room/model.ts';
import type { Words } from '../../sessions/model.ts';
import { makeCarrierWord } from '../carrying/commands.server.ts';
import { daysToFinish } from '../model.ts';
import '../tables.ts';

interface Reached {
  readonly carrier: string;
  readonly mail: string;
  readonly language: Language;
  readonly home: string;
  readonly title: Words;
}

interface Due {
  readonly what: Words;
  readonly by_day: Day | null;
}

async function reached(
  tx: Tx,
  carrier: string,
  on: Day,
): Promise<(Reached & { readonly written: Day | null }) | null> {
  const row = await tx
    .selectFrom('core.carrier as c')
    .innerJoin('vault.carrier_address as a', 'a.carrier', 'c.id')
    .innerJoin('core.agenda as g', 'g.session', 'c.session')
    .innerJoin('core.session as s', 's.id', 'c.session')
    .select(['c.id', 'c.language', 'c.written_on', 'a.mail', 'g.home', 's.title'])
    .where('c.id', '=', carrier)
    .where('c.stopped_on', 'is', null)
    // A month after the year nobody is written to any more.
    .where('g.until_day', '>', daysLater(on, -daysToFinish))
    .forUpdate('c')
    .executeTakeFirst();
  if (!row?.home) return null;
  const language = isLanguage(row.language) ? row.language : 'nl';
  return { carrier, mail: row.mail, language, home: row.home, title: row.title, written: row.written_on };
}

const isolated = (text: string) => `\u2068${text}\u2069`;

/** Each promise on a line of its own, in the words it was made in when there are none in the reader's language. */
function lines(say: Speech, due: readonly Due[]): string {
  return due
    .map(({ what, by_day }) => {
      const told = wordsFor(what, [say.language])?.text ?? say('agendas.spoken');
      const when = by_day ? say('agendas.letter.by', { day: dayIn(say.language, by_day) }) : '';
      return `- ${isolated(told)} ${when}`.trim();
    })
    .join('\n');
}

const called = (say: Speech, title: Words) => wordsFor(title, [say.language])?.text ?? '';

/**
 * Mails a carrier what was promised in their name, with a link to say yes or no. Again does nothing more. Who has no address is asked by
 * a card. Asks a transaction of the house.
 */
export async function inviteCarrier(tx: Tx, carrier: string, on: Day, at: Date): Promise<void> {
  await insistOnOperator(tx);
  const who = await reached(tx, carrier, on);
  if (!who) return;
  const { rows: asked } = await sql<Due>`
    select p.what, p.by_day from core.promise_carrier t join core.promise p on p.id = t.promise join core.carrier c on c.id = t.carrier
    where t.carrier = ${carrier} and t.state = 'asked' and p.agenda is not null and p.state not in ('withdrawn') and c.invited_at is null
    order by p.number`.execute(tx);
  if (asked.length === 0) return;
  const say = speaker(who.language, await catalogueOnDisk());
  const word = await makeCarrierWord(tx, carrier, on);
  const at_ = `${who.home}/${who.language}`;
  await post(tx, {
    to: who.mail,
    language: who.language,
    name: 'promise.confirm',
    values: { session: called(say, who.title), promises: lines(say, asked), count: asked.length },
    buttons: [{ label: 'mail.promise.confirm.do', url: `${at_}/promise/${word}` }],
    unsubscribe: `${at_}/check-in/stop/${word}`,
  });
  await tx.updateTable('core.carrier').set({ invited_at: at }).where('id', '=', carrier).execute();
}

/**
 * Mails a carrier one letter about all their promises that are asked on this day, for the first time or once more. Answered meanwhile is
 * not asked; nobody is asked twice on a day. Asks a transaction of the house.
 */
export async function askHowItIs(tx: Tx, carrier: string, day: Day): Promise<void> {
  await insistOnOperator(tx);
  const who = await reached(tx, carrier, day);
  if (!who || (who.written !== null && who.written >= day)) return;
  const { rows: due } = await sql<Due & { again: boolean }>`
    select p.what, p.by_day, k.reminded_on is not null as again
    from core.promise_carrier t join core.promise p on p.id = t.promise join core.promise_check_in k on k.promise = p.id
    where t.carrier = ${carrier} and t.state = 'confirmed' and p.state = 'underway' and k.state = 'asked'
      and (k.asked_on = ${day} or k.reminded_on = ${day}) order by p.number`.execute(tx);
  if (due.length === 0) return;
  const say = speaker(who.language, await catalogueOnDisk());
  const word = await makeCarrierWord(tx, carrier, day);
  const at = `${who.home}/${who.language}/check-in`;
  await post(tx, {
    to: who.mail,
    language: who.language,
    name: due.every(({ again }) => again) ? 'promise.again' : 'promise.how',
    values: { session: called(say, who.title), promises: lines(say, due), count: due.length },
    buttons: [{ label: 'mail.promise.how.do', url: `${at}/${word}` }],
    unsubscribe: `${at}/stop/${word}`,
  });
  await tx.updateTable('core.carrier').set({ written_on: day }).where('id', '=', carrier).execute();
}

/** Tells who carries a promise that someone offers help with it. Asks a transaction of the house. */
export async function tellHelpOffered(tx: Tx, help: string, on: Day): Promise<void> {
  await insistOnOperator(tx);
  const { rows } = await sql<Due & { carrier: string; text: string; from: string | null }>`
    select t.carrier, p.what, p.by_day, h.text, h.called as from from core.promise_help h join core.promise p on p.id = h.promise
    join core.promise_carrier t on t.promise = p.id and t.state = 'confirmed' and t.carrier is distinct from h.from_carrier
    where h.id = ${help} and h.kind = 'offered' and h.state = 'open'`.execute(tx);
  for (const offer of rows) {
    const who = await reached(tx, offer.carrier, on);
    if (!who) continue;
    const say = speaker(who.language, await catalogueOnDisk());
    const word = await makeCarrierWord(tx, offer.carrier, on);
    const at = `${who.home}/${who.language}/check-in`;
    await post(tx, {
      to: who.mail,
      language: who.language,
      name: 'promise.help',
      values: {
        promise: lines(say, [offer]),
        words: offer.text,
        named: offer.from ? 'yes' : 'no',
        from: offer.from ?? '',
      },
      buttons: [{ label: 'mail.promise.help.do', url: `${at}/${word}` }],
      unsubscribe: `${at}/stop/${word}`,
    });
  }
}
