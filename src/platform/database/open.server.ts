import { join } from 'node:path';
import { projectFolder } from '../project.server.ts';
import { bringSecret } from '../sign-in/secret.server.ts';
import { homeFor } from './cluster.server.ts';
import { startEmbedded } from './embedded.server.ts';
import { insistOnServer } from './guard.server.ts';
import { migrate } from './migrate.server.ts';
import { databaseMistake, exits, Mistake, wentAway } from './mistake.ts';
import { prepareRoles, type RoleUrls } from './roles.server.ts';

export interface OpenDatabase {
  /** How its administrator reaches it. */
  readonly adminUrl: string;
  /** How the app reaches it; `withViewer` of this process already goes there. */
  readonly appUrls: RoleUrls;
  /** Its name for a person at the terminal, without a password. */
  readonly where: string;
  /** Leaves it; the last user of an embedded database stops it. */
  close(): Promise<void>;
}

export interface OpeningWishes {
  readonly tell?: (line: string) => void;
  /** Hears that the embedded database died and did not come back. */
  readonly lost?: (error: unknown) => void;
  /** Only a test may ask for less than durable. */
  readonly durable?: boolean;
}

/** Where this project keeps what it may not lose: STEPPINGSTONES_VAR, or the folder var beside the code. */
export function varFolder(): string {
  return process.env.STEPPINGSTONES_VAR || join(projectFolder, 'var');
}

/**
 * Opens the database for a command: the one DATABASE_URL names, or else the embedded one, which is started or joined.
 * Roles and tables are brought up to date, and `withViewer` reaches it. Throws a Mistake with one sentence when it cannot.
 */
export async function openDatabase(wishes: OpeningWishes = {}): Promise<OpenDatabase> {
  const given = process.env.DATABASE_URL;
  for (let tries = 1; ; tries++) {
    const server = given ? named(given) : await embedded(wishes);
    try {
      return await prepared(server, wishes);
    } catch (error) {
      await server.close().catch(() => undefined);
      // An embedded server may be killed, or be on its way out with its last user, just as we come in: then it is started anew.
      if (!given && tries < 4 && wentAway(error)) continue;
      throw error instanceof Mistake ? error : (databaseMistake(error, server.where) ?? error);
    }
  }
}

async function prepared(
  server: Server,
  { tell = () => undefined, durable = true }: OpeningWishes,
): Promise<OpenDatabase> {
  await insistOnServer(server.adminUrl, server.where, durable);
  const appUrls = await prepareRoles(server.adminUrl);
  const ran = await migrate(server.adminUrl, join(projectFolder, 'db', 'migrations'));
  if (ran.length > 0)
    tell(`The database took its newest shape (${ran.length} ${ran.length === 1 ? 'change' : 'changes'}).`);
  process.env.STEPPINGSTONES_APP_URL = appUrls.app;
  process.env.STEPPINGSTONES_PUBLIC_URL = appUrls.public;
  process.env.STEPPINGSTONES_AUTH_URL = appUrls.auth;
  await bringSecret(varFolder());
  return { adminUrl: server.adminUrl, appUrls, where: server.where, close: server.close };
}

type Server = Omit<OpenDatabase, 'appUrls'>;

function named(given: string): Server {
  const wrong = (why: string) =>
    new Mistake(
      exits.database,
      `DATABASE_URL ${why}; write it as postgres://name:password@machine:5432/database.`,
    );
  let url: URL;
  try {
    url = new URL(given);
    decodeURIComponent(url.password);
  } catch {
    throw wrong('is not an address');
  }
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw wrong('does not begin with postgres://');
  if (!url.username) throw wrong('has no name in it');
  // The passwords of the lesser roles are derived from this one, so it cannot be left to a .pgpass file.
  if (!url.password) throw wrong('has no password in it');
  if (url.pathname.length < 2) throw wrong('does not name a database');
  return {
    adminUrl: url.href,
    where: `${url.hostname}:${url.port || 5432}${url.pathname}`,
    close: async () => undefined,
  };
}

async function embedded({ tell = () => undefined, lost }: OpeningWishes): Promise<Server> {
  const home = await homeFor(varFolder(), tell);
  const server = await startEmbedded(home, [], { tell, ...(lost && { lost }) });
  return { adminUrl: server.adminUrl, where: home, close: server.stop };
}
