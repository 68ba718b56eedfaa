import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { post } from '#platform/mail/post.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Editor } from '../access.ts';
import { giveInMargin, giveWords, takeWordsAway, type Giver } from '../margin/commands.server.ts';
import '../tables.ts';
import type { Used } from './access.ts';
import type { Answered } from './input.ts';
import { mayAnswer, type AnswerRefusal, type UsedPiece } from './model.ts';
import { hashOf, useOfMine } from './queries.server.ts';

/**
 * Tells everyone whose words are in these pieces how they are used: who can be mailed gets one letter for all of theirs, soon after
 * the commit; the others hear it by hand; `home` is the address of this house. Answers how many pieces are told, and of how many by hand. Pieces on which nothing rests are passed over.
 */
export async function tellBack(
  tx: Tx,
  editor: Editor,
  pieces: readonly string[],
  home: string,
): Promise<{ told: number; byHand: number }> {
  const { rows } = await sql<{ told: string | null; hears: 'mail' | 'card' | null }>`
    select core.tell_back(p.id) as told, core.hears_by(p.id) as hears from core.piece p
    where p.publication = ${editor.publication} and p.id = any(${[...pieces]}::uuid[])`.execute(tx);
  const told = rows.filter((row) => row.told !== null);
  const mailed = told.flatMap((row) => (row.hears === 'mail' && row.told ? [row.told] : []));
  if (mailed.length > 0) await putOff(tx, 'tell-of-use', { told: mailed, home });
  return { told: told.length, byHand: told.length - mailed.length };
}

/** Writes to everyone these are about, one letter each in their own language, with a word that opens what is theirs in this publication; the word they had opens nothing any more. Asks the house. */
export async function writeOfUse(tx: Tx, told: readonly string[], home: string): Promise<void> {
  await insistOnOperator(tx);
  const { rows } = await sql<{
    told: string[];
    person: string;
    language: string;
    title: string;
    editor: string | null;
  }>`
    select array_agg(t.id order by t.asked_at, t.id) as told, case when w.came_by = 'mail' then w.id else i.recorded_by end as person,
      min(t.language) as language, b.title, min(e.called) as editor
    from core.told_back t join core.piece p on p.id = t.piece join core.publication b on b.id = p.publication join core.person w on w.id = t.person_id
    join core.consent_item i on i.id = core.item_of_piece(p.id) left join core.publication_person e on e.publication = b.id and e.person_id = t.asked_by
    where t.id = any(${[...told]}::uuid[]) and w.left_on is null and i.taken_back_at is null and (w.came_by = 'mail' or i.recorded_by is not null) group by b.id, t.person_id, 2`.execute(
    tx,
  );
  for (const { told: theirs, person, language: said, title, editor } of rows) {
    const word = randomBytes(32).toString('base64url');
    const language = isLanguage(said) ? said : 'nl';
    await sql`select core.give_word(${theirs}::uuid[], ${person}, ${hashOf(word)}::bytea)`.execute(tx);
    await post(tx, {
      to: { person },
      language,
      name: 'used.ask',
      values: { title, many: theirs.length, named: editor === null ? 'no' : 'yes', editor: editor ?? '' },
      buttons: [{ label: 'mail.used.see', url: `${home}/${language}/used/${word}` }],
    });
  }
}

/** Notes that somebody now sees how they are used, as it stands. */
export async function showUse(tx: Tx, _used: Used, piece: string): Promise<Result<null, 'used_unknown'>> {
  const { numUpdatedRows } = await tx
    .updateTable('core.told_back')
    .set({ shown_at: now(), shown_hash: sql<Buffer>`core.how_used(piece)` })
    .where('piece', '=', piece)
    .where(sql<boolean>`core.was_told(piece)`)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? ok(null) : refused('used_unknown');
}

const noted = (tx: Tx, piece: string, answer: 'agree' | 'remark', given: string | null) =>
  tx
    .updateTable('core.told_back')
    .set({ answer, answered_at: now(), own_word: given })
    .where('piece', '=', piece)
    .execute();

/**
 * Somebody answers to how they are used; another answer takes the place of the former, and what they put in the margin with that goes
 * from there. Who is out is out at once, with every block that retells them. Answers the piece their words are in now; null when they are out.
 */
export async function answerUse(
  tx: Tx,
  used: Used,
  piece: string,
  answered: Answered,
  language: Language,
): Promise<Result<{ piece: string | null }, AnswerRefusal>> {
  // Nothing is written around their words while they answer to what they saw.
  if (answered.answer !== 'out') await sql`select core.still_as_seen(${piece})`.execute(tx);
  const use = await useOfMine(tx, piece);
  if (!use) return refused('used_unknown');
  const may = mayAnswer(use, answered.answer);
  if (!may.ok) return may;
  if (use.given !== null && use.given !== use.voice) await away(tx, used, use.given, language);
  if (answered.answer === 'out') {
    await leave(tx, used, use.voice, language);
    return ok({ piece: null });
  }
  if (answered.answer === 'agree') {
    await noted(tx, piece, 'agree', use.given === use.voice ? use.given : null);
    return ok({ piece });
  }
  return answered.answer === 'remark'
    ? remark(tx, used, use, answered, language)
    : sayInstead(tx, used, use, answered, language);
}

type With<Kind extends Answered['answer']> = Extract<Answered, { readonly answer: Kind }>;
type Answering = Promise<Result<{ piece: string | null }, AnswerRefusal>>;

/** Words beside a block that rests on theirs. */
async function remark(
  tx: Tx,
  used: Used,
  use: UsedPiece,
  { paragraph, stance, given }: With<'remark'>,
  language: Language,
): Answering {
  if (!(await standsIn(tx, use, paragraph))) return refused('used_changed');
  const gift = { ...given, stance, paragraph, publication: use.publication.id };
  const word = await giveInMargin(tx, used, await giverOf(tx, used, use), gift, language);
  await noted(tx, use.piece, 'remark', word);
  return ok({ piece: use.piece });
}

/** Own words in the place of theirs that were used. */
async function sayInstead(
  tx: Tx,
  used: Used,
  use: UsedPiece,
  { given }: With<'own-words'>,
  language: Language,
): Answering {
  const gift = { ...given, publication: use.publication.id, kind: 'own-words', stance: 'remark' } as const;
  const word = await giveWords(tx, used, await giverOf(tx, used, use), gift, language);
  const { rows } = await sql<{ made: string | null }>`
    select core.own_words_instead(${use.piece}, ${word}) as made`.execute(tx);
  const made = rows[0]?.made;
  if (!made) throw new Error('Own words could not stand in the place of a use of theirs.');
  // Own words that came in the place of own words.
  if (use.given === use.voice && !(await isOut(tx, use.voice))) await away(tx, used, use.voice, language);
  return ok({ piece: made });
}

/** Whether a block stands in an article that rests on somebody’s words, so that something of theirs can stand beside it. */
async function standsIn(tx: Tx, { articles }: UsedPiece, paragraph: string): Promise<boolean> {
  const found = await tx
    .selectFrom('core.paragraph')
    .select('article')
    .where('id', '=', paragraph)
    .where('gone_at', 'is', null)
    .executeTakeFirst();
  return articles.some(({ id }) => id === found?.article);
}

/** Whether this voice went out in an edition. */
async function isOut(tx: Tx, voice: string): Promise<boolean> {
  const line = await tx
    .selectFrom('core.manifest_line')
    .select('key')
    .where('key', '=', voice)
    .executeTakeFirst();
  return line !== undefined;
}

/** Words are given in the name of whose telling is used, also by who passes on their word. */
async function giverOf(tx: Tx, used: Used, { mine, piece }: UsedPiece): Promise<Giver> {
  if (mine) return { teller: used.person, recordedBy: null };
  const { person_id } = await tx
    .selectFrom('core.told_back')
    .select('person_id')
    .where('piece', '=', piece)
    .executeTakeFirstOrThrow();
  return { teller: person_id, recordedBy: used.person };
}

async function away(tx: Tx, used: Used, word: string, language: Language): Promise<void> {
  const taken = await takeWordsAway(tx, used, word, language);
  if (!taken.ok) throw new Error(`Words of one’s own could not be taken back: ${taken.reason}.`);
}

/**
 * Takes words of one's own out of a publication, also out of what went out already: `voice` is the quote, which is let go, or the words
 * one gave, which are taken back. What else was told or allowed stays as it is.
 */
export async function leave(
  tx: Tx,
  used: Used,
  voice: string,
  language: Language,
): Promise<Result<null, 'used_unknown'>> {
  const { rows } = await sql<{ left: boolean }>`select core.leave_with_quote(${voice}) as left`.execute(tx);
  if (rows[0]?.left) return ok(null);
  const taken = await takeWordsAway(tx, used, voice, language);
  return taken.ok ? ok(null) : refused('used_unknown');
}
