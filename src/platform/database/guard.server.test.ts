import pg from 'pg';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { guardWalls, insistOnServer, insistOnWalls } from './guard.server.ts';
import { Mistake } from './mistake.ts';
import { appRole, authRole, publicRole, roleUrls } from './roles.server.ts';

const database = ownDatabase();

/** Does something as administrator, looks, and undoes it. */
async function whileTrue<Answer>(deed: string, undo: string, look: () => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query(deed);
    return await look().finally(() => client.query(undo));
  } finally {
    await client.end();
  }
}

const appWalls = () => guardWalls(roleUrls(database.adminUrl).app);

test('the walls of the migrated database stand, for the app, for the public and for signing in', async () => {
  const walls = await appWalls();
  expect(walls).toMatchObject({ ok: true });
  expect(walls.ok && walls.value.tables).toBeGreaterThan(0);
  expect(await guardWalls(roleUrls(database.adminUrl).public)).toMatchObject({ ok: true });
  expect(await guardWalls(roleUrls(database.adminUrl).auth)).toMatchObject({ ok: true });
});

test('an administrator is no app', async () => {
  expect(await guardWalls(database.adminUrl)).toMatchObject({ ok: false, reason: 'walls.role_is_superuser' });
  await expect(insistOnWalls(database.adminUrl)).rejects.toThrow(/does not open, because a wall is/);
});

test.each([
  [
    'a table without forced row level security',
    'create table core.hole (x int)',
    'drop table core.hole',
    'walls.not_forced',
  ],
  [
    'a table whose owner may look past the rules',
    'create table vault.hole (x int); alter table vault.hole enable row level security',
    'drop table vault.hole',
    'walls.not_forced',
  ],
  [
    'a table without a rule',
    'create table core.hole (x int); alter table core.hole enable row level security, force row level security',
    'drop table core.hole',
    'walls.no_policy',
  ],
  [
    'a public that looks inside',
    `create table vault.hole (x int); alter table vault.hole enable row level security, force row level security;
     create policy p on vault.hole using (true); grant usage on schema vault to ${publicRole}; grant select (x) on vault.hole to ${publicRole}`,
    `drop table vault.hole; revoke usage on schema vault from ${publicRole}`,
    'walls.public_sees_inside',
  ],
  [
    'an app that can read who signs in',
    `grant usage on schema auth to ${appRole}; grant select (mail) on auth.person to ${appRole}`,
    `revoke select (mail) on auth.person from ${appRole}; revoke usage on schema auth from ${appRole}`,
    'walls.sign_in_is_seen',
  ],
  [
    'a role of signing in that can read what the field keeps',
    `grant usage on schema core to ${authRole}; grant select on core.person to ${authRole}`,
    `revoke select on core.person from ${authRole}; revoke usage on schema core from ${authRole}`,
    'walls.sign_in_sees',
  ],
])('%s is found', async (_, deed, undo, reason) => {
  expect(await whileTrue(deed, undo, appWalls)).toMatchObject({ ok: false, reason });
});

test('a role that may become a superuser is found', async () => {
  const url = new URL(database.adminUrl);
  url.username = `climber_${process.pid}`;
  url.password = 'climbs';
  const found = await whileTrue(
    `create role roof_${process.pid} superuser; create role ${url.username} login password 'climbs';
     grant roof_${process.pid} to ${url.username}; grant connect on database ${url.pathname.slice(1)} to ${url.username}`,
    `revoke connect on database ${url.pathname.slice(1)} from ${url.username}; drop role ${url.username}, roof_${process.pid}`,
    () => guardWalls(url.href),
  );
  expect(found).toMatchObject({ ok: false, reason: 'walls.role_is_superuser' });
});

test('a server that may forget what it promised is refused, unless a test asks', async () => {
  const refused = insistOnServer(database.adminUrl, 'here', true);
  await expect(refused).rejects.toThrow(Mistake);
  await expect(refused).rejects.toThrow(/fsync, full_page_writes, synchronous_commit/);
  await insistOnServer(database.adminUrl, 'here', false);
});
