import { parseArgs } from 'node:util';
import { seekLikenesses } from '#modules/initiatives/duplicates/commands.server.ts';
import { pairsToSee } from '#modules/initiatives/duplicates/desk/queries.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { terminalSpeech } from './terminal.ts';

/** `steppingstones duplicates`: looks for entries that may be one and tells the likeliest; answers the exit code. */
export async function duplicates(argv: string[]): Promise<number> {
  refuseWords(argv);
  const database = await openDatabase();
  try {
    const say = await terminalSpeech();
    const { sought, pairs } = await withViewer(operator, async (tx) => ({
      sought: await seekLikenesses(tx),
      pairs: (await pairsToSee(tx, 'open')).pairs,
    }));
    console.log(say('duplicates.desk.told.weighed', { count: sought.weighed }));
    console.log(say('duplicates.desk.told.open', { count: sought.open }));
    for (const { one, other, reasons } of pairs) {
      const why = reasons.map((reason) => say(`duplicates.desk.reason.${reason}`)).join(', ');
      console.log(`  ${one.slug}  ${other.slug}  (${why})`);
    }
    if (sought.open > 0) console.log(say('duplicates.desk.told.fresh', { count: sought.fresh }));
    return exits.fine;
  } finally {
    await database.close();
  }
}

function refuseWords(argv: string[]): void {
  try {
    parseArgs({ args: argv, options: {} });
  } catch {
    throw new Mistake(
      exits.words,
      `'steppingstones duplicates' takes no words; it was given '${argv.join(' ')}'.`,
    );
  }
}
