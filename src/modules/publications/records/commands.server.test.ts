import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { librarianOf } from '../../learning/access.ts';
import { aPerson } from '../../people/testing.ts';
import { layLibrary } from './bringing/commands.server.ts';
import { parseLibrary } from './bringing/input.ts';
import { bringRecords, keepRecord, removeRecord } from './commands.server.ts';
import { fieldsOf, parseRecordForm, parseRecords, recordsIn } from './input.ts';
import type { LibraryRecord } from './model.ts';
import { everyRecord, recordAt } from './queries.server.ts';

ownDatabase();

const proof = (viewer: Viewer) => {
  const librarian = librarianOf(viewer);
  if (!librarian) throw new Error('There is no proof.');
  return librarian;
};
const read = (given: ReturnType<typeof parseRecords>): readonly LibraryRecord[] => {
  if (!given.ok) throw new Error(JSON.stringify(given.problems));
  return given.records;
};
const onTheStreet = () => withViewer(visitor, everyRecord);

test('the library of a first start holds the two reports and the magazine, each with a source, and a second start changes nothing', async () => {
  const parsed = parseLibrary(await readFile('db/field/publications.json', 'utf8'), 2026);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const lay = () => withViewer(operator, (tx) => layLibrary(tx, parsed.records));
  expect(await lay()).toBe(parsed.records.length);
  const open = await onTheStreet();
  expect(await lay()).toBe(0);
  expect(await onTheStreet()).toEqual(open);
  expect(open.map(({ slug }) => slug)).toEqual(
    expect.arrayContaining([
      'samenwerken-vanuit-relationele-autonomie',
      'de-kracht-van-een-alternatief-verhaal',
      'magazine-maaksessies-gelderland',
    ]),
  );
  expect(open[0]).toMatchObject({
    slug: 'samenwerken-vanuit-relationele-autonomie',
    csl: { ISBN: '9789083126517', issued: { 'date-parts': [[2023, 3, 31]] } },
  });
  for (const { slug, source, about } of open) {
    expect(source, slug).toMatch(/^(00\d_[0-9a-f]{16}\.txt|https:)/);
    expect([about.nl, about.en], slug).toEqual([
      expect.stringMatching(/\w{3}/),
      expect.stringMatching(/\w{3}/),
    ]);
  }
});

test('a row of publications.json that cannot be taken is told with row, field and reason, and none of the file is', () => {
  const good = {
    id: 'een-boek',
    csl: { type: 'book', title: 'Een boek', author: [{ family: 'A' }] },
    about: {},
    sources: ['x'],
  };
  const bad = { ...good, id: 'twee', csl: { ...good.csl, ISBN: '978-0-306-40615-8' }, sources: [] };
  const faults = (rows: unknown) => {
    const parsed = parseLibrary(JSON.stringify(rows), 2026);
    return parsed.ok ? [] : parsed.problems.map(({ row, field, reason }) => [row, field, reason]);
  };
  expect(faults([good])).toEqual([]);
  expect(faults([good, bad])).toEqual([[2, 'sources', 'missing']]);
  expect(faults([good, { ...bad, sources: ['x'] }, { ...good, csl: { type: 'poem' } }])).toEqual([
    [3, 'id', 'doubled'],
    [2, 'ISBN', 'wrong_form'],
  ]);
});

test('a table, BibTeX and CSL-JSON bring the same record; what stood there is not brought twice', async () => {
  const editor = await aPerson('Noor', [{ role: 'editor' }]);
  const bring = (records: readonly LibraryRecord[]) =>
    withViewer(editor, (tx) => bringRecords(tx, proof(editor), records));
  const table = read(
    parseRecords(
      'Titel;Auteurs;Jaar;Soort;ISBN;Over\nSamen aan tafel;"Yılmaz, Ayşe; Veen, Jan";2021;book;0-8044-2957-X;Over koken en blijven.\n',
      'Eigen boekenplank',
      2026,
    ),
  );
  const bibtex = read(
    parseRecords(
      '@book{x1, title = {Samen aan tafel}, author = {Yılmaz, Ayşe and Veen, Jan}, year = {2021}, isbn = {0-8044-2957-X}}',
      'Een lijst',
      2026,
    ),
  );
  expect(table[0]).toMatchObject({ slug: 'samen-aan-tafel', about: { nl: 'Over koken en blijven.' } });
  expect({ ...bibtex[0]?.csl }).toEqual({ ...table[0]?.csl });
  expect(await bring(table)).toEqual({ brought: 1, known: 0 });
  expect(
    await bring([...bibtex, ...read(parseRecords(JSON.stringify([table[0]?.csl]), 'Nog een lijst', 2026))]),
  ).toEqual({
    brought: 0,
    known: 2,
  });
  const other = read(parseRecords('title,author,year\nSamen aan tafel,Iemand,2024', 'Een lijst', 2026));
  expect(await bring(other)).toEqual({ brought: 1, known: 0 });
  expect((await onTheStreet()).map(({ slug }) => slug)).toContain('samen-aan-tafel-2');
});

test('of a table with faults nothing is taken, and each fault names its row, its field and why', () => {
  const faults = (text: string, source = 'Een lijst') => {
    const given = parseRecords(text, source, 2026);
    return given.ok ? [] : given.problems.map(({ entry, field, reason }) => [entry, field, reason]);
  };
  expect(
    faults(
      'title,author,year,isbn,url\nGoed,"A, B",2020,,\n,"A, B",20x0,978-0-306-40615-8,\nLoos,,2020,,javascript:alert(1)',
    ),
  ).toEqual([
    [2, 'title', 'missing'],
    [2, 'issued', 'year'],
    [2, 'ISBN', 'isbn'],
    [3, 'author', 'nobody'],
    [3, 'URL', 'url'],
  ]);
  expect(faults('title,author\nZonder herkomst,"A, B"', '')).toEqual([[1, 'source', 'source']]);
  expect(faults('naam,jaar\nEen,2020')).toEqual([[1, 'title', 'unreadable']]);
  expect(faults('')).toEqual([[1, null, 'unreadable']]);
});

test('what is kept or taken out is so on the street at once; who keeps no library changes nothing', async () => {
  const editor = await aPerson('Bas', [{ role: 'editor' }]);
  const samira = await aPerson('Samira');
  await withViewer(editor, (tx) =>
    bringRecords(tx, proof(editor), read(parseRecords('title,author\nKustlijn,"A, B"', 'Een lijst', 2026))),
  );
  const before = await withViewer(visitor, (tx) => recordAt(tx, 'kustlijn'));
  if (!before) throw new Error('It is not there.');
  const form = new FormData();
  for (const [name, text] of Object.entries({
    ...fieldsOf(before),
    issued: '2022-05',
    about_en: 'On tides.',
  }))
    form.set(name, text);
  const [changed] = read(parseRecordForm(form, 2026));
  if (!changed) throw new Error('Nothing was read.');
  const keeps = (who: Viewer) => withViewer(who, (tx) => keepRecord(tx, proof(editor), 'kustlijn', changed));
  expect((await keeps(samira)).ok).toBe(false);
  expect((await keeps(editor)).ok).toBe(true);
  expect(await withViewer(visitor, (tx) => recordAt(tx, 'kustlijn'))).toEqual({
    ...before,
    csl: { ...before.csl, issued: { 'date-parts': [[2022, 5]] } },
    about: { en: 'On tides.' },
  });
  const removes = (who: Viewer) => withViewer(who, (tx) => removeRecord(tx, proof(editor), 'kustlijn'));
  expect((await removes(samira)).ok).toBe(false);
  expect((await removes(editor)).ok).toBe(true);
  expect(await withViewer(visitor, (tx) => recordAt(tx, 'kustlijn'))).toBeNull();
});

test('a list that is too large is refused whole, as a file and as pasted words, and nothing else is read in its place', async () => {
  const form = (file: string, text: string) => {
    const made = new FormData();
    made.set('file', new File([file], 'lijst.csv'));
    made.set('text', text);
    return recordsIn(made);
  };
  const large = 'title\n'.repeat(200_000);
  expect(await form(large, 'title\nEen boek')).toMatchObject({ ok: false, reason: 'large' });
  expect(await form('', large)).toMatchObject({ ok: false, reason: 'large' });
  expect(await form('title\nEen boek', 'iets anders')).toEqual({ ok: true, value: 'title\nEen boek' });
  expect(await form('', 'title\nEen boek')).toEqual({ ok: true, value: 'title\nEen boek' });
});
