import { randomBytes } from 'node:crypto';
import { insistOnOperator } from '#platform/access.server.ts';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { wordHash } from '#platform/ids.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { post } from '#platform/mail/post.server.ts';
import '../../tables.ts';
import type { Offer } from '../input.ts';
import { askingForHelp, offerWith } from '../queries.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'ask-offer': { readonly help: string };
  }
}

/** How many offers may wait for one promise, and how often one address is asked for a yes in a week. */
const most = { waiting: 10, toAddress: 3 } as const;
const daysToSayYes = 7;

/**
 * Someone from outside offers help with a promise that asks for it: written down, and asked for a yes at the address they gave. Nothing
 * tells whether that was done, so that no address can be found out. Asks a transaction of the house.
 */
export async function offerFromOutside(
  tx: Tx,
  { promise, offer, language, home }: { promise: string; offer: Offer; language: Language; home: string },
  on: Day,
): Promise<void> {
  await insistOnOperator(tx);
  if (!(await askingForHelp(tx, promise))) return;
  const waiting = await tx
    .selectFrom('core.promise_help as h')
    .leftJoin('vault.helper_address as a', 'a.help', 'h.id')
    .select(['h.promise', 'a.mail'])
    .where('h.kind', '=', 'offered')
    .where('h.state', 'in', ['waiting', 'open'])
    .where((eb) => eb.or([eb('h.promise', '=', promise), eb('a.mail', '=', offer.mail)]))
    .execute();
  if (waiting.filter((each) => each.promise === promise).length >= most.waiting) return;
  if (waiting.filter((each) => each.mail === offer.mail).length >= most.toAddress) return;
  const { id } = await tx
    .insertInto('core.promise_help')
    .values({
      promise,
      kind: 'offered',
      language,
      text: offer.text,
      called: offer.called,
      from_carrier: null,
      state: 'waiting',
      day: on,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.insertInto('vault.helper_address').values({ help: id, mail: offer.mail, home }).execute();
  await putOff(tx, 'ask-offer', { help: id });
}

/** Mails who offers help the link to say yes with; again does nothing more. Asks a transaction of the house. */
export async function askForYes(tx: Tx, help: string, on: Day): Promise<void> {
  await insistOnOperator(tx);
  const offer = await tx
    .selectFrom('core.promise_help as h')
    .innerJoin('vault.helper_address as a', 'a.help', 'h.id')
    .leftJoin('vault.promise_word as w', 'w.help', 'h.id')
    .select(['h.text', 'h.language', 'a.mail', 'a.home'])
    .where('h.id', '=', help)
    .where('h.state', '=', 'waiting')
    .where('w.word_hash', 'is', null)
    .executeTakeFirst();
  if (!offer) return;
  const word = randomBytes(32).toString('base64url');
  await tx
    .insertInto('vault.promise_word')
    .values({
      word_hash: wordHash(word),
      carrier: null,
      agenda: null,
      help,
      made_on: on,
      until_day: daysLater(on, daysToSayYes),
    })
    .execute();
  const language = isLanguage(offer.language) ? offer.language : 'nl';
  await post(tx, {
    to: offer.mail,
    language,
    name: 'promise.offer',
    values: { words: offer.text },
    buttons: [{ label: 'mail.promise.offer.do', url: `${offer.home}/${language}/agendas/help/yes/${word}` }],
  });
}

/** Who offered help says yes: who carries the promise hears of it. Answers false when the word opens nothing. Asks a transaction of the house. */
export async function sayYesToOffer(tx: Tx, word: string, on: Day): Promise<boolean> {
  const offer = await offerWith(tx, word, on);
  await insistOnOperator(tx);
  if (!offer) return false;
  await tx.updateTable('core.promise_help').set({ state: 'open' }).where('id', '=', offer.help).execute();
  await putOff(tx, 'tell-help-offered', { help: offer.help }, { onlyOnce: offer.help });
  return true;
}
