import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/** The tables of signing in that we ask ourselves; the rest is the library's own. */
export interface SignInTables {
  person: { id: string; mail: string | null; second_factor_set: boolean };
  session: {
    id: string;
    person_id: string;
    word: string;
    began_at: Date;
    last_used_at: Date;
    until: Date;
    sure: boolean;
  };
  waiting_word: { identifier: string; value: string; until: Date };
  second_factor: { person_id: string; proven: boolean };
  tries: { key: Buffer; left_then: number; at: Date };
  secret_mark: { mark: Buffer };
}

interface Way {
  readonly pool: pg.Pool;
  readonly tables: Kysely<SignInTables>;
}

let way: Way | undefined;

/** The way to the schema `auth`, by the one role that may go there. What is done on it stands at once, whatever becomes of a deed around it. */
export function signInWay(): Way {
  if (way) return way;
  const url = process.env.STEPPINGSTONES_AUTH_URL;
  if (!url)
    throw new Error(`The address of the database for signing in is not set; start through 'npm start'.`);
  const pool = new pg.Pool({ connectionString: url, max: 5, application_name: 'steppingstones sign-in' });
  pool.on('error', () => undefined);
  way = { pool, tables: new Kysely<SignInTables>({ dialect: new PostgresDialect({ pool }) }) };
  return way;
}

/** Closes the way; a later call opens it anew. */
export async function leaveSignIn(): Promise<void> {
  const left = way;
  way = undefined;
  await left?.tables.destroy();
}
