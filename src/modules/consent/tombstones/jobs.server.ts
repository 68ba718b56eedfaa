import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { varFolder } from '#platform/database/open.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { buryPerson, replayTombstones, type Replayed } from './commands.server.ts';
import { parseTombstones } from './input.ts';
import { asLine } from './model.ts';
import { tombstones } from './queries.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'bury-person': { readonly person: string };
  }
}

/** The book of tombstones lies beside the database, not in it: a backup that is put back does not bring it back to how it was. */
const bookFile = (): string => join(varFolder(), 'tombstones.jsonl');

async function readBook(): Promise<string> {
  return readFile(bookFile(), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** Writes every tombstone that the book does not have yet behind the others. */
export async function writeBook(): Promise<void> {
  const all = await withViewer(house, tombstones);
  const text = await readBook();
  const known = new Set(parseTombstones(text).tombstones.map(({ kind, hash }) => `${kind} ${hash}`));
  const missing = all.filter(({ kind, hash }) => !known.has(`${kind} ${hash}`)).map(asLine);
  if (missing.length === 0) return;
  await mkdir(varFolder(), { recursive: true });
  // A line that was cut off stays a line of its own.
  await appendFile(bookFile(), `${text === '' || text.endsWith('\n') ? '' : '\n'}${missing.join('')}`, {
    mode: 0o600,
  });
}

/** Takes away again, at a start, whatever the book says was taken away and this database has; then the book has what the database knew. */
export async function replayBook(): Promise<Replayed> {
  const { tombstones: stones } = parseTombstones(await readBook());
  const replayed = await withViewer(house, (tx) => replayTombstones(tx, stones));
  await writeBook();
  return replayed;
}

/** Remembers that someone left, in the database and in the book. */
export async function buryWhoLeft({ person }: { readonly person: string }): Promise<void> {
  await withViewer(house, (tx) => buryPerson(tx, person));
  await writeBook();
}
