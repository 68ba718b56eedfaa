import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { daysLater, today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { wordHash } from '#platform/ids.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Oneself } from '../../people/access.ts';
import type { Editor } from '../access.ts';
import type { Part } from '../model.ts';
import '../tables.ts';
import { daysOpen, isWord, openAtOnce } from './model.ts';

/** Makes an invitation for one person and answers its word, which is shown once and kept nowhere. */
export async function invite(
  tx: Tx,
  { publication, person }: Editor,
  part: Exclude<Part, 'editor'>,
  language: Language,
): Promise<Result<{ word: string }, 'publication_ended' | 'too_many_open'>> {
  const { rows } = await sql<{ ended: boolean; open: number }>`
    select b.ended_on is not null as ended, (select count(*)::int from core.publication_invitation i where i.publication = b.id and i.taken_at is null and core.today() < i.until_day) as open
    from core.publication b where b.id = ${publication}`.execute(tx);
  const [now] = rows;
  if (!now || now.ended) return refused('publication_ended');
  if (now.open >= openAtOnce) return refused('too_many_open');
  const word = randomBytes(32).toString('base64url');
  await tx
    .insertInto('core.publication_invitation')
    .values({
      publication,
      part,
      word_hash: wordHash(word),
      language,
      made_by: person,
      until_day: daysLater(today(), daysOpen),
      taken_by: null,
      taken_at: null,
    })
    .execute();
  return ok({ word });
}

/** Takes back an invitation that nobody took yet. */
export async function takeInvitationBack(tx: Tx, { publication }: Editor, invitation: string): Promise<void> {
  await tx
    .deleteFrom('core.publication_invitation')
    .where('publication', '=', publication)
    .where('id', '=', invitation)
    .where('taken_at', 'is', null)
    .execute();
}

/** Comes to work on a publication by a word, under the name one chooses; answers the name of the publication in the address. */
export async function comeIn(
  tx: Tx,
  _self: Oneself,
  word: string,
  called: string | null,
): Promise<Result<{ slug: string }, 'word_opens_nothing'>> {
  if (!isWord(word)) return refused('word_opens_nothing');
  const { rows } = await sql<{ slug: string | null }>`
    select core.take_publication_word(${wordHash(word)}, ${called}) as slug`.execute(tx);
  const slug = rows[0]?.slug;
  return slug ? ok({ slug }) : refused('word_opens_nothing');
}
