import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { openDatabase, type OpenDatabase } from '#platform/database/open.server.ts';
import type { MailWay } from '#platform/mail/way.server.ts';
import { insistOnWalls } from '#platform/database/guard.server.ts';
import { projectFolder } from '#platform/project.server.ts';
import { probe, readAddress, readHome, type Address } from './start/address.ts';
import type { Serving } from './start/serve.ts';
import type { Work } from './start/work.ts';

const drain = 20_000;
const lastJobs = 10_000;
const mailStays = 'Mail stays on this machine: read it at /mailbox.';
const mailWaits = 'Mail cannot leave, because SMTP_URL is not set; letters wait in the database.';

/**
 * `steppingstones start [--dev]`: builds if needed, opens the database, loads the field on a first start, and serves until
 * it is told to stop. Answers the exit code after an orderly end.
 */
export async function start(argv: string[]): Promise<number> {
  const began = performance.now();
  const { dev } = wordsOf(argv);
  process.chdir(projectFolder);
  const address = readAddress(process.env);
  const home = readHome(process.env);
  const tell = (line: string) => console.error(line);
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  await probe(address);
  const way = await mailWayOf(dev);

  const end = untilToldToStop();
  const database = await openDatabase({ tell, lost: (error) => end.because(error) });
  let serving: Serving | undefined;
  let work: Work | undefined;
  try {
    serving = await Promise.race([
      end.promise.then(() => undefined),
      prepare(database, { address, home }, dev, tell),
    ]);
    if (serving && !end.told()) {
      const { openWork } = await import('./start/work.ts');
      if (!way) tell(dev ? mailStays : mailWaits);
      work = await openWork(database.appUrls.app, way);
      console.log(
        `Steppingstones is open at ${serving.url} (ready in ${((performance.now() - began) / 1000).toFixed(1)} s)`,
      );
      end.hurry = serving.cut;
    }
    await end.promise;
  } finally {
    await serving?.leave(drain);
    await work?.leave(lastJobs);
    await database.close();
  }
  if (end.reason) throw end.reason;
  return exits.fine;
}

function wordsOf(argv: string[]): { dev: boolean } {
  try {
    const { values } = parseArgs({ args: argv, options: { dev: { type: 'boolean', default: false } } });
    return values;
  } catch {
    throw new Mistake(
      exits.words,
      `'steppingstones start' knows only the option --dev; it was given '${argv.join(' ')}'.`,
    );
  }
}

/** How mail leaves. A development start without a way has a local mailbox page; no other start ever opens that page. */
async function mailWayOf(dev: boolean): Promise<MailWay | null> {
  delete process.env.STEPPINGSTONES_MAILBOX;
  if (process.env.SMTP_URL) return (await import('#platform/mail/way.server.ts')).mailWay(process.env);
  if (dev) process.env.STEPPINGSTONES_MAILBOX = 'open';
  return null;
}

async function prepare(
  database: OpenDatabase,
  { address, home }: { readonly address: Address; readonly home: URL | undefined },
  dev: boolean,
  tell: (line: string) => void,
): Promise<Serving> {
  // Loaded only now, so that a mistake in the words is answered at once.
  const [{ buildIfNeeded }, { furnish }, { serveBuild, serveLive }] = await Promise.all([
    import('./start/build.ts'),
    import('./start/furnish.ts'),
    import('./start/serve.ts'),
  ]);
  // The build and the first load do not need each other, and a first start has two cores to use.
  const built = dev ? Promise.resolve() : buildIfNeeded(projectFolder, tell);
  built.catch(() => undefined);
  await furnish(database.adminUrl, tell);
  await replayTombstonesHere(tell);
  await built;
  for (const url of Object.values(database.appUrls) as string[]) await insistOnWalls(url);
  return dev
    ? serveLive(address)
    : serveBuild(address, join(projectFolder, 'build'), database.appUrls.public, home);
}

/** An older backup may have brought back what was taken back since: it is gone again before anyone comes in. */
async function replayTombstonesHere(tell: (line: string) => void): Promise<void> {
  const { replayBook } = await import('#modules/consent/tombstones/jobs.server.ts');
  const { tellings, people } = await replayBook();
  if (tellings.length + people.length > 0)
    tell(
      `Taken away again what was taken back before: ${tellings.length} tellings, ${people.length} people.`,
    );
}

interface End {
  readonly promise: Promise<void>;
  readonly told: () => boolean;
  reason: unknown;
  /** What a second, later signal does. */
  hurry: () => void;
  because(error: unknown): void;
}

/** The end comes with a signal, or with something that leaves no sense in going on. */
function untilToldToStop(): End {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  let first = 0;
  const end: End = {
    promise,
    told: () => first > 0,
    reason: undefined,
    hurry: () => undefined,
    because: (error) => {
      end.reason ??= error;
      first ||= Date.now();
      resolve();
    },
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      // npm passes a Ctrl-C on that the terminal already gave us; only a later one means haste.
      if (first && Date.now() - first > 2_000) end.hurry();
      first ||= Date.now();
      resolve();
    });
  }
  process.on('uncaughtException', (error) => end.because(error));
  return end;
}
