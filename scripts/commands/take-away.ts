import { takeAway as takeEntryAway } from '#modules/initiatives/commands.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';

/** `steppingstones take-away SLUG`: an initiative that does not want to be on the map leaves it at once; answers the exit code. */
export async function takeAway(argv: string[]): Promise<number> {
  const [slug = ''] = argv;
  if (argv.length !== 1 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new Mistake(
      exits.words,
      `'steppingstones take-away' takes the last part of the entry's address; it was given '${argv.join(' ')}'.`,
    );
  }
  const database = await openDatabase();
  try {
    const taken = await withViewer(operator, (tx) => takeEntryAway(tx, slug));
    if (!taken.ok) throw new Mistake(exits.words, `There is no entry '${slug}'.`);
    console.log(`'${slug}' is gone from page, search, map and data. A later import does not bring it back.`);
    return exits.fine;
  } finally {
    await database.close();
  }
}
