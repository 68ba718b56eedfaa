import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { withViewer } from '#platform/db.server.ts';
import { packed } from '#platform/spreadsheet/zip.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { outsideData } from '../../../../../tests/support/outside-data.ts';
import { aPerson } from '../../../people/testing.ts';
import { blocksOf } from '../../document/model.ts';
import { aParagraph, aTelling } from '../../testing.ts';
import { shareCodebook } from '../commands/codebook.server.ts';
import { codePassage, writeMemo } from '../commands/passages.server.ts';
import { codebookOf, codesOf, memosOf, passagesOf, takenOut } from '../queries.server.ts';
import { aCodebook, aResearcher, type Studying } from '../testing.ts';
import { bringIn, takeOut } from './commands.server.ts';
import { readExchange } from './input.ts';
import type { Project } from './model.ts';
import { filesOf, projectXml } from './writing/model.ts';

ownDatabase();
let teller: Viewer;
let ada: Studying;
let ben: Studying;
beforeAll(async () => {
  teller = await aPerson('Noor');
  ada = await aResearcher('Ada');
  ben = await aResearcher('Ben');
});
const at = '2026-11-22T10:00:00Z';
const forCoding = { use: 'coding', verdict: 'given', audience: 'public' } as const;
const out = (who: Studying, id: string) =>
  withViewer(who.viewer, async (tx) => {
    const book = await codebookOf(tx, id);
    if (!book) throw new Error('It is not there.');
    return takeOut(tx, who.who, book);
  });
const fileOf = (project: Project) =>
  packed(new Map([...filesOf(project, at)].map(([name, words]) => [name, Buffer.from(words)])));
const bring = (who: Studying, id: string, file: Buffer) =>
  withViewer(who.viewer, async (tx) => {
    const [book, read] = [await codebookOf(tx, id), await readExchange(file)];
    if (!book || !read.ok) throw new Error('It cannot be read.');
    return bringIn(tx, who.who, book, read.value);
  });

const passages = ['في الشتاء', 'ኣብ ከሰላ', '👩‍🏫 lachte'];
/** A telling in three scripts with an emoji, coded by two researchers at three places. */
async function aCodedProject() {
  const says = [
    aParagraph('جئتُ 😀 في الشتاء', 'ar'),
    aParagraph('De juf 👩‍🏫 lachte toen'),
    aParagraph('ሰላም፡ ኣነ ኣብ ከሰላ', 'ti'),
  ];
  const telling = await aTelling({
    teller,
    title: 'Drie <talen>',
    says,
    roleThen: 'newcomer',
    consents: [forCoding],
  });
  const { id, codes } = await aCodebook(ada, ['plek & tijd', 'lachen']);
  await withViewer(ada.viewer, (tx) => shareCodebook(tx, ada.who, id, { with: ben.who.person, on: true }));
  for (const [who, [code = '']] of [
    [ada, codes],
    [ben, codes.slice(1)],
  ] as const)
    await withViewer(who.viewer, async (tx) => {
      for (const { block, text } of blocksOf(telling.doc)) {
        const words = passages.find((each) => text.includes(each)) ?? '';
        const start = text.indexOf(words);
        await codePassage(tx, who.who, id, telling.id, { block, code, start, end: start + words.length });
      }
    });
  await withViewer(ada.viewer, (tx) =>
    writeMemo(tx, ada.who, id, { code: codes[0] ?? '' }, 'Wat is een plek?'),
  );
  return { telling, id, codes };
}

test('what is taken out says by which consent, names no teller, and every position fits its words', async () => {
  const { telling, id } = await aCodedProject();
  const project = await out(ada, id);
  const source = project.sources.find(({ guid }) => guid === telling.id);
  expect(source?.description).toMatch(/^Consent \d+$/);
  const signs = [...(source?.text ?? '')];
  expect(source?.selections.map(({ start, end }) => signs.slice(start, end).join('')).sort()).toEqual(
    [...passages].sort(),
  );
  expect(source?.selections.map(({ codings }) => codings.length)).toEqual([2, 2, 2]);
  const voice = project.cases.find(({ sources }) => sources.includes(telling.id));
  expect(voice?.name).toMatch(/^Voice \d+$/);
  expect(voice?.values.map(({ text }) => text)).toEqual(['nl', 'newcomer']);
  expect(JSON.stringify(project)).not.toMatch(new RegExp(`Noor|${teller.id ?? ''}|${ada.who.person}`));
  const folder = outsideData('data', 'qda', 'Project-mrt2019.xsd');
  if (!folder) return;
  const schema = [{ fileName: 'project.xsd', contents: readFileSync(folder, 'utf8') }];
  const judged = await validateXML({
    xml: [{ fileName: 'project.qde', contents: projectXml(project, at) }],
    schema,
  });
  expect(judged.errors).toEqual([]);
});

test('the same file twice has the same guids, and brought in where it came from it changes nothing', async () => {
  const { id } = await aCodedProject();
  const [once, again] = [await out(ada, id), await out(ada, id)];
  expect(again).toEqual(once);
  const brought = await bring(ada, id, fileOf(once));
  expect(brought).toMatchObject({
    ok: true,
    value: {
      codes: 0,
      codesKnown: 2,
      passages: 0,
      passagesKnown: 6,
      memos: 0,
      elsewhere: 0,
      otherWords: 0,
      noCode: 0,
    },
  });
  expect(await out(ada, id)).toEqual(once);
});

test('brought into another codebook, codes and passages are there again, each coder apart', async () => {
  const { id, telling } = await aCodedProject();
  const project = await out(ada, id);
  const other = await aCodebook(ada, []);
  const brought = await bring(ada, other.id, fileOf(project));
  expect(brought).toMatchObject({ ok: true, value: { codes: 2, passages: 6, memos: 1, noCode: 0 } });
  const places = async (book: string) =>
    (await withViewer(ada.viewer, (tx) => passagesOf(tx, book)))
      .map(({ block, start, end, coderName }) => `${block} ${start} ${end} ${coderName ?? ''}`)
      .sort();
  expect(await places(other.id)).toEqual(await places(id));
  const codes = await withViewer(ada.viewer, (tx) => codesOf(tx, other.id));
  expect(codes.map(({ guid }) => guid).sort()).toEqual(project.codes.map(({ guid }) => guid).sort());
  expect(await withViewer(ada.viewer, (tx) => memosOf(tx, other.id, telling.id))).toEqual([]);
  expect(await bring(ada, other.id, fileOf(project))).toMatchObject({
    value: { passages: 0, passagesKnown: 6 },
  });
});

test('what cannot be placed is counted and told, and a text that is brought is never a telling', async () => {
  const { id, telling } = await aCodedProject();
  const project = await out(ada, id);
  const moved = {
    ...project,
    sources: project.sources.map((source) =>
      source.guid === telling.id
        ? { ...source, text: source.text.replace('lachte', 'huilde') }
        : { ...source, guid: '0d62985d-b147-4d01-a9b5-cae5dcd98342' },
    ),
  };
  const unknown = {
    ...project,
    sources: project.sources
      .map((source) => ({ ...source, guid: '1d62985d-b147-4d01-a9b5-cae5dcd98342' }))
      .slice(0, 1),
  };
  const other = await aCodebook(ada, []);
  expect(await bring(ada, other.id, fileOf(moved))).toMatchObject({ value: { passages: 4, otherWords: 2 } });
  const many = () =>
    withViewer(ada.viewer, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from core.telling`.execute(tx),
    );
  const before = await many();
  const told = await bring(ada, other.id, fileOf(unknown));
  expect(told).toMatchObject({ value: { passages: 0, texts: 1 } });
  expect((await many()).rows).toEqual(before.rows);
});

test('a telling that is taken back is in no later file, and whoever took one out before is told', async () => {
  const { id, telling } = await aCodedProject();
  const before = await out(ada, id);
  expect(before.sources.map(({ guid }) => guid)).toContain(telling.id);
  await withViewer(teller, (tx) => sql`select core.take_back(${telling.id}, 'nl', 'screen')`.execute(tx));
  const after = await out(ada, id);
  const xml = projectXml(after, at);
  expect(after.sources.map(({ guid }) => guid)).not.toContain(telling.id);
  expect(xml).not.toContain(telling.id);
  expect(after.codes).toEqual(before.codes);
  const [last, first] = await withViewer(ada.viewer, (tx) => takenOut(tx, id));
  expect([last?.gone, first?.gone]).toEqual([0, 1]);
  const receipt = await withViewer(teller, (tx) =>
    sql<{
      places: unknown;
    }>`select places from core.receipt where item = ${telling.id} and kind = 'taken-back'`.execute(tx),
  );
  expect(receipt.rows[0]?.places).toEqual({ 'coded-passage': 6, export: 1 });
  // The file from before brings nothing of it back.
  expect(await bring(ada, id, fileOf(before))).toMatchObject({ value: { passages: 0, elsewhere: 6 } });
});

test('without the consent to coding a telling is in no file, whatever else it may be used for', async () => {
  const telling = await aTelling({
    teller,
    consents: [{ use: 'read', verdict: 'given', audience: 'public' }],
  });
  const { id } = await aCodebook(ada, ['x']);
  expect(JSON.stringify(await out(ada, id))).not.toContain(telling.id);
});
