/** What the exit code of every command tells a supervisor or a script. */
export const exits = {
  fine: 0,
  surprise: 1,
  words: 2,
  address: 3,
  database: 4,
  disk: 5,
  installation: 6,
} as const;

export type ExitCode = (typeof exits)[keyof typeof exits];

/** Something only the person at the terminal can put right: one sentence and an exit code, never a stack trace. */
export class Mistake extends Error {
  readonly exit: ExitCode;

  constructor(exit: ExitCode, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'Mistake';
    this.exit = exit;
  }
}

/** How PostgreSQL and Node say in words that a disk is full. */
export const saysDiskFull = /No space left on device|could not extend file|wrote only \d+ of|ENOSPC/;

/** The code of an error, or else of what caused it. */
function codeOf(error: unknown): string {
  if (error === null || typeof error !== 'object') return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : codeOf(cause);
}

/** Recognises a full or closed disk behind an error of Node or PostgreSQL; answers undefined for anything else. */
export function diskMistake(error: unknown, what: string): Mistake | undefined {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100':
      return new Mistake(exits.disk, `The disk is full: ${what} needs more room.`, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new Mistake(exits.disk, `This account may not write ${what}.`, error);
    default:
      return undefined;
  }
}

/** Whether a database that was there a moment ago went away under our hands. */
export function wentAway(error: unknown): boolean {
  const gone = ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'];
  if (gone.includes(codeOf(error))) return true;
  if (!(error instanceof Error)) return false;
  return /terminated unexpectedly|not queryable/.test(error.message) || wentAway(error.cause);
}

/** Recognises why a database cannot be used; `where` names it without its password. Answers undefined for a surprise. */
export function databaseMistake(error: unknown, where: string): Mistake | undefined {
  const say = (sentence: string) => new Mistake(exits.database, sentence, error);
  const code = codeOf(error) || codeOf((error as AggregateError | null)?.errors?.[0]);
  switch (code) {
    case 'ECONNREFUSED':
      return say(`No database answers at ${where}; start it, or correct DATABASE_URL.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`The machine of the database is not known: ${where}; check the name in DATABASE_URL.`);
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return say(`The database at ${where} cannot be reached from this machine.`);
    case '28P01':
    case '28000':
      return say(`The database at ${where} does not accept this name and password (DATABASE_URL).`);
    case '3D000':
      return say(
        `The server has no such database: ${where}; make it first with 'createdb', or correct DATABASE_URL.`,
      );
    case '53300':
      return say(
        `The database at ${where} has no connection left; raise max_connections or stop another program.`,
      );
    case '57P01':
    case '57P02':
    case 'ECONNRESET':
    case 'EPIPE':
      return say(`The database at ${where} was stopped while it was in use; try again.`);
    case '57P03':
      return say(`The database at ${where} is still starting or already stopping; try again in a moment.`);
    case '42501':
      return say(
        `The role in DATABASE_URL may not prepare the database at ${where}; let an administrator run ` +
          `'ALTER ROLE that_role CREATEROLE' and 'ALTER DATABASE that_database OWNER TO that_role'.`,
      );
    case '53100':
    case 'ENOSPC':
      return diskMistake(error, 'the database');
  }
  const words = error instanceof Error ? error.message : '';
  if (/timeout expired|timeout exceeded/i.test(words))
    return say(`The database at ${where} did not answer within 10 seconds.`);
  if (/terminated unexpectedly/i.test(words))
    return say(
      `The connection with the database at ${where} broke, or what answers there is not PostgreSQL; try again.`,
    );
  if (/SASL|password must be a string/i.test(words))
    return say(`The database at ${where} asks for a password; add it to DATABASE_URL.`);
  if (/SSL/.test(words))
    return say(`The database at ${where} and DATABASE_URL do not agree about TLS (${words}).`);
  return undefined;
}
