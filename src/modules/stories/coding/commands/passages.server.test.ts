import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aPerson } from '../../../people/testing.ts';
import { blocksOf } from '../../document/model.ts';
import { aTelling } from '../../testing.ts';
import {
  codableTellings,
  blocksToCode,
  codebooksOf,
  codesOf,
  memosOf,
  passagesOf,
} from '../queries.server.ts';
import { aCodebook, aResearcher, studying, type Studying } from '../testing.ts';
import { removeCode, shareCodebook } from './codebook.server.ts';
import { codePassage, dropMemo, uncodePassage, writeMemo } from './passages.server.ts';

ownDatabase();
let teller: Viewer;
let ada: Studying;
let ben: Studying;
beforeAll(async () => {
  teller = await aPerson('Noor');
  ada = await aResearcher('Ada');
  ben = await aResearcher('Ben');
});
const forCoding = { use: 'coding', verdict: 'given', audience: 'public' } as const;
const words = 'Ik kwam in de winter en ik bleef.';
const consented = () => aTelling({ teller, says: [words], consents: [forCoding] });
const blockOf = (telling: Awaited<ReturnType<typeof consented>>) => blocksOf(telling.doc)[0]?.block ?? '';

/** A codebook of Ada's in which she coded a passage of a telling and wrote three memos. */
async function aCodedTelling() {
  const telling = await consented();
  const { id, codes } = await aCodebook(ada, ['winter', 'blijven']);
  const [code = ''] = codes;
  const block = blockOf(telling);
  await withViewer(ada.viewer, (tx) =>
    codePassage(tx, ada.who, id, telling.id, { block, code, start: 11, end: 20 }),
  );
  const [passage] = await withViewer(ada.viewer, (tx) => passagesOf(tx, id));
  if (!passage) throw new Error('Nothing was coded.');
  await withViewer(ada.viewer, async (tx) => {
    await writeMemo(tx, ada.who, id, { telling: telling.id, passage: passage.id }, 'kou als beeld');
    await writeMemo(tx, ada.who, id, { telling: telling.id, passage: null }, 'hoort bij de andere');
    await writeMemo(tx, ada.who, id, { code }, 'ook letterlijk?');
  });
  return { telling, book: id, code, codes, block, passage };
}
const counts = (viewer: Viewer) =>
  withViewer(viewer, (tx) =>
    sql<
      Record<string, number>
    >`select (select count(*)::int from core.codebook) as books, (select count(*)::int from core.codebook_coder) as shared,
      (select count(*)::int from core.code) as codes, (select count(*)::int from core.coded_passage) as passages, (select count(*)::int from core.memo) as memos,
      (select count(*)::int from core.coding_export) as exports, (select count(*)::int from core.coding_export_telling) as inside`.execute(
      tx,
    ),
  ).then(({ rows }) => rows[0]);
const nothing = { books: 0, shared: 0, codes: 0, passages: 0, memos: 0, exports: 0, inside: 0 };

test('a researcher codes a passage, and takes the code off again with what was thought about it', async () => {
  const { book, passage, telling } = await aCodedTelling();
  expect(passage).toMatchObject({ start: 11, end: 20, coderName: 'Ada', own: true });
  expect(await withViewer(ada.viewer, (tx) => memosOf(tx, book, telling.id))).toHaveLength(2);
  await withViewer(ada.viewer, (tx) => uncodePassage(tx, ada.who, book, passage.id));
  expect(await withViewer(ada.viewer, (tx) => passagesOf(tx, book))).toEqual([]);
  const left = await withViewer(ada.viewer, (tx) => memosOf(tx, book, telling.id));
  expect(left.map(({ text }) => text)).toEqual(['hoort bij de andere']);
});

describe('only the consent to coding lets a telling be coded:', () => {
  test.each([
    [
      'read by everyone but not for coding',
      { consents: [{ use: 'read', verdict: 'given', audience: 'public' } as const] },
    ],
    ['for coding when asked each time', { consents: [{ ...forCoding, verdict: 'ask-me' as const }] }],
    ['for coding no longer', { consents: [forCoding, { ...forCoding, verdict: 'taken-back' as const }] }],
    ['a draft', { openIn: null, consents: [forCoding] }],
    ['still being slept on', { openIn: 14, consents: [forCoding] }],
  ])('what is %s is not there for a researcher', async (_what, made) => {
    const telling = await aTelling({ teller, says: [words], ...made });
    const { id, codes } = await aCodebook(ada, ['x']);
    const seen = await withViewer(ada.viewer, async (tx) => [
      (await codableTellings(tx)).some((each) => each.id === telling.id),
      (await blocksToCode(tx, [telling.id])).length,
    ]);
    expect(seen).toEqual([false, 0]);
    const said = { block: blockOf(telling), code: codes[0] ?? '', start: 0, end: 2 };
    const coded = await withViewer(ada.viewer, (tx) => codePassage(tx, ada.who, id, telling.id, said));
    expect(coded).toMatchObject({ ok: false, reason: 'coding.desk.refused.not-codable' });
    const past = withViewer(ada.viewer, (tx) =>
      sql`insert into core.coded_passage (codebook, code, telling, version, block, start_at, end_at, coder)
        values (${id}, ${codes[0]}, ${telling.id}, 1, ${said.block}, 0, 2, ${ada.who.person})`.execute(tx),
    );
    await expect(past).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|23514)$/) });
  });
});

test('when consent to coding ends, nobody sees what was coded, and it is there again when it is given anew', async () => {
  const { telling, book } = await aCodedTelling();
  const say = (verdict: string) =>
    withViewer(teller, (tx) =>
      sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by)
        select ${telling.id}, 'coding', ${verdict}, 'public', v.hash, 'nl', 'screen', ${teller.id} from core.telling_version v where v.telling = ${telling.id}`.execute(
        tx,
      ),
    );
  await say('taken-back');
  expect(await withViewer(ada.viewer, (tx) => passagesOf(tx, book))).toEqual([]);
  expect(await withViewer(ada.viewer, (tx) => memosOf(tx, book, telling.id))).toEqual([]);
  await say('given');
  expect(await withViewer(ada.viewer, (tx) => passagesOf(tx, book))).toHaveLength(1);
});

test('a new version is not coded until its teller consented to coding that one too', async () => {
  const { telling, book } = await aCodedTelling();
  await withViewer(operator, async (tx) => {
    await sql`insert into core.telling_version (telling, number, title, doc, hash) select telling, 2, title, doc, sha256('anders') from core.telling_version where telling = ${telling.id}`.execute(
      tx,
    );
    await sql`insert into core.telling_block (telling, version, block, place, kind, language, text, hash) select telling, 2, block, place, kind, language, 'Heel iets anders.', sha256('anders') from core.telling_block where telling = ${telling.id}`.execute(
      tx,
    );
    await sql`update core.telling set version = 2 where id = ${telling.id}`.execute(tx);
  });
  expect(await withViewer(ada.viewer, (tx) => blocksToCode(tx, [telling.id]))).toEqual([]);
  await withViewer(teller, (tx) =>
    sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by) values (${telling.id}, 'coding', 'given', 'public', sha256('anders'), 'nl', 'screen', ${teller.id})`.execute(
      tx,
    ),
  );
  // The words that were coded are not there any more: the place in them is not moved to other words.
  expect(await withViewer(ada.viewer, (tx) => blocksToCode(tx, [telling.id]))).toMatchObject([
    { text: 'Heel iets anders.' },
  ]);
  expect(await withViewer(ada.viewer, (tx) => passagesOf(tx, book))).toEqual([]);
});

test('taking a telling back takes every coding and memo of it away, and says how many on the receipt', async () => {
  const { telling, book, code } = await aCodedTelling();
  const left = () =>
    withViewer(operator, (tx) =>
      sql<{
        n: number;
      }>`select ((select count(*) from core.coded_passage where telling = ${telling.id}) + (select count(*) from core.memo where telling = ${telling.id}))::int as n`.execute(
        tx,
      ),
    ).then(({ rows }) => rows[0]?.n);
  expect(await left()).toBe(3);
  await withViewer(teller, (tx) => sql`select core.take_back(${telling.id}, 'nl', 'screen')`.execute(tx));
  expect(await left()).toBe(0);
  const receipt = await withViewer(teller, (tx) =>
    sql<{
      places: unknown;
    }>`select places from core.receipt where item = ${telling.id} and kind = 'taken-back'`.execute(tx),
  );
  expect(receipt.rows[0]?.places).toEqual({ 'coded-passage': 1, memo: 2 });
  // The codebook itself is the researcher's own, and so is what was thought about a code.
  expect(await withViewer(ada.viewer, (tx) => memosOf(tx, book, null))).toMatchObject([{ code }]);
});

describe('of a codebook and what is in it', () => {
  test.each([
    ['a visitor', () => Promise.resolve(visitor)],
    ['someone who is signed in', () => aPerson('Iemand')],
    ['the teller', () => Promise.resolve(teller)],
    ['a verifier', () => aPerson('Nagaan', [{ role: 'verifier' }])],
    ['an admin', () => aPerson('Admin', [{ role: 'admin' }])],
    ['an editor', () => aPerson('Redacteur', [{ role: 'editor' }])],
    ['another researcher', async () => (await aResearcher('Cas')).viewer],
  ])('%s sees nothing', async (_who, whom) => {
    await aCodedTelling();
    const viewer = await whom();
    if (viewer.kind === 'visitor') await expect(counts(viewer)).rejects.toMatchObject({ code: '42501' });
    else expect(await counts(viewer)).toEqual(nothing);
  });

  test('a researcher whose grant ended sees nothing, also of their own', async () => {
    const cas = await aResearcher('Cas');
    await aCodebook(cas, ['x']);
    expect(await counts(cas.viewer)).toMatchObject({ books: 1, codes: 1 });
    await withViewer(operator, (tx) =>
      sql`update core.role_grant set ended_on = core.today() where person_id = ${cas.who.person}`.execute(tx),
    );
    expect(await counts(cas.viewer)).toEqual(nothing);
    await expect(aCodebook(cas, [])).rejects.toMatchObject({ code: '42501' });
  });

  test('who shares it sees what the other coded and codes beside it, and neither takes the other’s away', async () => {
    const { book, code, block, telling, passage } = await aCodedTelling();
    const share = (on: boolean) =>
      withViewer(ada.viewer, (tx) => shareCodebook(tx, ada.who, book, { with: ben.who.person, on }));
    await share(true);
    expect((await withViewer(ben.viewer, codebooksOf)).find(({ id }) => id === book)).toMatchObject({
      kept: false,
    });
    await withViewer(ben.viewer, (tx) =>
      codePassage(tx, ben.who, book, telling.id, { block, code, start: 11, end: 22 }),
    );
    await withViewer(ben.viewer, (tx) => uncodePassage(tx, ben.who, book, passage.id));
    const forged = withViewer(ben.viewer, (tx) =>
      sql`insert into core.coded_passage (codebook, code, telling, version, block, start_at, end_at, coder) values (${book}, ${code}, ${telling.id}, 1, ${block}, 0, 3, ${ada.who.person})`.execute(
        tx,
      ),
    );
    await expect(forged).rejects.toMatchObject({ code: '42501' });
    const both = await withViewer(ada.viewer, (tx) => passagesOf(tx, book));
    expect(both.map(({ coderName, own }) => [coderName, own])).toEqual([
      ['Ada', true],
      ['Ben', false],
    ]);
    await share(false);
    expect(await withViewer(ben.viewer, (tx) => passagesOf(tx, book))).toEqual([]);
  });

  test('it is shared with researchers only, and only by who made it', async () => {
    const { book } = await aCodedTelling();
    const someone = await aPerson('Iemand');
    const no = { ok: false, reason: 'coding.desk.refused.no-researcher' };
    expect(
      await withViewer(ada.viewer, (tx) =>
        shareCodebook(tx, ada.who, book, { with: someone.id ?? '', on: true }),
      ),
    ).toMatchObject(no);
    expect(
      await withViewer(ben.viewer, (tx) =>
        shareCodebook(tx, ben.who, book, { with: ben.who.person, on: true }),
      ),
    ).toMatchObject(no);
    const past = withViewer(ben.viewer, (tx) =>
      sql`insert into core.codebook_coder (codebook, person) values (${book}, ${ben.who.person})`.execute(tx),
    );
    await expect(past).rejects.toMatchObject({ code: '42501' });
  });

  test('a memo is changed and dropped by its author alone', async () => {
    const { book, telling } = await aCodedTelling();
    await withViewer(ada.viewer, (tx) =>
      shareCodebook(tx, ada.who, book, { with: ben.who.person, on: true }),
    );
    const [memo] = await withViewer(ben.viewer, (tx) => memosOf(tx, book, telling.id));
    expect(memo).toMatchObject({ by: 'Ada', own: false });
    await withViewer(ben.viewer, (tx) => dropMemo(tx, ben.who, book, memo?.id ?? ''));
    expect(await withViewer(ada.viewer, (tx) => memosOf(tx, book, telling.id))).toHaveLength(2);
  });
});

test('a code that was given somewhere, or holds others, is not removed by mistake', async () => {
  const { book, codes } = await aCodedTelling();
  const [given = '', free = ''] = codes;
  const remove = (code: string) => withViewer(ada.viewer, (tx) => removeCode(tx, ada.who, book, code));
  expect(await remove(given)).toMatchObject({ ok: false });
  expect(await remove(free)).toMatchObject({ ok: true });
  expect((await withViewer(ada.viewer, (tx) => codesOf(tx, book))).map(({ id }) => id)).toEqual([given]);
});

test('a passage beyond its block is refused by the database, and an emoji at its end is within it', async () => {
  const telling = await aTelling({ teller, says: ['Ik lachte 😀'], consents: [forCoding] });
  const { id, codes } = await aCodebook(ada, ['x']);
  const code = (end: number) =>
    withViewer(ada.viewer, (tx) =>
      codePassage(tx, ada.who, id, telling.id, {
        block: blockOf(telling),
        code: codes[0] ?? '',
        start: 10,
        end,
      }),
    );
  expect(await code(12)).toMatchObject({ ok: true });
  await expect(code(13)).rejects.toMatchObject({ code: '23514' });
});

test('a researcher may code what they told themselves only when they consented to it as anyone does', async () => {
  const telling = await aTelling({ teller: ada.viewer, says: [words], consents: [] });
  const { id, codes } = await aCodebook(studying(ada.viewer), ['x']);
  const said = { block: blockOf(telling), code: codes[0] ?? '', start: 0, end: 2 };
  expect(await withViewer(ada.viewer, (tx) => codePassage(tx, ada.who, id, telling.id, said))).toMatchObject({
    ok: false,
  });
});
