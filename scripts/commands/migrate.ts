import { parseArgs } from 'node:util';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';

/** `steppingstones migrate`: brings roles and tables to their newest shape and leaves; answers the exit code. */
export async function migrateDatabase(argv: string[]): Promise<number> {
  try {
    parseArgs({ args: argv, options: {} });
  } catch {
    throw new Mistake(
      exits.words,
      `'steppingstones migrate' takes no options; it was given '${argv.join(' ')}'.`,
    );
  }
  const database = await openDatabase({ tell: (line) => console.error(line) });
  await database.close();
  console.log('The database has its newest shape.');
  return exits.fine;
}
