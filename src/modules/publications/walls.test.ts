import { sql, type RawBuilder } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { leaveHouse } from '../people/commands/leave.server.ts';
import { aPerson } from '../people/testing.ts';
import { aTelling } from '../stories/testing.ts';
import { sawHow, sendOut, someOwnWords } from './releasing/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from './testing.ts';

ownDatabase();
const given = (...uses: ('read' | 'quote-report' | 'web-book' | 'print' | 'translate-people')[]) =>
  uses.map((use) => ({ use, verdict: 'given', audience: 'public' }) as const);

/** Whoever may come to a publication, each by the word the table below knows them by. */
const people: Record<string, Viewer> = { visitor };
const publication = { id: '' };

beforeAll(async () => {
  const named = ['other', 'layer', 'writer', 'editor', 'told', 'teller', 'left'] as const;
  for (const name of named) people[name] = await aPerson(name);
  // An editor of the house who was not asked to this publication is nobody to it.
  people.elsewhere = await aPerson('elsewhere', [{ role: 'editor' }, { role: 'facilitator' }]);
  const who = (name: string) => people[name] ?? expect.unreachable();
  const { id } = await aPublication({
    by: who('editor'),
    people: [
      { viewer: who('layer'), part: 'layer', called: 'Legt' },
      { viewer: who('writer'), part: 'writer', called: 'Schrijft' },
      { viewer: who('left'), part: 'writer', called: 'Ging' },
    ],
  });
  publication.id = id;
  const consents = given('read', 'quote-report', 'translate-people');
  const told = await aTelling({ teller: who('told'), says: ['Ik kwam in de winter.'], consents });
  const quiet = await aTelling({ teller: who('teller'), says: ['Ik bleef thuis.'], consents });
  const article = await anArticle({ publication: id, standing: 'ready' });
  const draft = await anArticle({ publication: id, standing: 'draft' });
  await anArticle({ publication: id, standing: 'pitch' });
  const piece = await aPiece({ publication: id, by: who('layer'), telling: told.id });
  await aPiece({ publication: id, by: who('writer'), telling: quiet.id });
  const paragraph = await aParagraph({ article: article.id, by: who('writer'), piece: piece.id });
  const beside = await aParagraph({ article: draft.id, by: who('writer') });
  await someOwnWords({
    by: who('told'),
    publication: id,
    words: 'Zo was het niet.',
    kind: 'margin',
    beside: paragraph.id,
  });
  await withViewer(operator, async (tx) => {
    await sql`update core.publication_person set left_on = core.today() where person_id = ${who('left').id}`.execute(
      tx,
    );
    await sql`insert into core.publication_invitation (publication, part, word_hash, language, made_by, until_day)
      values (${id}, 'layer', sha256('word'), 'nl', ${who('editor').id}, core.today() + 9)`.execute(tx);
    await sql`insert into core.piece_rendering (piece, language, words, made_how, made_by) values (${piece.id}, 'ar', 'جئت', 'person', ${who('layer').id})`.execute(
      tx,
    );
    await sql`insert into core.picture (publication, type, bytes, width, height, alt, made_by) values (${id}, 'image/webp', sha256('x'), 1, 1, 'Een brug', ${who('writer').id})`.execute(
      tx,
    );
    await sql`insert into core.figure (slug, kind, asked, address, language, title, alt, facts, drawing, hash, made_by)
      values ('abcdefghij', 'field', '{}', '/initiatives', 'nl', 'Het veld', 'Stenen', '{}', '<svg xmlns="http://www.w3.org/2000/svg"/>', sha256('x'), ${who('writer').id})`.execute(
      tx,
    );
    await sql`insert into core.record (slug, csl, source, brought_by) values ('een-rapport', '{}', 'bron', ${who('editor').id})`.execute(
      tx,
    );
    await sql`insert into core.paragraph_wording (paragraph, base, text, op, by_person) values (${beside.id}, 1, 'Anders', uuidv7(), ${who('writer').id})`.execute(
      tx,
    );
  });
  await sawHow(piece.id, who('told'));
  const edition = await sendOut(who('editor'), id);
  await withViewer(operator, (tx) => sql`select core.lay_editions_open(array[${edition}::uuid])`.execute(tx));
});

const tables =
  `quote publication publication_person publication_invitation article piece piece_rendering paragraph draw paragraph_version
  paragraph_wording margin own_word told_back picture figure record edition edition_article edition_paragraph edition_draw edition_piece
  manifest_line edition_file`.split(/\s+/);

const ways = {
  sees: (table: string) => sql`select true from ${sql.table(`core.${table}`)}`,
  takes: (table: string) => sql`delete from ${sql.table(`core.${table}`)} returning true`,
};

/** Whether this persona gets at any row this way; nothing they try stays. */
async function gets(viewer: Viewer, way: keyof typeof ways, table: string): Promise<boolean> {
  const back = new Error('back');
  let got = false;
  await withViewer(viewer, async (tx) => {
    got = (await ways[way](table).execute(tx)).rows.length > 0;
    throw back;
  }).catch((thrown: unknown) => {
    // What only something hanging on it keeps from going, they could have taken.
    const { code } = thrown as { code?: string };
    if (code === '23503' || code === '23001') got = true;
    else if (thrown !== back && code !== '42501') throw thrown;
  });
  return got;
}

/** Who gets at what: the walls of this room, read from the walls themselves. */
async function whoGets(way: keyof typeof ways): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const table of tables) {
    const names: string[] = [];
    for (const [name, viewer] of Object.entries(people)) if (await gets(viewer, way, table)) names.push(name);
    told[table] = names.join(' ');
  }
  return told;
}
const works = 'layer writer editor';
const worksOrIsTold = 'layer writer editor told';
const signedIn = 'other layer writer editor told teller left elsewhere';

test('who works on a publication reads what lies in it, whose words are used what is around them, and nobody else anything', async () => {
  expect(await whoGets('sees')).toEqual({
    quote: 'layer writer editor told teller',
    publication: worksOrIsTold,
    publication_person: 'layer writer editor left',
    publication_invitation: 'editor',
    article: worksOrIsTold,
    piece: worksOrIsTold,
    piece_rendering: worksOrIsTold,
    paragraph: worksOrIsTold,
    draw: worksOrIsTold,
    paragraph_version: works,
    paragraph_wording: works,
    margin: worksOrIsTold,
    own_word: worksOrIsTold,
    told_back: 'told',
    picture: worksOrIsTold,
    figure: signedIn,
    record: signedIn,
    edition: works,
    edition_article: works,
    edition_paragraph: works,
    edition_draw: works,
    edition_piece: works,
    manifest_line: 'editor told',
    edition_file: works,
  });
});

test('what was written, said and sent out is taken away by nobody; what lies ready only by whose it is', async () => {
  const taken = await whoGets('takes');
  expect(Object.fromEntries(Object.entries(taken).filter(([, names]) => names !== ''))).toEqual({
    publication_invitation: 'editor',
    article: 'writer editor',
    piece: works,
    piece_rendering: 'layer editor',
    draw: 'writer editor',
    paragraph_wording: 'writer editor',
    picture: 'writer editor',
    record: 'elsewhere',
  });
});

const tries = async (name: string, deed: RawBuilder<unknown>): Promise<string | undefined> =>
  withViewer(people[name] ?? visitor, (tx) => deed.execute(tx)).then(
    ({ rows, numAffectedRows }) => (rows.length + Number(numAffectedRows ?? 0) > 0 ? 'done' : 'nothing'),
    (thrown: unknown) => (thrown as { code?: string }).code,
  );

test('nobody makes themselves more than they are to a publication, and it keeps an editor', async () => {
  const { id } = publication;
  const me = (name: string) => people[name]?.id ?? '';
  const join = (name: string, part: string) =>
    sql`insert into core.publication_person (publication, person_id, part) values (${id}, ${me(name)}, ${part})`;
  const become = (name: string, set: RawBuilder<unknown>) =>
    sql`update core.publication_person set ${set} where publication = ${id} and person_id = ${me(name)} returning true`;
  for (const name of ['other', 'elsewhere', 'told', 'teller'])
    expect(await tries(name, join(name, 'layer'))).toBe('42501');
  for (const name of ['layer', 'writer']) {
    expect(await tries(name, become(name, sql`part = 'editor'`))).toBe('42501');
    expect(
      await tries(
        name,
        sql`insert into core.publication_invitation (publication, part, word_hash, language, until_day)
      values (${id}, 'writer', sha256('mine'), 'nl', core.today() + 9)`,
      ),
    ).toBe('42501');
  }
  expect(await tries('left', become('left', sql`left_on = null`))).not.toBe('done');
  expect(await tries('editor', become('editor', sql`left_on = core.today()`))).toBe('23514');
  expect(
    await tries(
      'layer',
      sql`insert into core.article (publication, slug, kind, title, language) values (${id}, 'mijn', 'section', 'Mijn', 'nl')`,
    ),
  ).toBe('42501');
  expect(
    await tries(
      'writer',
      sql`insert into core.article (publication, slug, kind, title, language, standing) values (${id}, 'mijn', 'section', 'Mijn', 'nl', 'released')`,
    ),
  ).toBe('42501');
  expect(
    await tries(
      'other',
      sql`insert into core.publication (slug, kind, title, language, made_by) values ('van-mij', 'report', 'Mijn', 'nl', ${me('other')})`,
    ),
  ).toBe('42501');
});

test('an invitation opens once, for one person, and tells nothing to who holds another word', async () => {
  const opens = (name: string, word: string) =>
    tries(name, sql`select true from core.publication_word_opens(sha256(${word}::bytea))`);
  const takes = (name: string, word: string) =>
    withViewer(people[name] ?? visitor, (tx) =>
      sql<{
        slug: string | null;
      }>`select core.take_publication_word(sha256(${word}::bytea), 'Nieuw') as slug`.execute(tx),
    ).then(({ rows }) => rows[0]?.slug ?? null);
  expect(await opens('visitor', 'word')).toBe('42501');
  expect(await opens('other', 'sword')).toBe('nothing');
  expect(await opens('other', 'word')).toBe('done');
  expect(await takes('other', 'sword')).toBeNull();
  const slug = await takes('other', 'word');
  expect(slug).toMatch(/^boek-/);
  // Who comes twice came once; anyone else finds it closed.
  expect(await takes('other', 'word')).toBe(slug);
  expect(await takes('teller', 'word')).toBeNull();
  expect(await opens('teller', 'word')).toBe('nothing');
  expect(await gets(people.other ?? visitor, 'sees', 'piece')).toBe(true);
  expect(await gets(people.teller ?? visitor, 'sees', 'piece')).toBe(false);
});

test('once the work on it has ended nobody writes in a publication, who belongs to it reads it and can leave, until it is taken up again', async () => {
  const { id } = publication;
  const mine = sql`where publication = ${id}`;
  const set = (what: RawBuilder<unknown>) =>
    sql`update core.publication set ${what} where id = ${id} returning true`;
  const block = sql`from core.paragraph b join core.piece p on p.id = b.piece where p.publication = ${id} limit 1`;
  expect(await tries('editor', set(sql`ended_on = '2026-01-01'`))).toBe('done');
  for (const name of ['layer', 'writer', 'editor']) {
    const viewer = people[name] ?? visitor;
    expect(await gets(viewer, 'sees', 'paragraph'), name).toBe(true);
    for (const table of tables) expect(await gets(viewer, 'takes', table), `${name} ${table}`).toBe(false);
  }
  for (const deed of [
    set(sql`title = 'Anders'`),
    sql`insert into core.article (publication, slug, kind, title, language) values (${id}, 'later', 'section', 'Later', 'nl')`,
    sql`insert into core.paragraph (article, place, kind, language, text) select b.article, 99, 'paragraph', 'nl', 'Later' ${block}`,
    sql`insert into core.piece (publication, kind, quote, laid_by) select ${id}, 'passage', p.quote, ${people.editor?.id} ${block}`,
    sql`insert into core.draw select b.id, p.id, 'joins' ${block}`,
    sql`select core.release_edition(${id}, '')`,
    sql`update core.article set title = 'Anders' ${mine} returning true`,
    sql`select true from core.piece p ${mine} and core.tell_back(p.id) is not null`,
  ])
    expect(await tries('editor', deed)).not.toBe('done');
  const leaving = sql`update core.publication_person set left_on = core.today() ${mine} and person_id = ${people.other?.id} returning true`;
  expect(await tries('other', leaving)).toBe('done');
  const out = sql`select core.leave_with_quote(p.quote) from core.piece p ${mine} and core.was_told(p.id)`;
  expect(await tries('told', out)).toBe('done');
  expect(await tries('editor', set(sql`ended_on = null, title = 'Anders'`))).toBe('done');
});

test('who leaves the house leaves its publications too, also as the last editor, and no name of theirs stays at a desk', async () => {
  const leaver = await aPerson('Vertrekt', [{ role: 'editor' }]);
  const { id } = await aPublication({ by: leaver });
  await withViewer(leaver, (tx) => leaveHouse(tx, { person: leaver.id ?? '' }));
  const left = await withViewer(operator, (tx) =>
    sql`select called, left_on is not null as gone from core.publication_person where publication = ${id}`.execute(
      tx,
    ),
  );
  expect(left.rows).toEqual([{ called: null, gone: true }]);
});

test('a quote is made for the use of its publication, on the consent to that use, and keeps it', async () => {
  const [teller, editor] = [people.teller ?? visitor, people.editor ?? visitor];
  const consents = given('read', 'web-book', 'print');
  const telling = await aTelling({ teller, says: ['Ik kwam in de lente.'], consents });
  const magazine = await aPublication({ kind: 'magazine', by: editor });
  const quote = { telling: telling.id, exact: 'in de lente' };
  const piece = await aPiece({ publication: magazine.id, by: editor, quote });
  const read = (query: RawBuilder<unknown>, viewer: Viewer) =>
    withViewer(viewer, (tx) => query.execute(tx)).then(({ rows }) => rows);
  expect(await read(sql`select exact, use from core.quote where id = ${piece.quote}`, editor)).toEqual([
    { exact: 'in de lente', use: 'web-book' },
  ]);
  expect(
    await tries('teller', sql`update core.quote set use = 'print' where id = ${piece.quote} returning true`),
  ).toBe('42501');
  const lines = sql`select kind, use, consent is not null as consented from core.lineage where item = ${telling.id} order by kind`;
  expect(await read(lines, teller)).toEqual([
    { kind: 'piece', use: 'web-book', consented: true },
    { kind: 'quote', use: 'web-book', consented: true },
  ]);
  await withViewer(teller, (tx) =>
    sql`update core.quote set standing = 'let-go' where id = ${piece.quote}`.execute(tx),
  );
  const held = sql`select v.words from core.voices_laid(${magazine.id}) v`;
  expect(await read(held, editor)).toEqual([]);
});
