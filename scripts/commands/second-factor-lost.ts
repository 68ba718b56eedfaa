import { parseArgs } from 'node:util';
import { parseMail } from '#modules/people/signing-in/input.ts';
import { loseSecondFactor } from '#modules/people/signing-in/second-factor/commands.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { keyOf } from '#platform/sign-in/persons.server.ts';
import { leaveSignIn } from '#platform/sign-in/way.server.ts';
import { operator } from '#platform/viewer.ts';

/**
 * `steppingstones admin second-factor-lost MAIL`: takes the second factor of someone away who lost both phone and paper, after
 * they showed who they are. Answers the exit code.
 */
export async function secondFactorLost(argv: string[]): Promise<number> {
  const mail = mailIn(argv);
  const database = await openDatabase({ tell: (line) => console.error(line) });
  try {
    const person = await keyOf(mail);
    if (person === null) throw new Mistake(exits.words, `Nobody signs in with ${mail}.`);
    await withViewer(operator, (tx) => loseSecondFactor(tx, person));
    console.log(`${mail} signs in without a second factor until they set one again; they are told by mail.`);
    return exits.fine;
  } finally {
    await Promise.all([leaveDatabase(), leaveSignIn()]);
    await database.close();
  }
}

function mailIn(argv: string[]): string {
  const wrong = new Mistake(
    exits.words,
    `'steppingstones admin second-factor-lost' takes one mail address; it was given '${argv.join(' ')}'.`,
  );
  try {
    const { positionals } = parseArgs({ args: argv, allowPositionals: true, options: {} });
    const mail = positionals.length === 1 ? parseMail(positionals[0]) : null;
    if (mail !== null) return mail;
  } catch {
    throw wrong;
  }
  throw wrong;
}
