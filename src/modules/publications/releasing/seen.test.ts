import { sql, type RawBuilder } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../testing.ts';
import { sawHow, sendOut, someOwnWords } from './testing.ts';

ownDatabase();
type Said = NonNullable<Parameters<typeof aTelling>[0]['consents']>;
const given = (use: Said[number]['use'], nameForm: 'none' | 'other' = 'none'): Said[number] => ({
  ...{ use, verdict: 'given', audience: 'public', nameForm },
});
const as = <Row = Record<string, unknown>>(viewer: Viewer, query: RawBuilder<Row>): Promise<Row[]> =>
  withViewer(viewer, (tx) => query.execute(tx)).then(({ rows }) => rows);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown as { constraint?: string }).constraint ?? (thrown as { code?: string }).code,
  );

/** A publication that is ready to go out, with one voice in it. */
async function aBook(said: { consents?: Said; otherName?: string; printed?: boolean } = {}) {
  const { consents = [given('read'), given('quote-report'), given('translate-people')], printed } = said;
  const [editor, writer, layer, teller] = [
    ...[await aPerson('Eva', [{ role: 'editor' }]), await aPerson('Wim')],
    ...[await aPerson('Lies'), await aPerson('Noor')],
  ] as const;
  const { id } = await aPublication({
    ...{ by: editor, ...(printed !== undefined && { printed }) },
    people: [
      { viewer: writer, part: 'writer', called: 'Wim' },
      { viewer: layer, part: 'layer', called: 'Lies' },
    ],
  });
  const telling = await aTelling({
    ...{ teller, says: ['Ik kwam in de winter.'], consents },
    ...(said.otherName !== undefined && { otherName: said.otherName }),
  });
  const article = await anArticle({ publication: id, standing: 'ready' });
  const piece = await aPiece({ publication: id, by: layer, telling: telling.id });
  const block = await aParagraph({ article: article.id, by: writer, piece: piece.id });
  return { id, editor, writer, layer, teller, telling, article, piece, block };
}
const rendering = (made: Awaited<ReturnType<typeof aBook>>, words: string) =>
  sql`insert into core.piece_rendering (piece, language, words, made_how, made_by) values (${made.piece.id}, 'en', ${words}, 'person', ${made.layer.id}) returning true`;

test('nothing goes out otherwise than whose words it holds saw it: not in another language, not printed, not under another title', async () => {
  const book = await aBook({ printed: false });
  const changes: [Viewer, RawBuilder<unknown>][] = [
    [book.layer, rendering(book, 'I came')],
    [book.editor, sql`update core.publication set printed = true where id = ${book.id}`],
    [book.writer, sql`update core.article set title = 'Anders' where id = ${book.article.id}`],
    [book.writer, sql`update core.article set opening = 'Anders' where id = ${book.article.id}`],
  ];
  for (const [who, change] of changes) {
    await sawHow(book.piece.id, book.teller);
    await as(who, change);
    expect(await refusal(sendOut(book.editor, book.id))).toBe('voice_not_shown');
  }
  await sawHow(book.piece.id, book.teller);
  expect(await refusal(sendOut(book.editor, book.id))).toBe('done');
});

test('a quote under a name does not say whose a nameless telling is, and another name is followed at once', async () => {
  const book = await aBook({ otherName: 'Anna', consents: [given('read'), given('quote-report', 'other')] });
  await sawHow(book.piece.id, book.teller);
  const edition = await sendOut(book.editor, book.id);
  const voice = () =>
    as<{ called: string | null; telling: string | null }>(
      visitor,
      sql`select called, telling from pub.edition_voice where edition = ${edition}`,
    );
  expect(await voice()).toEqual([{ called: 'Anna', telling: null }]);
  const named = sql`update vault.teller_name set other_name = 'Nour' where telling = ${book.telling.id}`;
  await as(operator, named);
  expect(await voice()).toEqual([{ called: 'Nour', telling: null }]);
  await as(operator, sql`delete from vault.teller_name where telling = ${book.telling.id}`);
  expect((await voice()).map(({ called }) => called)).toEqual([null]);
});

test('who edits learns what was answered and nobody at the desk whose voice it is; who wrote learns neither', async () => {
  const book = await aBook();
  await sawHow(book.piece.id, book.teller);
  const answers = sql`select piece, changed, answer from core.answers_in(${book.id})`;
  expect(await as(book.editor, answers)).toEqual([{ piece: book.piece.id, changed: false, answer: null }]);
  for (const who of [book.writer, book.layer, book.teller]) expect(await as(who, answers)).toEqual([]);
  for (const who of [book.editor, book.writer, book.layer])
    expect(await as(who, sql`select person_id from core.told_back`)).toEqual([]);
});

test('everyone works where they were asked and signs as they choose; nobody is named by another', async () => {
  const [book, other] = [await aBook(), await aBook()];
  const mine = (set: RawBuilder<unknown>, whose: Viewer) =>
    sql`update core.publication_person set ${set} where person_id = ${whose.id} returning true`;
  const moves = mine(sql`publication = ${book.id}, left_on = core.today()`, other.layer);
  expect(await refusal(as(other.layer, moves))).toBe('42501');
  expect(await refusal(as(book.editor, mine(sql`called = 'Echte Naam'`, book.layer)))).toBe('42501');
  const names = sql`insert into core.publication_person (publication, person_id, part, called) values (${book.id}, ${book.teller.id}, 'writer', 'Echte Naam')`;
  expect(await refusal(as(book.editor, names))).toBe('42501');
  expect(await as(book.layer, mine(sql`called = 'L.'`, book.layer))).toHaveLength(1);
});

test('a block rests on and shows what was laid in its own publication alone', async () => {
  const [book, other] = [await aBook(), await aBook()];
  const draw = sql`insert into core.draw values (${other.block.id}, ${book.piece.id}, 'answers')`;
  expect(await refusal(as(other.writer, draw))).toBe('42501');
  const [picture] = await as<{ id: string }>(
    operator,
    sql`insert into core.picture (publication, type, bytes, width, height, alt) values (${book.id}, 'image/webp', sha256('x'), 1, 1, 'Een brug') returning id`,
  );
  const shown = sql`insert into core.paragraph (article, place, kind, language, picture) values (${other.article.id}, 9, 'image', 'nl', ${picture?.id})`;
  expect(await refusal(as(other.writer, shown))).toBe('42501');
});

test('words nobody may send out any more are not read at the desk either', async () => {
  const book = await aBook();
  await as(book.layer, rendering(book, 'I came'));
  const word = await someOwnWords({ by: book.teller, publication: book.id, words: 'Mijn woorden' });
  const read = async () => [
    ...(await as(book.layer, sql`select words from core.piece_rendering`)),
    ...(await as(book.layer, sql`select words from core.own_word`)),
  ];
  expect(await read()).toHaveLength(2);
  const takes = (item: string, use: string) =>
    sql`insert into core.consent (item, use, verdict, audience, name_form, shown_in, how, said_by) values (${item}, ${use}, 'taken-back', 'circle', 'none', 'nl', 'screen', ${book.teller.id})`;
  await as(operator, takes(book.telling.id, 'translate-people'));
  await as(operator, takes(word, 'quote-report'));
  expect(await read()).toEqual([]);
});

test('only who edits says that an article is ready, and of a voice that left nobody reads where it stood', async () => {
  const book = await aBook();
  const draft = await anArticle({ publication: book.id, standing: 'draft' });
  const says = (standing: string) =>
    sql`update core.article set standing = ${standing} where id = ${draft.id} returning true`;
  for (const standing of ['told-back', 'ready'])
    expect(await refusal(as(book.writer, says(standing)))).toBe('42501');
  expect(await refusal(as(book.editor, says('told-back')))).toBe('done');
  await sawHow(book.piece.id, book.teller);
  const edition = await sendOut(book.editor, book.id);
  const lines = sql`select true from core.manifest_line where edition = ${edition}`;
  expect(await as(book.editor, lines)).toHaveLength(1);
  expect(await as(book.layer, lines)).toEqual([]);
  await as(book.teller, sql`select core.take_back(${book.telling.id}, 'nl', 'screen')`);
  expect(await as(book.editor, lines)).toEqual([]);
  // Nor by the minute when that was.
  const errata = sql`select at = date_trunc('hour', at) as whole, id in (select id from core.erratum) as timed from pub.erratum where edition = ${edition}`;
  expect(await as(operator, errata)).toEqual([{ whole: true, timed: false }]);
});

test('what somebody writes of a voice at the moment it leaves is not there afterwards', async () => {
  const book = await aBook();
  const made = await aParagraph({ article: book.article.id, by: book.writer, text: 'Wij.' });
  const draws = JSON.stringify([{ piece: book.piece.id, way: 'paraphrases' }]);
  let leaving: Promise<unknown> = Promise.resolve();
  const back = sql`select core.take_back(${book.telling.id}, 'nl', 'screen')`;
  const beside = sql`insert into core.paragraph_wording (paragraph, base, text, draws, op, by_person)
    values (${made.id}, 1, 'In de winter kwam zij', ${draws}::jsonb, uuidv7(), ${book.writer.id})`;
  const waits = sql<{ n: number }>`select count(*)::int as n from pg_locks where not granted`;
  await withViewer(book.writer, async (tx) => {
    await beside.execute(tx);
    leaving = as(book.teller, back);
    while ((await as(operator, waits))[0]?.n === 0);
  });
  await leaving;
  expect(await as(operator, sql`select text from core.paragraph_wording`)).toEqual([]);
  expect(await refusal(as(book.writer, beside))).toBe('made_of_a_piece');
});
