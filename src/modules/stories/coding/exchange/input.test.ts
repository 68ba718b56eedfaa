import { existsSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { zipSync } from 'fflate';
import { packed } from '#platform/spreadsheet/zip.ts';
import { outsideData } from '../../../../../tests/support/outside-data.ts';
import { readExchange } from './input.ts';
import type { Project } from './model.ts';
import { codebookXml, filesOf, projectXml } from './writing/model.ts';

const project: Project = (() => {
  const [user, code, below, source, rendering, variable, note] = Array.from({ length: 7 }, () =>
    randomUUID(),
  );
  if (!user || !code || !below || !source || !rendering || !variable || !note) throw new Error('never');
  const text = 'Ik kwam 😀 hier.\n\nጽቡቕ ሰላም سلام';
  return {
    name: 'Thuis & "verder" <nu>',
    users: [{ guid: user, name: 'Ada' }],
    codes: [
      {
        guid: code,
        name: 'الأمل',
        isCodable: false,
        colour: '#123c4a',
        description: 'Wat iemand\nhoopt',
        notes: [],
        children: [
          {
            guid: below,
            name: 'ተስፋ',
            isCodable: true,
            colour: null,
            description: '',
            notes: [note],
            children: [],
          },
        ],
      },
    ],
    variables: [{ guid: variable, name: 'language' }],
    cases: [{ guid: randomUUID(), name: 'Voice 1', sources: [source], values: [{ variable, text: 'nl' }] }],
    sources: [
      {
        guid: source,
        name: 'Een begin',
        description: 'Consent 12',
        text,
        notes: [],
        selections: [
          {
            guid: randomUUID(),
            name: 'hier',
            start: 10,
            end: 14,
            notes: [note],
            codings: [{ guid: randomUUID(), code: below, user, at: '2026-11-22T10:00:00.000Z' }],
          },
        ],
      },
      {
        guid: rendering,
        name: 'A beginning',
        description: '',
        text: 'I came here.',
        notes: [],
        selections: [],
      },
    ],
    notes: [{ guid: note, name: '', text: 'Waarom hier?', user }],
    links: [{ guid: randomUUID(), name: 'translation', from: rendering, to: source }],
  };
})();
const at = '2026-11-22T10:00:00Z';
const inArchive = (made: Project) =>
  packed(new Map([...filesOf(made, at)].map(([name, words]) => [name, Buffer.from(words)])));

test('a project that was written is read back equal, with every text and position', async () => {
  const read = await readExchange(inArchive(project));
  expect(read).toMatchObject({ ok: true, value: { project, unplaced: [] } });
  const selection = project.sources[0]?.selections[0];
  expect([...(project.sources[0]?.text ?? '')].slice(selection?.start, selection?.end).join('')).toBe('hier');
});

test('a codebook alone is read back equal', async () => {
  const read = await readExchange(Buffer.from(codebookXml(project.codes)));
  const bare = project.codes.map((code) => ({
    ...code,
    children: code.children.map((each) => ({ ...each, notes: [] })),
  }));
  expect(read).toMatchObject({ ok: true, value: { project: { codes: bare, sources: [] }, unplaced: [] } });
});

test('a codebook without codes is left out of the project, and a project may be all but empty', async () => {
  const empty = {
    ...project,
    users: [],
    codes: [],
    variables: [],
    cases: [],
    sources: [],
    notes: [],
    links: [],
  };
  expect(projectXml(empty, at)).not.toContain('CodeBook');
  expect(await readExchange(inArchive(empty))).toMatchObject({ ok: true, value: { project: empty } });
});

const schemas = outsideData('data', 'qda', 'Project-mrt2019.xsd');
const folder = outsideData('data', 'qda') ?? '';
describe.skipIf(schemas === null)('by the schemas of REFI-QDA', () => {
  const valid = async (contents: string, xsd: string) => {
    const schema = { fileName: xsd, contents: readFileSync(`${folder}/${xsd}`, 'utf8') };
    const judged = await validateXML({ xml: [{ fileName: 'given.xml', contents }], schema: [schema] });
    return judged.errors.map(({ message }) => message);
  };

  test('a project and a codebook are valid', async () => {
    expect(await valid(projectXml(project, at), 'Project-mrt2019.xsd')).toEqual([]);
    expect(await valid(codebookXml(project.codes), 'Codebook.xsd')).toEqual([]);
  });

  test('a project with nothing in it is valid', async () => {
    const empty = {
      ...project,
      users: [],
      codes: [],
      variables: [],
      cases: [],
      sources: [],
      notes: [],
      links: [],
    };
    expect(await valid(projectXml(empty, at), 'Project-mrt2019.xsd')).toEqual([]);
  });

  test('and the judge does refuse what is not', async () => {
    const without = projectXml(project, at).replace(/ isCodable="[a-z]+"/, '');
    expect(await valid(without, 'Project-mrt2019.xsd')).not.toEqual([]);
  });

  test.each([
    ['blank-atlas-project.qdpx', []],
    ['target-atlas-project.qdpx', [{ name: 'Commits', isCodable: true, children: [{}, {}] }]],
    ['sample-codebook.qdc', [{ guid: '0d62985d-b147-5d01-a9b5-cae5dcd98342', name: 'vertrouwen' }]],
  ])('the sample %s of another program is read', async (name, codes) => {
    if (!existsSync(`${folder}/${name}`)) throw new Error(`${name} is not in the folder.`);
    const read = await readExchange(readFileSync(`${folder}/${name}`));
    expect(read).toMatchObject({ ok: true, value: { unplaced: [], project: { codes } } });
  });
});

const xml = (inside: string) =>
  Buffer.from(`<Project xmlns="urn:QDA-XML:project:1.0" name="x">\n${inside}\n</Project>`);
const guid = randomUUID();

test.each([
  ['lacks_guid', '<CodeBook><Codes>\n<Code name="a" isCodable="true"/></Codes></CodeBook>', 'Code', 3],
  ['lacks_name', `<CodeBook><Codes><Code guid="${guid}" isCodable="true"/></Codes></CodeBook>`, 'Code', 2],
  [
    'guid_twice',
    `<CodeBook><Codes><Code guid="${guid}" name="a"/>\n<Code guid="{${guid.toUpperCase()}}" name="b"/></Codes></CodeBook>`,
    'Code',
    3,
  ],
  [
    'bad_position',
    `<Sources><TextSource guid="${guid}"><PlainTextSelection guid="${guid}" startPosition="9" endPosition="3"/></TextSource></Sources>`,
    'PlainTextSelection',
    2,
  ],
  ['xml_unreadable', '<Sources>\n', 'Project', 4],
])('%s is refused with its element and its line', async (reason, inside, element, line) => {
  expect(await readExchange(xml(inside))).toMatchObject({ ok: false, reason, details: { element, line } });
});

test.each([
  [
    'xml_with_dtd',
    Buffer.from('<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><Project>&e;</Project>'),
  ],
  ['not_qda', Buffer.from('<html xmlns="http://www.w3.org/1999/xhtml"/>')],
  ['not_qda', Buffer.from('<Project xmlns="urn:QDA-XML:project:2.0" name="x"/>')],
  ['xml_too_deep', xml('<Code>'.repeat(60))],
  ['xml_too_much', xml('<x/>'.repeat(200_001))],
  ['xml_unreadable', gzipSync(Buffer.from('x'))],
  ['xml_unreadable', Buffer.alloc(0)],
  ['not_an_archive', Buffer.from('PK\u0003\u0004 and nothing more')],
  ['no_project', packed(new Map([['../project.qde', Buffer.from('<Project/>')]]))],
  ['too_big', Buffer.alloc(21 * 1024 * 1024)],
  ['too_big', Buffer.from(zipSync({ 'project.qde': new Uint8Array(70 * 1024 * 1024) }))],
])('what is hostile or something else is refused as %s', async (reason, file) => {
  expect(await readExchange(file)).toMatchObject({ ok: false, reason });
});

test('a path that leads out of the archive leads nowhere', async () => {
  const source = `<Sources><TextSource guid="${guid}" plainTextPath="internal://../../etc/passwd"/></Sources>`;
  const read = await readExchange(packed(new Map([['project.qde', xml(source)]])));
  expect(read.ok && [...read.value.texts]).toEqual([]);
});

test('what has no place here is told with its line', async () => {
  const picture = `<Sources>\n<PictureSource guid="${guid}"/></Sources>\n<Graphs/>`;
  const read = await readExchange(xml(picture));
  expect(read.ok && read.value.unplaced).toEqual([
    { element: 'Graphs', line: 4 },
    { element: 'PictureSource', line: 3 },
  ]);
});

test('a text with a byte order mark and line ends of another system counts as the same text', async () => {
  const source = `<Sources><TextSource guid="${guid}" plainTextPath="internal://A.txt"/></Sources>`;
  const files = new Map([
    ['project.qde', xml(source)],
    ['Sources/a.txt', Buffer.from('\ufeffeen\r\ntwee')],
  ]);
  const read = await readExchange(packed(files));
  expect(read.ok && read.value.texts.get(guid)).toBe('een\ntwee');
});
