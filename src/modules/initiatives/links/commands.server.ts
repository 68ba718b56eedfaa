import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { wordHash } from '#platform/ids.ts';
import type { LinkPurpose } from '../model.ts';
import { daysOpen } from './model.ts';

export interface LinkWish {
  readonly initiative: string | null;
  readonly purpose: LinkPurpose;
  readonly about?: string | null;
  /** The address it will be mailed to. */
  readonly sentTo: string;
  readonly language: Language;
}

/**
 * Makes a link and answers its word of 256 random bits, which is kept nowhere else: mail it and forget it.
 * Asks a transaction of the house or the operator, for nobody else may open an entry to an address.
 */
export async function makeLink(tx: Tx, wish: LinkWish): Promise<{ id: string; word: string }> {
  await insistOnOperator(tx);
  const word = randomBytes(32).toString('base64url');
  const { id } = await tx
    .insertInto('vault.entry_link')
    .values({
      initiative_id: wish.initiative,
      purpose: wish.purpose,
      about: wish.about ?? null,
      token_hash: wordHash(word),
      sent_to: wish.sentTo,
      language: wish.language,
      until: sql<Date>`now() + make_interval(days => ${daysOpen[wish.purpose]})`,
      used_at: null,
      ended_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, word };
}
