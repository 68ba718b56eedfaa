import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Speaker } from './access.ts';
import { saysTheSame, type Saying, type WayToSay } from './model.ts';
import { consentsOf } from './queries.server.ts';
import './tables.ts';

export type ConsentRefusal = 'consent_unknown' | 'consent_taken_back';

interface Item {
  readonly teller: string;
  readonly recordedBy: string | null;
  readonly takenBackAt: Date | null;
}

async function itemOf(tx: Tx, { person }: Speaker, item: string): Promise<Item | null> {
  const found = await tx
    .selectFrom('core.consent_item')
    .select(['teller', 'recorded_by as recordedBy', 'taken_back_at as takenBackAt'])
    .where('id', '=', item)
    .executeTakeFirst();
  return found && [found.teller, found.recordedBy].includes(person) ? found : null;
}

// Whoever is not the teller only ever passes on their word, whatever the form says.
const wayOf = ({ person }: Speaker, { teller }: Item, how: WayToSay): WayToSay =>
  person === teller ? how : 'word';

export interface Spoken {
  readonly item: string;
  readonly sayings: readonly Saying[];
  /** Fingerprint of the version that the teller saw as it will appear. */
  readonly seenHash: Buffer;
  /** The language in which it was asked. */
  readonly shownIn: Language;
  readonly how: WayToSay;
}

/**
 * Writes down what is said of an item, use by use, and answers the key of its receipt; null when nothing was said that did not
 * stand already. What may be read follows in the same transaction.
 */
export async function say(
  tx: Tx,
  speaker: Speaker,
  { item, sayings, seenHash, shownIn, how }: Spoken,
): Promise<Result<{ receipt: string | null }, ConsentRefusal>> {
  const found = await itemOf(tx, speaker, item);
  if (!found) return refused('consent_unknown');
  if (found.takenBackAt) return refused('consent_taken_back');
  const { lastWords } = await consentsOf(tx, item);
  const stands = (said: Saying) =>
    lastWords.some(
      (last) =>
        saysTheSame(said, last) && (said.verdict !== 'given' || last.seenHash?.equals(seenHash) === true),
    );
  const anew = sayings.filter((said) => !stands(said));
  if (anew.length === 0) return ok({ receipt: null });
  const written = await tx
    .insertInto('core.consent')
    .values(
      anew.map((said) => ({
        item,
        use: said.use,
        verdict: said.verdict,
        audience: said.audience,
        languages: said.languages && [...said.languages],
        name_form: said.nameForm,
        with_image: said.withImage,
        with_voice: said.withVoice,
        until_day: said.untilDay,
        seen_hash: seenHash,
        shown_in: shownIn,
        how: wayOf(speaker, found, how),
        said_by: speaker.person,
      })),
    )
    .returning('number')
    .execute();
  const upto = Math.max(...written.map(({ number }) => number));
  const receipt = await tx
    .insertInto('core.receipt')
    .values({ item, kind: 'consent', upto, language: shownIn, done_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok({ receipt: receipt.id });
}

/**
 * Takes an item back from everywhere in this transaction and answers the key of the receipt; soon after, every place is looked at
 * again. What was taken back before answers the receipt it has.
 */
export async function takeBack(
  tx: Tx,
  speaker: Speaker,
  { item, language, how }: { readonly item: string; readonly language: Language; readonly how: WayToSay },
): Promise<Result<{ receipt: string }, ConsentRefusal>> {
  const found = await itemOf(tx, speaker, item);
  if (!found) return refused('consent_unknown');
  const { rows } = await sql<{ receipt: string }>`
    select core.take_back(${item}, ${language}, ${wayOf(speaker, found, how)}) as receipt`.execute(tx);
  const receipt = rows[0]?.receipt ?? '';
  await putOff(tx, 'look-everywhere', { item, receipt });
  return ok({ receipt });
}

/** Ends that someone else speaks for the teller; only the teller can. */
export async function speakForMyself(
  tx: Tx,
  { person }: Speaker,
  item: string,
): Promise<Result<null, 'consent_unknown'>> {
  const { numUpdatedRows } = await tx
    .updateTable('core.consent_item')
    .set({ recorded_by: null })
    .where('id', '=', item)
    .where('teller', '=', person)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? ok(null) : refused('consent_unknown');
}

/** Takes back everything someone told, as they leave; answers how many. Soon after, that they left is remembered outside the database too. */
export async function takeAllBack(tx: Tx, speaker: Speaker, language: Language): Promise<number> {
  const told = await tx
    .selectFrom('core.consent_item')
    .select('id')
    .where('teller', '=', speaker.person)
    .where('taken_back_at', 'is', null)
    .execute();
  for (const { id } of told) await takeBack(tx, speaker, { item: id, language, how: 'screen' });
  await putOff(tx, 'bury-person', { person: speaker.person }, { startAfterSeconds: 1 });
  return told.length;
}
