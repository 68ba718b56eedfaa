import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Only Node's own modules here: this file must be able to say that the others are not installed.

type Command = (argv: string[]) => Promise<number>;

interface Entry {
  readonly words: string;
  readonly does: string;
  readonly load: () => Promise<Command>;
}

const commands: readonly Entry[] = [
  {
    words: 'start',
    does: 'open Steppingstones (--dev: with live changes)',
    load: async () => (await import('./commands/start.ts')).start,
  },
  {
    words: 'migrate',
    does: 'bring the database to its newest shape',
    load: async () => (await import('./commands/migrate.ts')).migrateDatabase,
  },
  {
    words: 'import field',
    does: 'DIR: bring a folder of initiatives in, wholly or not at all',
    load: async () => (await import('./commands/import-field.ts')).importField,
  },
  {
    words: 'import hsds',
    does: 'FILE|DIR: bring organizations in the form of HSDS in (--language of their texts, nl)',
    load: async () => (await import('./commands/import-hsds.ts')).importHsds,
  },
  {
    words: 'export hsds',
    does: 'DIR: write the open field as HSDS, a file for each list',
    load: async () => (await import('./commands/export-hsds.ts')).exportHsds,
  },
  {
    words: 'import table',
    does: 'FILE --source NAME: bring a list in from CSV, XLSX, GeoJSON or JSON (--mapping FILE, --sheet NAME, --dry-run)',
    load: async () => (await import('./commands/import-table.ts')).importTable,
  },
  {
    words: 'import boundaries',
    does: 'FILE: bring the outlines of provinces and municipalities in',
    load: async () => (await import('./commands/import-boundaries.ts')).importBoundaries,
  },
  {
    words: 'duplicates',
    does: 'look for entries that may be one and the same',
    load: async () => (await import('./commands/duplicates.ts')).duplicates,
  },
  {
    words: 'take-away',
    does: 'SLUG: take one entry off page, search, map and data at once',
    load: async () => (await import('./commands/take-away.ts')).takeAway,
  },
  {
    words: 'tombstones',
    does: 'FILE: write what must never come back, as fingerprints, to keep apart from any backup',
    load: async () => (await import('./commands/tombstones.ts')).writeTombstones,
  },
  {
    words: 'replay-tombstones',
    does: 'FILE: take away again what an older backup brought back',
    load: async () => (await import('./commands/tombstones.ts')).replay,
  },
  {
    words: 'admin invite',
    does: 'MAIL: let someone sign in as admin (--at ADDRESS of the house: tell them by mail)',
    load: async () => (await import('./commands/admin-invite.ts')).inviteAdmin,
  },
  {
    words: 'admin second-factor-lost',
    does: 'MAIL: let someone who lost phone and paper set their second step again',
    load: async () => (await import('./commands/second-factor-lost.ts')).secondFactorLost,
  },
  {
    words: 'landscape',
    does: 'VOTES.csv: what a room shares and where voices differ (--groups FILE, --min-group 5 to 8, --json)',
    load: async () => (await import('./commands/landscape.ts')).landscapeOfVotes,
  },
  {
    words: 'search-eval',
    does: '--docs FILE --queries FILE: run the search over outside texts',
    load: async () => (await import('./commands/search-eval.ts')).searchEval,
  },
];

const usage = `Usage: steppingstones COMMAND [options]

${commands.map(({ words, does }) => `  ${words.padEnd(18)} ${does}`).join('\n')}

Settings in the environment: HOST, PORT, STEPPINGSTONES_ADDRESS, DATABASE_URL, STEPPINGSTONES_VAR,
  SMTP_URL, SMTP_FROM, STEPPINGSTONES_SECRET, TRUST_PROXY=1, LOG_LEVEL.
Exit codes: 0 done, 1 unforeseen, 2 wrong words or settings, 3 address not available, 4 database, 5 disk, 6 installation.`;

async function run(argv: string[]): Promise<number> {
  if (argv.length === 0 || argv[0] === 'help' || argv[0] === '--help' || argv[0] === '-h') {
    (argv.length === 0 ? console.error : console.log)(usage);
    return argv.length === 0 ? 2 : 0;
  }
  const entry = commands.find(({ words }) => words.split(' ').every((word, at) => argv[at] === word));
  if (!entry) {
    console.error(`There is no command '${argv.slice(0, 2).join(' ')}'; 'steppingstones help' lists them.`);
    return 2;
  }
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 24) {
    console.error(
      `Steppingstones needs Node 24 and this is ${process.versions.node}; use 'npm start' or 'bin/steppingstones'.`,
    );
    return 6;
  }
  const project = join(import.meta.dirname, '..');
  if (!existsSync(join(project, 'node_modules', 'pg'))) {
    console.error(`Steppingstones is not installed yet: run 'npm ci' in ${project} first.`);
    return 6;
  }
  const command = await entry.load();
  return command(argv.slice(entry.words.split(' ').length));
}

async function explain(error: unknown): Promise<number> {
  if (process.env.STEPPINGSTONES_DEBUG === '1') console.error(error);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_MODULE_NOT_FOUND') {
    console.error(`A part of Steppingstones is missing (${message.split('\n')[0]}); run 'npm ci'.`);
    return 6;
  }
  const { databaseMistake, diskMistake, Mistake } = await import('../src/platform/database/mistake.ts');
  const known =
    error instanceof Mistake
      ? error
      : (diskMistake(error, (error as NodeJS.ErrnoException).path ?? 'its folder') ??
        databaseMistake(error, process.env.DATABASE_URL ? 'DATABASE_URL' : 'its own folder'));
  if (known) {
    console.error(known.message);
    return known.exit;
  }
  console.error(
    `Something went wrong that was not foreseen: ${message?.split('\n')[0] ?? String(error)} (STEPPINGSTONES_DEBUG=1 shows where).`,
  );
  return 1;
}

process.exitCode = await run(process.argv.slice(2)).catch(explain);
// A pool that somebody forgot to close must not keep a finished command at the terminal.
setTimeout(() => process.exit(), 2_000).unref();
