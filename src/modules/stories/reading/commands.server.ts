import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Reader } from './access.ts';
import type { GivenReading } from './input.ts';

/** Keeps an answer of a reader: theirs alone, unless they send it to the teller. */
export async function keepReading(
  tx: Tx,
  reader: Reader,
  given: GivenReading,
  language: Language,
): Promise<void> {
  await sql`insert into core.reading (telling, reader, prompt, words, language, for_teller)
    values (${reader.telling}, ${reader.person}, ${given.prompt}, ${given.words}, ${language}, ${given.forTeller})`.execute(
    tx,
  );
}

/** Takes an answer of one's own away, also from the teller it was sent to. */
export async function removeReading(tx: Tx, reader: Reader, reading: string): Promise<void> {
  await sql`delete from core.reading r where r.id::text = ${reading} and r.telling = ${reader.telling} and r.reader = ${reader.person}`.execute(
    tx,
  );
}

/** Writes down, for the teller, that a telling which is not for everyone was read by this reader's kind; never by whom. */
export async function noteLook(tx: Tx, reader: Reader, readAs: string): Promise<void> {
  await sql`select core.note_look(${reader.telling}, ${readAs})`.execute(tx);
}
