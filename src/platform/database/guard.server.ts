import pg from 'pg';
import { ok, refused, type Result } from '../result.ts';
import { exits, Mistake } from './mistake.ts';
import { appRole, authRole, publicRole } from './roles.server.ts';

export type OpenWall =
  | 'walls.role_is_superuser'
  | 'walls.role_bypasses'
  | 'walls.not_forced'
  | 'walls.no_policy'
  | 'walls.public_sees_inside'
  | 'walls.sign_in_is_seen'
  | 'walls.sign_in_sees';

/**
 * Whether the walls stand for the role that `url` signs in as: it is no superuser and passes no row level security,
 * every table of the schemas core, vault and auth forces it and has a policy, the public role reads none of them, and
 * what is in auth is read by the role of signing in alone, which reads nothing else. Answers the number of tables behind the walls, or the first hole.
 */
export async function guardWalls(url: string): Promise<Result<{ readonly tables: number }, OpenWall>> {
  return asking(url, async (client) => {
    const { rows: roles } = await client.query<{ name: string; super: boolean }>(`
      select rolname as name, rolsuper as super from pg_roles
      where (rolsuper or rolbypassrls) and pg_has_role(current_user, oid, 'member') order by rolname limit 1`);
    const role = roles[0];
    if (role)
      return refused(role.super ? 'walls.role_is_superuser' : 'walls.role_bypasses', { role: role.name });
    const { rows: tables } = await client.query<{
      name: string;
      forced: boolean;
      policies: number;
      reader: string | null;
    }>(
      `
      select table_.oid::regclass::text as name, table_.relrowsecurity and table_.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy where polrelid = table_.oid) as policies,
        (select min(rolname) from pg_roles
          where rolname = any(case room.nspname when 'auth' then $1::text[] else $2::text[] end)
          and has_schema_privilege(oid, table_.relnamespace, 'usage')
          and has_any_column_privilege(oid, table_.oid, 'select')) as reader
      from pg_class table_ join pg_namespace room on room.oid = table_.relnamespace
      where room.nspname in ('core', 'vault', 'auth') and table_.relkind in ('r', 'p') order by 1`,
      [
        [appRole, publicRole],
        [publicRole, authRole],
      ],
    );
    for (const { name, forced, policies, reader } of tables) {
      if (!forced) return refused('walls.not_forced', { table: name });
      if (policies === 0) return refused('walls.no_policy', { table: name });
      if (reader === authRole) return refused('walls.sign_in_sees', { table: name });
      if (reader)
        return refused(name.startsWith('auth.') ? 'walls.sign_in_is_seen' : 'walls.public_sees_inside', {
          table: name,
        });
    }
    return ok({ tables: tables.length });
  });
}

const holes: Readonly<Record<OpenWall, (what: string) => string>> = {
  'walls.role_is_superuser': (what) => `the app's database role is, or may become, the superuser ${what}`,
  'walls.role_bypasses': (what) => `the app's database role may pass row level security as ${what}`,
  'walls.not_forced': (what) => `row level security is not forced on ${what}`,
  'walls.no_policy': (what) => `${what} has no policy`,
  'walls.public_sees_inside': (what) => `the public role may read ${what}`,
  'walls.sign_in_is_seen': (what) => `another role than the one that signs people in may read ${what}`,
  'walls.sign_in_sees': (what) => `the role that signs people in may read ${what}`,
};

/** Throws the one sentence for the terminal when a wall is open. */
export async function insistOnWalls(url: string): Promise<void> {
  const walls = await guardWalls(url);
  if (walls.ok) return;
  const what = String(Object.values(walls.details)[0] ?? '');
  throw new Mistake(
    exits.database,
    `Steppingstones does not open, because a wall is: ${holes[walls.reason](what)}.`,
  );
}

/** Throws when this server is older than PostgreSQL 18, cannot be written, or may lose what it said it kept. */
export async function insistOnServer(url: string, where: string, durable: boolean): Promise<void> {
  await asking(url, async (client) => {
    const { rows } = await client.query<{
      version: number;
      words: string;
      standby: boolean;
      off: string | null;
    }>(`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as words,
        pg_is_in_recovery() as standby,
        (select string_agg(name, ', ') from pg_settings
          where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off') as off`);
    const server = rows[0];
    if (!server) return;
    if (server.version < 180_000) {
      throw new Mistake(
        exits.database,
        `Steppingstones needs PostgreSQL 18 or newer; ${where} runs ${server.words}.`,
      );
    }
    if (server.standby)
      throw new Mistake(
        exits.database,
        `The database at ${where} is a read-only copy; give DATABASE_URL the one that takes writes.`,
      );
    if (durable && server.off) {
      throw new Mistake(
        exits.database,
        `The database at ${where} may lose what was told to it in a power cut: switch on ${server.off}.`,
      );
    }
  });
}

async function asking<Answer>(url: string, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'steppingstones guard',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  return work(client).finally(() => client.end());
}
