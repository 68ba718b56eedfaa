import { parseArgs } from 'node:util';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { tookLine } from './sequences/asked.ts';
import { walkWriters } from './writing/walk.ts';

/**
 * Lets two writers do `--edits` random edits (2000) on one article through PostgreSQL, over lines that break before, during and after a
 * deed; `--seed` chooses which. Passes when no word and no draw is lost, each deed was done once, and both see the same in the end.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { edits: { type: 'string', default: '2000' }, seed: { type: 'string', default: '20151127' } },
  });
  const [edits, seed] = [Number(values.edits), Number(values.seed)];
  if (!Number.isInteger(edits) || edits < 1 || edits > 1_000_000 || !Number.isInteger(seed)) {
    console.error('--edits must be a whole number from 1 to 1000000, and --seed a whole number.');
    return 2;
  }
  const began = performance.now();
  const walked = await withThrowAwayDatabase(() => walkWriters(edits, seed));
  for (const line of walked.lost.slice(0, 10)) console.log(line);
  const { dropped, merged, beside, words, draws, lost } = walked;
  console.log(
    `two writers: ${walked.edits} edits, ${dropped} lines broken, ${merged} joined word by word, ${beside} left to people, ` +
      `${words} words and ${draws} draws laid: ${lost.length} lost, in ${tookLine(began)}`,
  );
  return lost.length === 0 ? 0 : 1;
}
