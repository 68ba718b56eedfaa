import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { addPhoto, addVoice } from '#modules/stories/media/commands.server.ts';
import { mostOfATelling } from '#modules/stories/media/model.ts';
import { aPerson } from '#modules/people/testing.ts';
import { aTelling } from '#modules/stories/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { holds } from '../../tests/support/media-files.ts';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { plant, type Planted } from './media/planting.ts';
import { foundByExiftool, foundByMat2, tool } from './media/tools.ts';

const word = 'CANARY-9c1be0d4';

/**
 * Brings `--files` photos and voices (200), in which a word is planted wherever a file can tell something beside its picture or
 * its sound, as a teller does, and lets exiftool and mat2 judge what is kept. Passes when they find nothing that is not of the
 * picture or the sound, the word is nowhere, and all were taken. Needs libimage-exiftool-perl, mat2 and ffmpeg.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { files: { type: 'string', default: '200' } } });
  const count = Number(values.files);
  if (!Number.isInteger(count) || count < 12 || count > 2_000) {
    console.error('--files must be a whole number from 12 to 2000.');
    return 2;
  }
  await tool('exiftool', '-ver');
  await tool('mat2', '--version');
  const folder = await mkdtemp(join(tmpdir(), 'steppingstones-media-'));
  try {
    const [given, kept] = [join(folder, 'given'), join(folder, 'kept')];
    await Promise.all([mkdir(given), mkdir(kept)]);
    const planted = await plant(given, count, word);
    const began = performance.now();
    const { taken, refused } = await withThrowAwayDatabase(() => bring(planted, kept));
    const seconds = (performance.now() - began) / 1_000;
    return await judge(planted, taken, refused, kept, seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Brought {
  readonly taken: string[];
  readonly refused: Map<string, string>;
}

/** Brings the files through the deeds of a teller, and lays what was kept in a folder. */
async function bring(planted: readonly Planted[], kept: string): Promise<Brought> {
  const teller = await aPerson('Layla');
  const brought: Brought = { taken: [], refused: new Map() };
  let telling = '';
  for (const [at, { file, kind }] of planted.entries()) {
    if (at % mostOfATelling === 0) telling = (await aTelling({ teller, openIn: null })).id;
    const bytes = await readFile(file);
    const added =
      kind === 'photo'
        ? await addPhoto(teller, { telling, bytes, alt: 'Wat er te zien is' })
        : await addVoice(teller, { telling, bytes });
    if (!added.ok) {
      brought.refused.set(basename(file), added.reason);
      continue;
    }
    const row = await withViewer(teller, (tx) =>
      tx
        .selectFrom('core.media')
        .select(['bytes', 'type'])
        .where('id', '=', added.value.id)
        .executeTakeFirstOrThrow(),
    );
    // The judges go by the ending: sound in an mp4 is called so.
    const ending = row.type.split('/')[1]?.replace('mpeg', 'mp3') ?? '';
    const name = join(kept, `${basename(file)}.${ending}`);
    await writeFile(name, row.bytes);
    brought.taken.push(name);
  }
  return brought;
}

async function judge(
  planted: readonly Planted[],
  taken: readonly string[],
  refused: ReadonlyMap<string, string>,
  kept: string,
  seconds: number,
): Promise<number> {
  const carrying = await Promise.all(planted.map(async ({ file }) => holds(await readFile(file), word)));
  const canaries: string[] = [];
  for (const file of taken) if (holds(await readFile(file), word)) canaries.push(basename(file));
  const exiftool = await foundByExiftool(kept);
  const mat2: string[] = [];
  let seen = 0;
  // A form that mat2 does not read, it does not read the next time either.
  const unread = new Set<string>();
  for (const file of taken) {
    if (unread.has(extname(file))) continue;
    const found = await foundByMat2(file);
    if (found) seen++;
    else unread.add(extname(file));
    mat2.push(...(found ?? []).map((line) => `${basename(file)} ${line}`));
  }
  const wrong = [...refused];
  console.log(
    `${planted.length} files, ${carrying.filter(Boolean).length} of them carry the word; ${taken.length} taken, ${refused.size} refused (${[...new Set(refused.values())].join(', ') || 'none'}), in ${seconds.toFixed(1)} s`,
  );
  console.log(`the word in what was kept: ${canaries.length} ${canaries.slice(0, 5).join(' ')}`);
  console.log(
    `exiftool finds beside picture and sound: ${exiftool.length} ${exiftool.slice(0, 8).join('; ')}`,
  );
  console.log(
    `mat2 finds the same in ${seen} files that it reads: ${mat2.length} ${mat2.slice(0, 8).join('; ')}`,
  );
  if (wrong.length > 0) console.log(`refused though they should be taken: ${wrong.map(String).join('; ')}`);
  console.log(`load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  return canaries.length + exiftool.length + mat2.length + wrong.length === 0 ? 0 : 1;
}
