import { createHmac } from 'node:crypto';
import pg from 'pg';

export const ownerRole = 'steppingstones_owner';
export const appRole = 'steppingstones_app';
export const publicRole = 'steppingstones_public';
/** Signs people in: reaches the schema `auth` and nothing else, and no other role reaches that. */
export const authRole = 'steppingstones_auth';

export interface RoleUrls {
  readonly app: string;
  readonly public: string;
  readonly auth: string;
}

const guests = [appRole, publicRole, authRole];

/** The same administrator gives the same passwords on every machine, so several app processes need no shared file. */
function passwordFor(role: string, admin: URL): string {
  return createHmac('sha256', decodeURIComponent(admin.password) || 'trusted')
    .update(role)
    .digest('hex');
}

function urlFor(role: string, admin: URL): string {
  const url = new URL(admin);
  url.username = role;
  url.password = passwordFor(role, admin);
  return url.href;
}

/** How the app reaches this administrator's database as its lesser roles; asks nothing of the database. */
export function roleUrls(adminUrl: string): RoleUrls {
  const admin = new URL(adminUrl);
  return {
    app: urlFor(appRole, admin),
    public: urlFor(publicRole, admin),
    auth: urlFor(authRole, admin),
  };
}

/** Makes the roles and the schemas where they are missing; answers how the app reaches the database as its lesser roles. */
export async function prepareRoles(adminUrl: string): Promise<RoleUrls> {
  for (let tries = 1; ; tries++) {
    try {
      return await prepareOnce(adminUrl);
    } catch (error) {
      // Roles belong to the whole server: another database on it may be preparing the same ones at this moment.
      const code = (error as { code?: string }).code ?? '';
      if (tries === 5 || !['XX000', '23505', '42710', '40001'].includes(code)) throw error;
    }
  }
}

async function prepareOnce(adminUrl: string): Promise<RoleUrls> {
  const admin = new URL(adminUrl);
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: 'steppingstones roles',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(20151121)');
    await makeRole(client, ownerRole, 'nologin');
    for (const role of guests) {
      await makeRole(client, role, `login noinherit password '${passwordFor(role, admin)}'`);
    }
    // Questions here are short; compiling them costs more than it saves.
    for (const role of guests) await client.query(`alter role ${role} set jit = off`);
    await client.query(`alter role ${appRole} set search_path = pub, core, vault`);
    await client.query(`alter role ${publicRole} set search_path = pub`);
    await client.query(`alter role ${authRole} set search_path = auth`);
    const {
      rows: [me],
    } = await client.query<{ me: string; name: string; member: boolean }>(
      `select current_user as me, current_database() as name, pg_has_role(current_user, '${ownerRole}', 'set') as member`,
    );
    if (!me) throw new Error('The database did not say who we are.');
    if (!me.member) await client.query(`grant ${ownerRole} to ${pg.escapeIdentifier(me.me)} with set true`);
    const name = pg.escapeIdentifier(me.name);
    await client.query(`grant create, connect on database ${name} to ${ownerRole}`);
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${guests.join(', ')}`);
    await client.query('revoke all on schema public from public');
    await client.query(`set role ${ownerRole}`);
    for (const schema of ['pub', 'core', 'vault', 'auth'])
      await client.query(`create schema if not exists ${schema}`);
    await client.query(`grant usage on schema pub to ${appRole}, ${publicRole}`);
    await client.query(`grant usage on schema core, vault to ${appRole}`);
    await client.query(`grant usage on schema auth to ${authRole}`);
    return roleUrls(adminUrl);
  } finally {
    await client.end();
  }
}

async function makeRole(client: pg.Client, role: string, as: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  await client.query(`${rowCount ? 'alter' : 'create'} role ${role} ${as}`);
}
