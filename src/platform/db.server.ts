import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Viewer } from './viewer.ts';

/** Every room adds its own tables here, from its `tables.ts`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface Database {}

export type Tx = Transaction<Database>;

const days = (text: string): string => text;
// A day is a word like 2016-03-01, never a moment: a Date would move it across time zones.
pg.types.setTypeParser(pg.types.builtins.DATE, days);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

interface Ways {
  readonly app: Kysely<Database>;
  readonly public: Kysely<Database>;
}

let ways: Ways | undefined;

function pool(url: string | undefined, name: string, max: number): pg.Pool {
  if (!url)
    throw new Error(`The address of the database for '${name}' is not set; start through 'npm start'.`);
  const made = new pg.Pool({ connectionString: url, max, application_name: `steppingstones ${name}` });
  // An idle connection that breaks must not take the process with it; the next request meets the error itself.
  made.on('error', () => undefined);
  // Nor one that breaks while somebody works on it: their next question meets the error.
  made.on('connect', (client) => client.on('error', () => undefined));
  return made;
}

function open(): Ways {
  const max = Number(process.env.DATABASE_POOL ?? 10);
  const over = (name: string, url: string | undefined) =>
    new Kysely<Database>({ dialect: new PostgresDialect({ pool: pool(url, name, max) }) });
  ways ??= {
    app: over('app', process.env.STEPPINGSTONES_APP_URL),
    public: over('public', process.env.STEPPINGSTONES_PUBLIC_URL),
  };
  return ways;
}

/**
 * The one way in: runs `work` in one transaction that the database knows to be this viewer's.
 * A visitor travels as a role that can read the schema `pub` and nothing else, on one unchanging picture.
 */
export async function withViewer<Answer>(viewer: Viewer, work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
  const way = viewer.kind === 'visitor' ? open().public : open().app;
  const transaction =
    viewer.kind === 'visitor'
      ? way.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
      : way.transaction();
  return transaction.execute(async (tx) => {
    if (viewer.kind !== 'visitor') {
      await sql`select set_config('app.viewer_kind', ${viewer.kind}, true), set_config('app.viewer', ${viewer.id ?? ''}, true),
        set_config('app.sure', ${viewer.sure ? 'yes' : 'no'}, true)`.execute(tx);
    }
    return work(tx);
  });
}

/** Closes both ways to the database; later calls open them anew. */
export async function leaveDatabase(): Promise<void> {
  const left = ways;
  ways = undefined;
  await Promise.all([left?.app.destroy(), left?.public.destroy()]);
}
