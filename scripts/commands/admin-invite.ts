import { parseArgs } from 'node:util';
import type { Giver } from '#modules/people/access.ts';
import { invite } from '#modules/people/commands/invite.server.ts';
import { latestEnd } from '#modules/people/model.ts';
import { parseMail } from '#modules/people/signing-in/input.ts';
import { today } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { leaveDatabase } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { leaveSignIn } from '#platform/sign-in/way.server.ts';
import { operator } from '#platform/viewer.ts';

interface Wish {
  readonly mail: string;
  readonly home: string | null;
  readonly language: Language;
}

/**
 * `steppingstones admin invite MAIL [--at URL] [--language nl]`: lets someone sign in as admin for a year. With the address of the
 * house a letter goes out; without it the person at the terminal tells them. Answers the exit code.
 */
export async function inviteAdmin(argv: string[]): Promise<number> {
  const { mail, home, language } = wishOf(argv);
  const database = await openDatabase({ tell: (line) => console.error(line) });
  try {
    const giver: Giver = { person: null, role: 'admin', scope: { kind: 'all', id: '' } };
    const wish = { until: latestEnd(today()), reason: 'uitgenodigd vanaf de machine zelf' };
    const invited = await invite(operator, giver, { mail, language, home, ...wish });
    if (!invited.ok) throw new Error(`The invitation was refused: ${invited.reason}.`);
    console.log(
      `${mail} may sign in as admin until ${wish.until}, with a second factor, at ${home ?? ''}/${language}/sign-in.`,
    );
    return exits.fine;
  } finally {
    await Promise.all([leaveDatabase(), leaveSignIn()]);
    await database.close();
  }
}

function wishOf(argv: string[]): Wish {
  const wrong = (why: string) =>
    new Mistake(
      exits.words,
      `'steppingstones admin invite' takes a mail address, and may take --at https://the.address.of.the.house and --language nl; ${why}.`,
    );
  let given;
  try {
    given = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { at: { type: 'string' }, language: { type: 'string', default: 'nl' } },
    });
  } catch {
    throw wrong(`it was given '${argv.join(' ')}'`);
  }
  const { positionals, values } = given;
  const mail = positionals.length === 1 ? parseMail(positionals[0]) : null;
  if (mail === null) throw wrong(`it was given '${positionals.join(' ')}'`);
  if (!isLanguage(values.language)) throw wrong(`'${values.language}' is no language of the house`);
  const home = values.at === undefined ? null : originOf(values.at);
  if (values.at !== undefined && home === null) throw wrong(`'${values.at}' is no address of a house`);
  return { mail, home, language: values.language };
}

function originOf(said: string): string | null {
  const url = URL.canParse(said) ? new URL(said) : null;
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}
