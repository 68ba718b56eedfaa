import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { accountFor, binariesFor, makeCluster, secretOf } from './cluster.server.ts';
import { startServer, type House } from './launch.server.ts';
import { exits, Mistake } from './mistake.ts';
import { lives, postmasterOf } from './postmaster.server.ts';

export interface EmbeddedDatabase {
  /** How its administrator reaches it. */
  readonly adminUrl: string;
  /** False when we joined a server that another process started. */
  readonly ours: boolean;
  /** Leaves the database; its last user stops it. */
  stop(): Promise<void>;
}

export interface Wishes {
  /** Hears one line when something takes long. */
  readonly tell?: (line: string) => void;
  /** Hears that the database died and could not be brought back at its old address. */
  readonly lost?: (error: unknown) => void;
}

/** Every user of an embedded database holds this lock together; whoever gets it alone is the last one. */
const presenceLock = 20151122;

/**
 * Starts PostgreSQL 18 with its data in `home`, making it on a first start, or joins the one that already runs there.
 * When the server dies while we use it, it is brought back at the same address. See docs/decisions/0003.
 */
export async function startEmbedded(
  home: string,
  settings: readonly string[] = [],
  { tell = () => undefined, lost = () => undefined }: Wishes = {},
): Promise<EmbeddedDatabase> {
  const at = await realpath(home);
  const data = join(at, 'postgres');
  const as = await accountFor(data);
  const bin = await binariesFor(as, at);
  await makeCluster(at, bin, as);
  const house: House = { home: at, data, postgres: bin.postgres, as, settings, tell };
  const secret = await secretOf(data).catch((error: unknown) => {
    throw new Mistake(
      exits.disk,
      `The database in ${at} belongs to another account; start as the one that made it.`,
      error,
    );
  });
  const urlAt = (port: number) => `postgres://postgres:${secret}@127.0.0.1:${port}/postgres`;

  let leaving = false;
  let presence = await comeIn(house, urlAt);
  const { port, ours } = presence;
  let returning: Promise<void> = Promise.resolve();
  const watch = () => {
    presence.client.once('end', () => {
      if (!leaving) returning = comeBack();
    });
  };
  const comeBack = async () => {
    try {
      presence = await comeIn(house, urlAt);
      if (presence.port !== port)
        throw new Mistake(exits.database, 'The database came back at another address; start again.');
      if (leaving) return;
      watch();
    } catch (error) {
      if (!leaving) lost(error);
    }
  };
  watch();
  return {
    adminUrl: urlAt(port),
    ours,
    stop: async () => {
      leaving = true;
      await returning;
      await leave(house, presence.client);
    },
  };
}

interface Presence {
  readonly client: pg.Client;
  readonly port: number;
  readonly ours: boolean;
}

/** Joins the running server, and starts it first where none runs; two that come in at once end up in the same one. */
async function comeIn(house: House, urlAt: (port: number) => string): Promise<Presence> {
  const patience = 60_000;
  let since = Date.now();
  let ours = false;
  for (;;) {
    const running = await postmasterOf(house.data);
    if (running?.ready) {
      const client = await present(urlAt(running.port));
      if (client) return { client, port: running.port, ours };
    } else if (running) {
      // It repairs itself after a crash; that takes as long as it takes.
      since = Date.now();
    } else {
      ours = (await startServer(house)) === 'ready';
      if (ours) continue;
    }
    if (Date.now() - since > patience) {
      throw new Mistake(
        exits.database,
        `The database in ${house.home} does not come up; ${join(house.home, 'postgres.log')} tells why.`,
      );
    }
    await pause(50);
  }
}

/** Announces a user; null while the server is starting, stopping, or being stopped by its last user. */
async function present(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'steppingstones presence',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ in: boolean }>(
      `select pg_try_advisory_lock_shared(${presenceLock}) as in`,
    );
    if (rows[0]?.in) return client;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === '28P01')
      throw new Mistake(
        exits.database,
        'The embedded database does not know its own password; its folder was changed by hand.',
        error,
      );
    if (code === '53300')
      throw new Mistake(
        exits.database,
        'The embedded database has no connection left; stop another program that uses it.',
        error,
      );
  }
  await client.end().catch(() => undefined);
  return null;
}

/** Leaves; the last one out stops the server, and holds newcomers at the door until it is gone. */
async function leave(house: House, client: pg.Client): Promise<void> {
  try {
    await client.query(`select pg_advisory_unlock_shared(${presenceLock})`);
    const running = (await isLast(client)) ? await postmasterOf(house.data) : null;
    if (running) {
      process.kill(running.pid, 'SIGINT');
      await gone(house.data, running.pid);
    }
  } catch (error) {
    // A server that died before us needs no stopping.
    if ((error as { code?: string }).code === 'EPERM') throw error;
  } finally {
    await Promise.race([client.end().catch(() => undefined), pause(1_000, undefined, { ref: false })]);
  }
}

/** Whether nobody else is in; the server needs a moment to notice that a killed user is gone. */
async function isLast(client: pg.Client): Promise<boolean> {
  for (let tries = 0; tries < 5; tries++) {
    const { rows } = await client.query<{ last: boolean }>(
      `select pg_try_advisory_lock(${presenceLock}) as last`,
    );
    if (rows[0]?.last) return true;
    await pause(40);
  }
  return false;
}

async function gone(data: string, pid: number): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    if (!lives(pid) || (await postmasterOf(data))?.pid !== pid) return;
    await pause(20);
  }
}
