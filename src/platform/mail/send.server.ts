import { withViewer, type Tx } from '../db.server.ts';
import { catalogueOnDisk } from '../i18n/catalogue-on-disk.ts';
import { isLanguage } from '../i18n/languages.ts';
import { speaker, type Catalogue } from '../i18n/speech.ts';
import { putOff } from '../jobs/put-off.server.ts';
import { house } from '../viewer.ts';
import { writeLetter, type LetterWords, type WrittenLetter } from './letter.ts';
import type { MailWay } from './way.server.ts';

/** The address of someone who can sign in, or null when they have none. */
export type AddressOf = (person: string) => Promise<string | null>;

export interface WaitingLetter {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly to_person: string | null;
  readonly to_address: string | null;
  readonly words: LetterWords;
  readonly posted_at: Date;
}

let catalogue: Promise<Catalogue> | undefined;

/** The words of a waiting letter in its own language. */
export async function written({ language, name, words }: WaitingLetter): Promise<WrittenLetter> {
  catalogue ??= catalogueOnDisk();
  return writeLetter(speaker(isLanguage(language) ? language : 'nl', await catalogue), name, words);
}

const waiting = (tx: Tx) =>
  tx
    .selectFrom('vault.letter')
    .select(['id', 'name', 'language', 'to_person', 'to_address', 'words', 'posted_at', 'until'])
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .$narrowType<{ words: LetterWords }>();

const nothing = { to_person: null, to_address: null, words: null };

/**
 * Mails one letter, after which nothing of it is left but its name; a letter that is gone, sent or being sent is left alone.
 * Without a way it stays where it is. Throws when the mail server is not there, so that the job is tried again.
 */
export async function sendLetter(id: string, way: MailWay | null, addressOf: AddressOf): Promise<void> {
  if (!way) return;
  const trouble = await withViewer(house, async (tx) => {
    const letter = await waiting(tx).where('id', '=', id).forUpdate().skipLocked().executeTakeFirst();
    if (!letter) return null;
    const change = (set: object) => tx.updateTable('vault.letter').set(set).where('id', '=', id).execute();
    const address = letter.to_person === null ? letter.to_address : await addressOf(letter.to_person);
    if (letter.until < new Date() || !address) {
      await change({ ...nothing, dropped_at: new Date(), trouble: address ? 'too late' : 'no address' });
      return null;
    }
    try {
      await hand(way, address, letter);
      await change({ ...nothing, sent_at: new Date(), trouble: null });
      return null;
    } catch (error) {
      const { code, final } = troubleOf(error);
      if (final) await change({ ...nothing, dropped_at: new Date(), trouble: code });
      else
        await tx
          .updateTable('vault.letter')
          .set((eb) => ({ tries: eb('tries', '+', 1), trouble: code }))
          .where('id', '=', id)
          .execute();
      return final ? null : code;
    }
  });
  if (trouble !== null) throw new MailTrouble(trouble);
}

/** The mail server did not take a letter, this time. */
class MailTrouble extends Error {
  readonly code: string;
  constructor(code: string) {
    super('The mail server did not take a letter.');
    this.code = code;
  }
}

async function hand({ transport, from }: MailWay, to: string, letter: WaitingLetter): Promise<void> {
  const { subject, text, html } = await written(letter);
  const { unsubscribe } = letter.words;
  await transport.sendMail({
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${crypto.randomUUID()}@${from.address.split('@')[1]}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': letter.language,
      ...(unsubscribe && {
        'List-Unsubscribe': `<${unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  });
}

/** A refusal for good (5xx, about this letter or its address) is final; everything else may pass. */
function troubleOf(error: unknown): { code: string; final: boolean } {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const name = [code, responseCode]
    .filter(Boolean)
    .join(' ')
    .replace(/[^A-Za-z0-9_ -]/g, '');
  const final = (responseCode ?? 0) >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { code: name.slice(0, 40) || 'unknown', final };
}

/** Puts every waiting letter off to be sent, each once, and forgets what is older than 30 days. For a start, and for every night. */
export async function sweepPost(): Promise<void> {
  await withViewer(house, async (tx) => {
    for (const { id } of await waiting(tx).orderBy('posted_at').execute())
      await putOff(tx, 'send-mail', { letter: id }, { onlyOnce: id });
    await tx
      .deleteFrom('vault.letter')
      .where('posted_at', '<', new Date(Date.now() - 30 * 86_400_000))
      .execute();
  });
}

/** The letters that wait, newest first, at most fifty: what the local mailbox of a development start shows. */
export async function waitingLetters(): Promise<(WaitingLetter & WrittenLetter)[]> {
  const letters = await withViewer(house, (tx) =>
    waiting(tx).orderBy('posted_at', 'desc').limit(50).execute(),
  );
  return Promise.all(letters.map(async (letter) => ({ ...letter, ...(await written(letter)) })));
}
