import { sql, type RawBuilder } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';
import { say, takeBack } from '../../consent/commands.server.ts';
import { nothingSaid, type Saying, type Use } from '../../consent/model.ts';
import { whereItStands } from '../../consent/withdrawal/queries.server.ts';
import { asAdmin } from '../../initiatives/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../testing.ts';
import { sawHow, sendOut } from '../releasing/testing.ts';
import { turnEditions } from './jobs.server.ts';
import { anEditionOf, hitsOf, type Out } from './testing.ts';

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

const asked = <Row>(query: RawBuilder<Row>, viewer: Viewer = visitor) =>
  withViewer(viewer, (tx) => query.execute(tx)).then(({ rows }) => rows);
const proof = (viewer: Viewer) => speakerOf(viewer) as Speaker;
const given = (use: Use, more: Partial<Saying> = {}) =>
  ({ ...nothingSaid(use), verdict: 'given', audience: 'public', ...more }) as const;
const takesBack = (viewer: Viewer, item: string) =>
  withViewer(viewer, (tx) => takeBack(tx, proof(viewer), { item, language: 'nl', how: 'screen' }));
const says = (viewer: Viewer, item: string, saying: Saying) =>
  withViewer(viewer, async (tx) => {
    const { rows } = await sql<{
      hash: Buffer;
    }>`select hash from core.telling_version where telling = ${item}`.execute(tx);
    return say(tx, proof(viewer), {
      item,
      sayings: [saying],
      seenHash: rows[0]?.hash ?? Buffer.alloc(32),
      shownIn: 'nl',
      how: 'screen',
    });
  });

const anEdition = (out: Out) => anEditionOf({ editor, noor, bram }, out);
const errataOf = (edition: string) =>
  asked(sql`select kind, printed from pub.erratum where edition = ${edition} order by at, kind desc`);
const standingOf = async (edition: string) => {
  const [row] = await asked<{ state: number; files: number; waits: number; blocks: string[] }>(sql`
    select e.state, (select count(*)::int from pub.edition_file f where f.edition = e.id) as files, 0 as waits,
      array(select p.kind || ' ' || p.text from pub.edition_paragraph p where p.edition = e.id order by p.place) as blocks from pub.edition e where e.id = ${edition}`);
  const waits = await asked<{ n: number }>(
    sql`select count(*)::int as n from jobs.job where state = 'created' and data->>'job' = 'make-files' and data->'data'->>'edition' = ${edition}`,
    house,
  );
  return { ...row, waits: waits[0]?.n };
};

test('what a teller takes back is out of the edition, its files, the desk and its history in the same transaction, and nowhere else either', async () => {
  const words = 'kaneelbroodjesochtend';
  const out = await anEdition({
    words,
    consents: [given('read'), given('quote-report'), given('translate-people')],
  });
  // An earlier version of a block that no longer rests on it, and another wording that does.
  await asAdmin(
    database.adminUrl,
    `update core.paragraph_version v set text = 'eerst ${words}', draws = '[{"piece": "${out.piece.id}", "way": "joins"}]' from core.paragraph b where b.id = v.paragraph and b.text = 'Wij antwoorden.' and b.article = '${out.article}'`,
  );
  await asked(
    sql`insert into core.paragraph_wording (paragraph, base, text, draws, op) select id, 1, ${`of ${words}`}, ${JSON.stringify([{ piece: out.piece.id, way: 'paraphrases' }])}, uuidv7() from core.paragraph where text = 'Wij antwoorden.' and article = ${out.article}`,
    operator,
  );
  expect(await standingOf(out.edition)).toMatchObject({ state: 1, files: 3 });
  const before = await hitsOf(words);
  for (const place of [
    'pub.edition_voice.words',
    'pub.edition_voice_rendering.words',
    'pub.edition_paragraph.text',
    'pub.edition_file.bytes',
    'core.edition_file.bytes',
    'core.paragraph_version.text',
    'core.paragraph_wording.text',
    'core.piece_rendering.words',
  ])
    expect(before).toContain(place);
  expect(await takesBack(noor, out.telling.id)).toMatchObject({ ok: true });
  expect(await standingOf(out.edition)).toEqual({
    state: 2,
    files: 0,
    waits: 1,
    blocks: ['paragraph Wij antwoorden.'],
  });
  expect(await errataOf(out.edition)).toEqual([{ kind: 'paragraph-left', printed: true }]);
  // Whoever sweeps the house by its keys or by its words finds nothing.
  expect(await withViewer(operator, (tx) => whereItStands(tx, out.telling.id))).toEqual([]);
  expect(await hitsOf(words)).toEqual([]);
  expect(await asked(sql`select words from pub.edition_voice where edition = ${out.edition}`)).toEqual([
    { words: 'Bij ons niet.' },
  ]);
});

test('words in the margin, the name under them and what was put in another language leave nothing behind; a title made of them never goes out unseen', async () => {
  const words = 'kanarie7f en niemand deed open toen ik kwam';
  const [beside, called] = ['Naast kanarie7f.', 'Kanarie kanarie7f'];
  const consents = [given('read'), given('quote-report'), given('translate-people')];
  const out = await anEdition({ words, consents, beside, called });
  const before = await hitsOf('kanarie7f');
  for (const place of [
    'core.own_word.words',
    'core.own_word.called',
    'pub.edition_voice.called',
    'pub.edition_voice_rendering.words',
  ])
    expect(before).toContain(place);
  // The title and the opening are part of what is seen.
  await asked(
    sql`update core.article set title = ${words}, opening = ${words}, standing = 'ready' where id = ${out.article}`,
    editor,
  );
  await expect(sendOut(editor, out.publication)).rejects.toThrow(/voice_not_shown/);
  await asked(
    sql`update core.article set title = 'Over deuren', opening = '' where id = ${out.article}`,
    editor,
  );
  await takesBack(bram, out.margin);
  await takesBack(noor, out.telling.id);
  expect(await hitsOf('kanarie7f')).toEqual([]);
});

test('who takes back paper alone stays on the web: the erratum says paper may still hold it, and every file is made anew', async () => {
  const out = await anEdition({
    kind: 'magazine',
    words: 'op papier niet',
    consents: [given('read'), given('web-book'), given('print')],
  });
  await says(noor, out.telling.id, nothingSaid('print'));
  const [voice] = await asked(
    sql`select words, on_web, on_paper from pub.edition_voice where edition = ${out.edition} and kind = 'quote'`,
  );
  expect(voice).toEqual({ words: 'op papier niet', on_web: true, on_paper: false });
  expect(await errataOf(out.edition)).toEqual([{ kind: 'voice-left', printed: true }]);
  expect(await standingOf(out.edition)).toMatchObject({ state: 2, files: 0, waits: 1 });
  // What left this edition does not come back into it.
  await says(noor, out.telling.id, given('print'));
  expect(
    await asked(
      sql`select on_paper from pub.edition_voice where edition = ${out.edition} and kind = 'quote'`,
    ),
  ).toEqual([{ on_paper: false }]);
  await says(noor, out.telling.id, nothingSaid('web-book'));
  expect(await asked(sql`select kind from pub.edition_voice where edition = ${out.edition}`)).toEqual([
    { kind: 'margin' },
  ]);
  expect(await errataOf(out.edition)).toEqual([
    { kind: 'voice-left', printed: true },
    { kind: 'paragraph-left', printed: false },
  ]);
});

test('the name, the language and the margin follow their consent too', async () => {
  const out = await anEdition({
    words: 'onder een naam',
    consents: [given('read'), given('quote-report', { nameForm: 'other' }), given('translate-people')],
  });
  const voice = () =>
    asked(
      sql`select called, telling is not null as points, (select count(*)::int from pub.edition_voice_rendering r where r.edition = v.edition) as renderings from pub.edition_voice v where edition = ${out.edition} and kind = 'quote'`,
    );
  expect(await voice()).toEqual([{ called: 'De bakker', points: false, renderings: 1 }]);
  await says(noor, out.telling.id, given('quote-report'));
  expect(await voice()).toEqual([{ called: null, points: true, renderings: 1 }]);
  expect(await standingOf(out.edition)).toMatchObject({ state: 2, files: 0 });
  await says(noor, out.telling.id, nothingSaid('translate-people'));
  expect(await voice()).toEqual([{ called: null, points: true, renderings: 0 }]);
  // A quote leads to no page that says more of who it is than it does itself, nor to one that says less, nor to one that is closed.
  await says(noor, out.telling.id, given('read', { nameForm: 'other' }));
  expect(await voice()).toMatchObject([{ points: false }]);
  await says(noor, out.telling.id, given('read'));
  expect(await voice()).toMatchObject([{ points: true }]);
  await says(noor, out.telling.id, nothingSaid('read'));
  expect(await voice()).toMatchObject([{ points: false }]);
  expect(await errataOf(out.edition)).toEqual([]);
  expect(await takesBack(bram, out.margin)).toMatchObject({ ok: true });
  expect(await asked(sql`select kind from pub.edition_voice where edition = ${out.edition}`)).toEqual([
    { kind: 'quote' },
  ]);
  expect(await errataOf(out.edition)).toEqual([{ kind: 'voice-left', printed: true }]);
});

test('words that were let go leave, also when nobody took consent back; who quoted them cannot pull them out', async () => {
  const out = await anEdition({ words: 'laat maar los', consents: [given('read'), given('quote-report')] });
  await expect(asked(sql`delete from core.quote where id = ${out.piece.quote}`, editor)).resolves.toEqual([]);
  expect(
    await asked(sql`select words from pub.edition_voice where edition = ${out.edition} and kind = 'quote'`),
  ).toHaveLength(1);
  await asked(sql`update core.quote set standing = 'let-go' where id = ${out.piece.quote}`, noor);
  expect(await asked(sql`select kind from pub.edition_voice where edition = ${out.edition}`)).toEqual([
    { kind: 'margin' },
  ]);
  expect(await asked(sql`select 1 from core.piece where id = ${out.piece.id}`, operator)).toEqual([]);
  // Words that never went out go with what was written of them, whoever deletes them.
  const { id } = await aPublication({ by: editor });
  const article = await anArticle({ publication: id });
  const piece = await aPiece({ publication: id, by: editor, telling: out.telling.id });
  await aParagraph({ article: article.id, piece: piece.id });
  await asked(sql`delete from core.quote where id = ${piece.quote}`, operator);
  const left = sql`select id from core.piece where publication = ${id} union select id from core.paragraph where article = ${article.id}`;
  expect(await asked(left, operator)).toEqual([]);
});

test('a consent until a day ends on that day, by night, at the desk as in the edition', async () => {
  const out = await anEdition({
    words: 'tot een dag',
    consents: [given('read'), given('quote-report', { untilDay: '2999-01-01' })],
  });
  const turns = await asked<{ at: string }>(
    sql`select start_after::date::text as at from jobs.job where data->>'job' = 'turn-editions' and start_after > '2990-01-01'`,
    house,
  );
  expect(turns).toEqual([{ at: '2998-12-31' }]);
  await turnEditions();
  expect(await standingOf(out.edition)).toMatchObject({ state: 1, files: 3 });
  await asAdmin(
    database.adminUrl,
    `begin; set local session_replication_role = replica; update core.consent set from_day = from_day - 9, until_day = core.today() where item = '${out.telling.id}' and until_day is not null; commit`,
  );
  await turnEditions();
  expect(await standingOf(out.edition)).toMatchObject({
    state: 2,
    files: 0,
    waits: 1,
    blocks: ['paragraph Wij antwoorden.'],
  });
  expect(await asked(sql`select 1 from core.piece where id = ${out.piece.id}`, operator)).toEqual([]);
  await turnEditions();
  expect(await standingOf(out.edition)).toMatchObject({ state: 2 });
});

test('of a release and a taking back at the same moment, whichever comes first, no voice stays behind', async () => {
  for (let turn = 0; turn < 12; turn++) {
    const telling = await aTelling({
      teller: noor,
      says: [`Tegelijk nummer ${turn}.`],
      consents: [given('read'), given('quote-report')],
    });
    const { id: publication } = await aPublication({ by: editor });
    const article = await anArticle({ publication, standing: 'ready' });
    const piece = await aPiece({ publication, by: editor, telling: telling.id });
    await aParagraph({ article: article.id, piece: piece.id });
    await aParagraph({ article: article.id, text: 'Zonder stem.' });
    await sawHow(piece.id, noor);
    const [out, back] = await Promise.allSettled([sendOut(editor, publication), takesBack(noor, telling.id)]);
    expect(back).toMatchObject({ status: 'fulfilled', value: { ok: true } });
    expect(
      await asked(
        sql`select v.words from pub.edition_voice v join pub.edition e on e.id = v.edition where e.publication = ${publication}`,
      ),
    ).toEqual([]);
    if (out.status === 'fulfilled')
      expect(await standingOf(out.value)).toMatchObject({ blocks: ['paragraph Zonder stem.'] });
  }
});
