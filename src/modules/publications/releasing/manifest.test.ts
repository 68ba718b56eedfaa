import { sql, type RawBuilder } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import type { Use } from '../../consent/model.ts';
import { asAdmin } from '../../initiatives/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { editorOf, type Editor } from '../access.ts';
import type { PublicationKind } from '../model.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../testing.ts';
import { release } from './commands.server.ts';
import { hindrancesOf } from './queries.server.ts';
import { sawHow, sendOut, someOwnWords } from './testing.ts';

const database = ownDatabase();
let editor: Viewer;
let noor: Viewer;
let bram: Viewer;
beforeAll(async () => {
  [editor, noor, bram] = await Promise.all([
    aPerson('Redacteur', [{ role: 'editor' }]),
    aPerson('Noor'),
    aPerson('Bram'),
  ]);
});

const given = (use: Use) => ({ use, verdict: 'given', audience: 'public' }) as const;
const asked = <Row>(query: RawBuilder<Row>, viewer: Viewer = operator) =>
  withViewer(viewer, (tx) => query.execute(tx)).then(({ rows }) => rows);
const releases = (publication: string) =>
  withViewer(editor, (tx) => release(tx, editorOf(editor, { publication, part: 'editor' }) as Editor, ''));

/** A publication with one ready article that quotes one voice. */
async function quoting(uses: readonly Use[], kind: PublicationKind = 'common-story') {
  const telling = await aTelling({
    teller: noor,
    says: ['Ik kwam 😀 in de winter aan. Daarna werd het licht.'],
    consents: uses.map(given),
  });
  const publication = await aPublication({ by: editor, kind });
  const article = await anArticle({ publication: publication.id, standing: 'ready' });
  const quote = { telling: telling.id, exact: '😀 in de winter' };
  const piece = await aPiece({ publication: publication.id, by: editor, quote });
  const block = await aParagraph({ article: article.id, piece: piece.id });
  return { telling, publication: publication.id, article: article.id, piece, block: block.id };
}

test('nothing goes out before it is ready, covered by consent, seen by whose words it holds, and whole', async () => {
  const { publication, article, piece, block, telling } = await quoting(['read', 'quote-report']);
  const stops = async (reason: string) => {
    expect(await releases(publication)).toMatchObject({ ok: false, reason });
    await expect(sendOut(editor, publication)).rejects.toMatchObject({ constraint: reason });
  };
  const set = (what: RawBuilder<unknown>) => asked(what);
  await stops('voice_not_shown');
  await sawHow(piece.id, noor);
  await set(sql`update core.article set standing = 'told-back' where id = ${article}`);
  await stops('nothing_ready');
  await set(sql`update core.article set standing = 'ready' where id = ${article}`);
  await set(sql`update core.told_back set answer = 'out', answered_at = now() where piece = ${piece.id}`);
  await stops('voice_out');
  await set(sql`update core.told_back set answer = 'agree' where piece = ${piece.id}`);
  await set(sql`update core.quote set standing = 'asked' where id = ${piece.quote}`);
  await stops('voice_changed');
  await set(sql`update core.quote set standing = 'held' where id = ${piece.quote}`);
  await set(
    sql`insert into core.paragraph_wording (paragraph, base, text, op) values (${block}, 1, 'anders', uuidv7())`,
  );
  await stops('wording_open');
  await set(sql`update core.paragraph_wording set settled_at = now() where paragraph = ${block}`);
  // What is written of it after they saw it, they see anew.
  await aParagraph({
    article,
    text: 'Zij kwam toen het koud was.',
    draws: [{ piece: piece.id, way: 'paraphrases' }],
  });
  await stops('voice_not_shown');
  await sawHow(piece.id, noor);
  await asked(
    sql`insert into core.telling_version (telling, number, doc, hash) select telling, 2, doc, sha256('2') from core.telling_version where telling = ${telling.id}`,
  );
  expect(await withViewer(bram, (tx) => hindrancesOf(tx, publication))).toEqual([]);
  expect(await releases(publication)).toMatchObject({ ok: true });
});

test('one consent that does not cover its way out keeps a magazine in, and only its editor sends one out', async () => {
  const { publication, piece, telling } = await quoting(['read', 'web-book', 'quote-report'], 'magazine');
  await sawHow(piece.id, noor);
  expect(await releases(publication)).toMatchObject({ ok: false, reason: 'voice_without_consent' });
  await asked(sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by)
    select ${telling.id}, 'print', 'given', 'public', sha256('another version'), 'nl', 'screen', ${noor.id}`);
  expect(await releases(publication)).toMatchObject({ ok: false, reason: 'voice_unseen' });
  await asked(sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by)
    select ${telling.id}, 'print', 'given', 'public', hash, 'nl', 'screen', ${noor.id} from core.telling_version where telling = ${telling.id}`);
  for (const other of [noor, bram])
    await expect(sendOut(other, publication)).rejects.toMatchObject({ code: '42501' });
  expect(await releases(publication)).toMatchObject({ ok: true });
});

test('whoever writes it, no voice stands in an edition without a line whose consent holds, and none with other words', async () => {
  const first = await quoting(['read', 'quote-report']);
  await sawHow(first.piece.id, noor);
  const edition = await sendOut(editor, first.publication);
  const other = await aTelling({
    teller: bram,
    says: ['Dit zei Bram alleen hier.'],
    consents: [given('read')],
  });
  const block = await asked<{ id: string }>(
    sql`select block as id from core.telling_block where telling = ${other.id}`,
  );
  const quote = crypto.randomUUID();
  const past = async (words: string) =>
    expect(asAdmin(database.adminUrl, words), words).rejects.toMatchObject({ code: '42501' });
  await asAdmin(
    database.adminUrl,
    `begin; set local session_replication_role = replica;
     insert into core.quote (id, telling, version, block, start_at, end_at, exact, exact_hash) values ('${quote}', '${other.id}', 1, '${block[0]?.id}', 0, 8, 'Dit zei ', sha256('Dit zei '));
     insert into core.piece (id, publication, kind, quote) values ('${quote}', '${first.publication}', 'quote', '${quote}'); commit`,
  );
  const line = (
    consent: string,
  ) => `insert into core.manifest_line (edition, item, quote, use, version, block, start_at, end_at, exact_hash, consent)
    values ('${edition}', '${other.id}', '${quote}', 'quote-report', 1, '${block[0]?.id}', 0, 8, sha256('Dit zei '), ${consent})`;
  await past(line(`(select max(number) from core.consent where item = '${other.id}')`));
  await past(
    line(
      `(select max(number) from core.consent where item = '${first.telling.id}' and use = 'quote-report')`,
    ),
  );
  await past(
    `insert into pub.edition_voice values ('${edition}', '${quote}', 'quote', null, 'Dit zei ', 'nl', null, null, null, true, true, null, sha256('Dit zei '))`,
  );
  await asAdmin(
    database.adminUrl,
    `insert into core.edition_piece values ('${edition}', '${quote}', 'voice', '${quote}')`,
  );
  await past(
    `insert into core.edition_draw values ('${edition}', '${first.block}', '${quote}', 'paraphrases')`,
  );
  await past(`insert into core.edition_draw values ('${edition}', '${first.block}', '${quote}', 'margin')`);
  await past(
    `insert into core.edition_paragraph select edition, '${quote}', article, 9, kind, level, language, text, '${quote}', picture, version from core.edition_paragraph where edition = '${edition}'`,
  );
  await past(
    `insert into pub.edition_paragraph select edition, '${quote}', article, 9, 'paragraph', null, 'nl', 'Bram zei dit', null, null, null, 1 from pub.edition_paragraph where edition = '${edition}'`,
  );
  // The words of a voice that is there cannot become others, nor its line another line.
  await past(
    `update pub.edition_voice set words = 'in de zomer', hash = sha256('in de zomer') where edition = '${edition}'`,
  );
  await past(`update core.manifest_line set exact_hash = sha256('in de zomer') where edition = '${edition}'`);
  await past(
    `insert into pub.edition_voice_rendering values ('${edition}', '${first.piece.quote}', 'en', 'in winter', null, 'machine')`,
  );
  // Who does not work on it sees no row of what an edition is made of, and a visitor not even that there is such a table.
  for (const table of [
    'core.edition',
    'core.edition_piece',
    'core.edition_paragraph',
    'core.manifest_line',
    'core.edition_file',
  ]) {
    expect(await asked(sql`select 1 from ${sql.table(table)}`, bram), table).toEqual([]);
    await expect(asked(sql`select 1 from ${sql.table(table)}`, visitor), table).rejects.toMatchObject({
      code: '42501',
    });
    expect((await asked(sql`select 1 from ${sql.table(table)}`, editor)).length, table).toBeGreaterThan(0);
  }
  // Who works here can do nothing of the kind, however they ask.
  for (const table of [
    'core.manifest_line',
    'core.edition_paragraph',
    'core.edition_piece',
    'pub.edition_voice',
  ])
    await expect(asked(sql`delete from ${sql.table(table)}`, editor), table).rejects.toMatchObject({
      code: '42501',
    });
  expect(await asked(sql`select words from pub.edition_voice where edition = ${edition}`, visitor)).toEqual([
    { words: '😀 in de winter' },
  ]);
});

test('an edition stays as it went out when the desk goes on, and its words are those of the version they were quoted from', async () => {
  const { publication, article, piece, telling } = await quoting([
    'read',
    'quote-report',
    'translate-people',
  ]);
  const margin = await aParagraph({
    article,
    text: 'Zo ging het.',
    draws: [{ piece: piece.id, way: 'differs' }],
  });
  await someOwnWords({
    by: bram,
    publication,
    words: 'Zo ging het niet.',
    kind: 'margin',
    called: 'Bram',
    beside: margin.id,
  });
  await asked(
    sql`insert into core.piece_rendering (piece, language, words, signed_as, made_how) values (${piece.id}, 'en', '😀 in winter', 'Ada', 'person')`,
  );
  await sawHow(piece.id, noor);
  const edition = await sendOut(editor, publication);
  // Of the telling a new version stands, and its teller chose other words to quote.
  await asked(
    sql`update core.quote set exact = 'Daarna werd het licht', exact_hash = sha256('Daarna werd het licht'), start_at = 29, end_at = 50 where id = ${piece.quote}`,
  );
  await asked(sql`delete from core.paragraph where article = ${article}`);
  await asked(sql`delete from core.piece where id = ${piece.id}`);
  await asked(sql`select core.lay_editions_open(array[${edition}::uuid])`, editor);
  const voices = await asked(
    sql`select kind, words, called, telling from pub.edition_voice where edition = ${edition} order by kind`,
    visitor,
  );
  expect(voices).toEqual([
    { kind: 'margin', words: 'Zo ging het niet.', called: 'Bram', telling: null },
    { kind: 'quote', words: '😀 in de winter', called: null, telling: telling.slug },
  ]);
  expect(
    await asked(
      sql`select words, signed_as from pub.edition_voice_rendering where edition = ${edition}`,
      visitor,
    ),
  ).toEqual([{ words: '😀 in winter', signed_as: 'Ada' }]);
  expect(
    await asked(
      sql`select kind, text from pub.edition_paragraph where edition = ${edition} order by place`,
      visitor,
    ),
  ).toEqual([
    { kind: 'quote', text: '' },
    { kind: 'paragraph', text: 'Zo ging het.' },
  ]);
});
