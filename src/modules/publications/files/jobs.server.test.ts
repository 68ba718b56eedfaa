import { execFile } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';
import { takeBack } from '../../consent/commands.server.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../testing.ts';
import { sawHow, sendOut } from '../releasing/testing.ts';
import { makeFiles } from './jobs.server.ts';

ownDatabase();
let editor: Viewer;
let noor: Viewer;
beforeAll(async () => {
  [editor, noor] = await Promise.all([aPerson('Redacteur', [{ role: 'editor' }]), aPerson('Noor')]);
});

const run = promisify(execFile);
const readsPdf = await run('pdftotext', ['-v']).then(
  () => true,
  () => false,
);

interface Held {
  readonly kind: string;
  readonly bytes: Buffer;
  readonly pages: number | null;
}
const filesOf = (edition: string) =>
  withViewer(visitor, (tx) =>
    sql<Held>`select kind, bytes, pages from pub.edition_file where edition = ${edition} order by kind`.execute(
      tx,
    ),
  ).then(({ rows }) => rows);

/** All the words of a file, as a reader meets them. */
async function wordsOf({ kind, bytes }: Held): Promise<string> {
  if (kind === 'book.epub')
    return Object.entries(unzipSync(new Uint8Array(bytes)))
      .filter(([path]) => /\.x?html$/.test(path))
      .map(([, content]) => strFromU8(content))
      .join('\n');
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    return (await run('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'])).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const judged = readsPdf ? '' : ' (PDF not read: there is no pdftotext here)';
test(`the files of an edition are made soon after, hold its voices, and follow when one leaves${judged}`, async () => {
  const consents = (['read', 'quote-report'] as const).map((use) => ({
    use,
    verdict: 'given' as const,
    audience: 'public' as const,
  }));
  const [one, two] = [
    await aTelling({ teller: noor, says: ['Kardemomkoekjes bij de thee.'], consents }),
    await aTelling({ teller: noor, says: ['Zoetwaterparels in de sloot.'], consents }),
  ];
  const { id: publication } = await aPublication({ by: editor });
  const { id: article } = await anArticle({ publication, standing: 'ready' });
  for (const { id } of [one, two]) {
    const piece = await aPiece({ publication, by: editor, telling: id });
    await aParagraph({ article, piece: piece.id });
    await sawHow(piece.id, noor);
  }
  await aParagraph({ article, text: 'Zo *begon* het.' });
  const edition = await sendOut(editor, publication);
  expect(await filesOf(edition)).toEqual([]);
  await makeFiles({ edition });
  const made = await filesOf(edition);
  expect(made.map(({ kind }) => kind)).toEqual(['archive.pdf', 'book.epub', 'reading.pdf']);
  const readable = ({ kind }: Held) => readsPdf || kind === 'book.epub';
  for (const file of made.filter(readable)) {
    expect(await wordsOf(file), file.kind).toContain('Kardemomkoekjes');
    expect(await wordsOf(file), file.kind).toContain('Zoetwaterparels');
  }
  await withViewer(noor, (tx) =>
    takeBack(tx, speakerOf(noor) as Speaker, { item: one.id, language: 'nl', how: 'screen' }),
  );
  expect(await filesOf(edition)).toEqual([]);
  const began = performance.now();
  await Promise.all([makeFiles({ edition }), makeFiles({ edition })]);
  expect(performance.now() - began).toBeLessThan(60_000);
  const again = await filesOf(edition);
  expect(again).toHaveLength(3);
  for (const file of again.filter(readable)) {
    expect(await wordsOf(file), file.kind).not.toContain('Kardemom');
    expect(await wordsOf(file), file.kind).toContain('Zoetwaterparels');
  }
});
