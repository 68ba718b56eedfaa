import type { Generated } from 'kysely';
import type { Tx } from '../db.server.ts';
import type { Language } from '../i18n/languages.ts';
import { putOff } from '../jobs/put-off.server.ts';
import { isMailAddress } from './address.ts';
import type { LetterButton, LetterWords } from './letter.ts';

declare module '../db.server.ts' {
  interface Database {
    'vault.letter': {
      id: Generated<string>;
      name: string;
      language: string;
      to_person: string | null;
      to_address: string | null;
      words: LetterWords | null;
      posted_at: Generated<Date>;
      until: Date;
      tries: Generated<number>;
      trouble: string | null;
      sent_at: Date | null;
      dropped_at: Date | null;
    };
  }
}

declare module '../jobs/put-off.server.ts' {
  interface Jobs {
    'send-mail': { readonly letter: string };
  }
}

export interface Letter {
  /** An address, or the key of someone who can sign in; their address is looked up when the letter leaves. */
  readonly to: string | { readonly person: string };
  readonly language: Language;
  /** Which letter: `mail.<name>.subject` and `mail.<name>.body` say it. Letters a to z, dots and hyphens. */
  readonly name: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly buttons?: readonly LetterButton[];
  /** Where one tap stops letters of this kind; it must take a POST without a body. */
  readonly unsubscribe?: string;
  /** After so many minutes it no longer makes sense; otherwise two weeks. */
  readonly minutes?: number;
}

const twoWeeks = 14 * 24 * 60;

/** Posts a letter in this transaction: it is mailed soon after the commit, and never when there is none. Asks no visitor's transaction. */
export async function post(tx: Tx, letter: Letter): Promise<void> {
  const { to, language, name, values = {}, buttons = [], unsubscribe, minutes = twoWeeks } = letter;
  if (typeof to === 'string' && !isMailAddress(to))
    throw new Error('A letter was posted to what is no address.');
  const id = crypto.randomUUID();
  await tx
    .insertInto('vault.letter')
    .values({
      id,
      name,
      language,
      to_person: typeof to === 'string' ? null : to.person,
      to_address: typeof to === 'string' ? to : null,
      words: { values, buttons, ...(unsubscribe !== undefined && { unsubscribe }) },
      until: new Date(Date.now() + minutes * 60_000),
      trouble: null,
      sent_at: null,
      dropped_at: null,
    })
    .execute();
  await putOff(tx, 'send-mail', { letter: id });
}
