import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { lookerOf, proposerOf } from '../access.ts';
import { reservedSlugs, type Word } from '../model.ts';
import { wordNews } from '../news/queries.server.ts';
import { openWord, openWords } from '../reading/queries.server.ts';
import { aBetweenWord, aStranger, aWord } from '../testing.ts';
import { declineProposal, openProposal, proposeWord, takeWordBack } from './commands.server.ts';
import { parseWish } from './input.ts';
import { mostWaiting, type Wish } from './model.ts';
import { ownProposals, waitingProposals } from './queries.server.ts';

const database = ownDatabase();
let editor: Viewer;
let word: { id: string; slug: string; versions: string[] };

beforeAll(async () => {
  editor = await aStranger(['editor']);
  word = await aWord('regie', [{ register: 'policy', term: 'regie', meaning: 'Sturen.' }]);
});

const proposes = (viewer: Viewer) => proposerOf(viewer) ?? { person: '' };
const looks = (viewer: Viewer) => lookerOf(viewer) ?? { person: '', looks: true as const };
const wish = (more: Partial<Wish>): Wish => ({
  kind: 'between',
  word: word.id,
  disputes: null,
  language: 'nl',
  term: 'samen sturen',
  meaning: 'Iedereen die erbij hoort, beslist mee.',
  says: null,
  example: 'Wij sturen samen.',
  why: null,
  called: 'Samira',
  whenLeaving: 'stays',
  ...more,
});
async function proposed(by: Viewer, more: Partial<Wish>, open = true): Promise<string> {
  const asked = await withViewer(by, (tx) => proposeWord(tx, proposes(by), wish(more)));
  if (!asked.ok) throw new Error(asked.reason);
  if (open)
    expect(
      await withViewer(editor, (tx) => openProposal(tx, looks(editor), asked.value, null)),
    ).toMatchObject({ ok: true });
  return asked.value;
}
const onPage = async (slug: string): Promise<Word | null> => withViewer(visitor, (tx) => openWord(tx, slug));
const termsOf = async (slug: string) => (await onPage(slug))?.versions.map(({ term }) => term) ?? [];
/** The room of tables reaches these functions as the owner of the database does. */
async function asOwner<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  return client
    .query<Row>(text, [...values])
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
const leave = (viewer: Viewer) =>
  withViewer(operator, (tx) =>
    sql`update core.person set left_on = core.today() where id = ${viewer.id}`.execute(tx),
  );

test('what someone proposes stands nowhere until someone else looked, and then on the page and in the feed', async () => {
  const by = await aStranger();
  const id = await proposed(by, { term: 'samen kiezen' }, false);
  expect(await termsOf('regie')).not.toContain('samen kiezen');
  expect(await withViewer(editor, (tx) => waitingProposals(tx, looks(editor)))).toMatchObject([
    { id, term: 'samen kiezen', of: { slug: 'regie' }, own: false },
  ]);
  expect(await withViewer(editor, (tx) => openProposal(tx, looks(editor), id, 'Mooi.'))).toEqual({
    ok: true,
    value: 'regie',
  });
  const version = (await onPage('regie'))?.versions.find(({ term }) => term === 'samen kiezen');
  expect(version).toMatchObject({ status: 'proposed', called: 'Samira', exampleFrom: 'own-words' });
  expect(await withViewer(by, (tx) => ownProposals(tx, proposes(by)))).toMatchObject([
    { state: 'open', answer: 'Mooi.' },
  ]);
  expect((await withViewer(visitor, wordNews)).map(({ kind, term }) => `${kind} ${term}`)).toContain(
    'new samen kiezen',
  );
  expect(await withViewer(editor, (tx) => openProposal(tx, looks(editor), id, null))).toMatchObject({
    reason: 'gone',
  });
});

test('a word that has no page gets one, also in a script without Latin letters', async () => {
  const by = await aStranger();
  await proposed(by, { kind: 'lived', word: null, language: 'ar', term: 'جيران جدد' });
  const all = await withViewer(visitor, openWords);
  const made = all.find(({ versions }) => versions.some(({ term }) => term === 'جيران جدد'));
  expect(made?.slug).toMatch(/^word-[0-9a-f]{8}$/);
  await proposed(by, { kind: 'lived', word: null, term: 'Regie' });
  expect(
    (await withViewer(visitor, openWords)).map(({ slug }) => slug).filter((slug) => /^regie-/.test(slug)),
  ).toHaveLength(1);
});

test('a word that is also the address of a page of the house gets an address of its own', async () => {
  const by = await aStranger();
  for (const term of reservedSlugs) await proposed(by, { kind: 'lived', word: null, term });
  const slugs = (await withViewer(visitor, openWords)).map(({ slug }) => slug);
  for (const taken of reservedSlugs) {
    expect(slugs).not.toContain(taken);
    expect(slugs.filter((slug) => new RegExp(`^${taken}-[0-9a-f]{8}$`).test(slug))).toHaveLength(1);
  }
});

test('the very same word is not let in twice, however a telephone writes its accents', async () => {
  const by = await aStranger();
  const typed = async (term: string) => {
    const read = parseWish(form({ ...good, word: word.id, language: 'nl', term }));
    return proposed(by, read.ok ? read.wish : {}, false);
  };
  const open = (id: string) => withViewer(editor, (tx) => openProposal(tx, looks(editor), id, null));
  expect(await open(await typed('ge\u00efntegreerd'))).toMatchObject({ ok: true });
  expect(await open(await typed('gei\u0308ntegreerd'))).toMatchObject({
    ok: false,
    reason: 'gone',
  });
  expect((await termsOf('regie')).filter((term) => term.startsWith('ge'))).toEqual(['ge\u00efntegreerd']);
});

test('what is declined is answered, and stands nowhere', async () => {
  const by = await aStranger();
  const id = await proposed(by, { term: 'nee' }, false);
  expect(
    await withViewer(editor, (tx) => declineProposal(tx, looks(editor), id, 'Hier is iemand te herkennen.')),
  ).toBe(true);
  expect(await withViewer(by, (tx) => ownProposals(tx, proposes(by)))).toMatchObject([
    { state: 'declined', answer: 'Hier is iemand te herkennen.' },
  ]);
  expect(await termsOf('regie')).not.toContain('nee');
});

test('who sees a word otherwise stands beside it, and takes that back', async () => {
  const by = await aStranger();
  const dispute = {
    kind: 'dispute',
    disputes: word.versions[0] ?? '',
    term: null,
    meaning: null,
    example: null,
  } as const;
  const id = await proposed(by, { ...dispute, word: null, why: 'Wie stuurt wie?' });
  expect((await onPage('regie'))?.versions[0]?.disputes).toMatchObject([
    { text: 'Wie stuurt wie?', called: 'Samira' },
  ]);
  expect((await withViewer(visitor, wordNews)).some(({ kind }) => kind === 'disputed')).toBe(true);
  expect(await withViewer(by, (tx) => takeWordBack(tx, proposes(by), id))).toBe(true);
  expect((await onPage('regie'))?.versions[0]?.disputes).toEqual([]);
});

test('what one proposed can be taken back at any time; a word of one’s own goes with it', async () => {
  const by = await aStranger();
  const id = await proposed(by, { word: null, term: 'weer weg' });
  expect(await termsOf('weer-weg')).toEqual(['weer weg']);
  expect(await withViewer(by, (tx) => takeWordBack(tx, proposes(by), id))).toBe(true);
  expect(await onPage('weer-weg')).toBeNull();
});

test('who leaves leaves the word without a name, or takes it along, as they chose; what waited goes', async () => {
  const [stays, goes, waits] = [await aStranger(), await aStranger(), await aStranger()];
  await proposed(stays, { term: 'blijft' });
  await proposed(goes, { term: 'gaat', whenLeaving: 'goes' });
  await proposed(waits, { term: 'wacht' }, false);
  for (const viewer of [stays, goes, waits]) await leave(viewer);
  expect(await termsOf('regie')).toContain('blijft');
  expect(await termsOf('regie')).not.toContain('gaat');
  expect((await onPage('regie'))?.versions.find(({ term }) => term === 'blijft')?.called).toBeNull();
  const { rows } = await withViewer(operator, (tx) =>
    sql`select from core.word_proposal where person_id = any(${[stays.id, goes.id, waits.id]}::uuid[]) or term in ('gaat', 'wacht')
      or (term = 'blijft' and called is not null)`.execute(tx),
  );
  expect(rows).toEqual([]);
});

test('a table adopts an open between-word once; after that it is no longer one person’s to take away', async () => {
  const by = await aStranger();
  const id = await proposed(by, { term: 'van ons samen' });
  const adopt = (proposal: string) =>
    asOwner<{ key: string | null }>('select core.adopt_word($1, $2, $3, $4) as key', [
      proposal,
      'Tafel Ede',
      'tafel-ede',
      '2026-11-25',
    ]);
  const [adopted] = await adopt(id);
  expect(adopted?.key).not.toBeNull();
  const version = async () => (await onPage('regie'))?.versions.find(({ term }) => term === 'van ons samen');
  expect(await version()).toMatchObject({
    status: 'adopted',
    adoptions: [{ name: 'Tafel Ede', slug: 'tafel-ede', on: '2026-11-25' }],
  });
  await asOwner('select core.retell_adoption($1, null, null)', [adopted?.key]);
  expect((await version())?.adoptions).toEqual([{ name: null, slug: null, on: '2026-11-25' }]);
  expect(await withViewer(by, (tx) => takeWordBack(tx, proposes(by), id))).toBe(true);
  expect(await version()).toMatchObject({ status: 'adopted', called: null, example: null });
  const waits = await aBetweenWord(by, { term: 'nog niet', word: word.id });
  expect(await adopt(waits.proposal)).toEqual([{ key: null }]);
});

test('nobody fills the desk: ten words of one person wait at most, and only for words that are there', async () => {
  const by = await aStranger();
  for (let at = 0; at < mostWaiting; at++) await proposed(by, { term: `woord ${at}` }, false);
  const ask = (who: Viewer, more: Partial<Wish>) =>
    withViewer(who, (tx) => proposeWord(tx, proposes(who), wish(more)));
  expect(await ask(by, { term: 'nog een' })).toMatchObject({ reason: 'too-many' });
  const other = await aStranger();
  expect(await ask(other, { word: '0193a000-0000-7000-8000-0000000000cc' })).toMatchObject({
    reason: 'word',
  });
});

const form = (answers: Readonly<Record<string, string>>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(answers)) made.set(name, value);
  return made;
};
const good = { kind: 'lived', word: '', language: 'ti', term: 'ጎረቤት', meaning: 'buur' };

test('a form that says enough is a wish', () => {
  expect(parseWish(form(good))).toMatchObject({
    ok: true,
    wish: { kind: 'lived', language: 'ti', term: 'ጎረቤት', called: null, whenLeaving: 'stays' },
  });
});

test('a word stands on one line and turns nothing around; its meaning may have lines', () => {
  const said = { ...good, term: 'buur\r\n\u202evrouw', meaning: 'een\r\n\u2066twee' };
  expect(parseWish(form(said))).toMatchObject({ wish: { term: 'buur vrouw', meaning: 'een\n twee' } });
});

test.each([
  [{ kind: 'policy' }, 'kind', 'kind'],
  [{ word: 'regie' }, 'word', 'word'],
  [{ language: 'xx' }, 'language', 'language'],
  [{ term: '' }, 'term', 'term'],
  [{ meaning: ' \u0000 ' }, 'meaning', 'meaning'],
  [{ term: 'x'.repeat(81) }, 'term', 'too-long'],
  [{ example: 'Bel 06 12345678 of kom' }, 'example', 'contact'],
  [{ says: 'samira@example.org' }, 'says', 'contact'],
  [{ disputes: '0193a000-0000-7000-8000-0000000000cc', why: '' }, 'why', 'why'],
] as const)('%j is told by its question', (answers, field, reason) => {
  const read = parseWish(form({ ...good, ...answers }));
  expect(read.ok ? [] : read.problems.map((problem) => [problem.field, problem.reason])).toContainEqual([
    field,
    reason,
  ]);
});
