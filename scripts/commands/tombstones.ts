import { readFile, writeFile } from 'node:fs/promises';
import { lookEverywhere } from '#modules/consent/jobs.server.ts';
import { replayTombstones } from '#modules/consent/tombstones/commands.server.ts';
import { parseTombstones } from '#modules/consent/tombstones/input.ts';
import { asLine } from '#modules/consent/tombstones/model.ts';
import { tombstones } from '#modules/consent/tombstones/queries.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { diskMistake, exits, Mistake } from '#platform/database/mistake.ts';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { leaveSignIn } from '#platform/sign-in/way.server.ts';
import { operator } from '#platform/viewer.ts';

function fileOf(argv: string[], words: string): string {
  const [file = ''] = argv;
  if (argv.length === 1 && file !== '' && !file.startsWith('-')) return file;
  throw new Mistake(
    exits.words,
    `'steppingstones ${words}' takes one file; it was given '${argv.join(' ')}'.`,
  );
}

const onDisk = (file: string) => (error: unknown) => {
  throw diskMistake(error, file) ?? error;
};

async function withDatabase<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const database = await openDatabase({ tell: (line) => console.error(line) });
  try {
    return await work();
  } finally {
    await Promise.all([leaveDatabase(), leaveSignIn()]);
    await database.close();
  }
}

/** `steppingstones tombstones FILE`: writes what must never come back, a fingerprint a line; answers the exit code. */
export async function writeTombstones(argv: string[]): Promise<number> {
  const file = fileOf(argv, 'tombstones');
  const all = await withDatabase(() => withViewer(operator, tombstones));
  await writeFile(file, all.map(asLine).join(''), { mode: 0o600 }).catch(onDisk(file));
  console.log(`${all.length} tombstones are in ${file}.`);
  return exits.fine;
}

/** `steppingstones replay-tombstones FILE`: takes away again what an older backup brought back; answers the exit code. */
export async function replay(argv: string[]): Promise<number> {
  const file = fileOf(argv, 'replay-tombstones');
  const text = await readFile(file, 'utf8').catch(onDisk(file));
  const { tombstones: stones, unread } = parseTombstones(text);
  if (unread.length > 0)
    throw new Mistake(
      exits.words,
      `${file} has lines that are no tombstone (${unread.slice(0, 5).join(', ')}); nothing was done.`,
    );
  const replayed = await withDatabase(async () => {
    const done = await withViewer(operator, (tx) => replayTombstones(tx, stones));
    for (const telling of done.tellings) await lookEverywhere(telling);
    return done;
  });
  console.log(
    `${stones.length} tombstones read. Taken away again: ${replayed.tellings.length} tellings, ${replayed.people.length} people.`,
  );
  return exits.fine;
}
