import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRole, publicRole, roleUrls } from '../../src/platform/database/roles.server.ts';
import { ownDatabase } from '../support/database.ts';
import * as walls from './walls.ts';

const database = ownDatabase();
let admin: pg.Client;

async function as<Answer>(url: string, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** The code PostgreSQL refuses this with, or 'allowed'. */
const refusal = (client: pg.Client, text: string) =>
  client.query(text).then(
    () => 'allowed',
    (error: pg.DatabaseError) => error.code,
  );

beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());

/** Runs `work` in a transaction with a planted fault that is taken back afterwards. */
async function withFault<Answer>(fault: string, work: () => Promise<Answer>): Promise<Answer> {
  await admin.query('begin');
  try {
    await admin.query(fault);
    return await work();
  } finally {
    await admin.query('rollback');
  }
}

test('every column says in its comment who may know it', async () => {
  expect(await walls.columnsWithoutClass(admin)).toEqual([]);
  expect(await walls.closedColumnsInTheOpen(admin)).toEqual([]);
  expect(await walls.tablesWithoutComment(admin)).toEqual([]);
});

test('a column that keeps silent about its privacy is found', async () => {
  const fault = `create table pub.planted (silent text, vague text, told text, private text);
    comment on column pub.planted.vague is 'a remark'; comment on column pub.planted.told is '[open] a word';
    comment on column pub.planted.private is '[person] a name';`;
  await withFault(fault, async () => {
    expect(await walls.columnsWithoutClass(admin)).toEqual(['pub.planted.silent', 'pub.planted.vague']);
    expect(await walls.closedColumnsInTheOpen(admin)).toEqual(['pub.planted.private']);
    expect(await walls.tablesWithoutComment(admin)).toEqual(['pub.planted']);
  });
});

test('every table behind the walls guards its rows, also from its owner', async () => {
  expect(await walls.tablesBehindTheWalls(admin)).not.toEqual([]);
  expect(await walls.unguardedTables(admin)).toEqual([]);
  expect(await walls.viewsWithTheirOwnersEyes(admin)).toEqual([]);
});

test('a table without forced guard, and one to which no policy speaks, are found', async () => {
  const fault = `create table core.unforced (id int); alter table core.unforced enable row level security;
    create policy p on core.unforced using (true);
    create table vault.unspoken (id int); alter table vault.unspoken enable row level security; alter table vault.unspoken force row level security;
    create view pub.window_to_the_vault as select * from vault.unspoken;`;
  await withFault(fault, async () => {
    expect(await walls.unguardedTables(admin)).toEqual(['core.unforced', 'vault.unspoken']);
    expect(await walls.viewsWithTheirOwnersEyes(admin)).toEqual(['pub.window_to_the_vault']);
  });
});

test('a visitor’s role reads nothing behind the walls and writes nothing in the open, tried table by table', async () => {
  const behind = await walls.tablesBehindTheWalls(admin);
  const open = await admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'pub'`,
  );
  await as(roleUrls(database.adminUrl).public, async (visitor) => {
    expect((await visitor.query<{ me: string }>('select current_user as me')).rows).toEqual([
      { me: publicRole },
    ]);
    for (const name of behind)
      expect(await refusal(visitor, `select 1 from ${name} limit 1`), name).toBe('42501');
    for (const { name } of open.rows) {
      expect(await refusal(visitor, `select 1 from ${name} limit 1`), name).toBe('allowed');
      expect(await refusal(visitor, `delete from ${name} where false`), name).toBe('42501');
      expect(await refusal(visitor, `insert into ${name} default values`), name).toBe('42501');
    }
    expect(await refusal(visitor, 'create table pub.mine (id int)')).toBe('42501');
    expect(await refusal(visitor, `set role ${appRole}`)).toBe('42501');
  });
  expect(await walls.masterKeysForVisitors(admin, publicRole)).toEqual([]);
});

test('a key handed to visitors, and a function that lends its owner’s rights, are found', async () => {
  const fault = `create function pub.lend() returns int security definer language sql as 'select 1'; grant execute on function pub.lend to ${publicRole};`;
  await withFault(fault, async () => {
    expect(await walls.masterKeysForVisitors(admin, publicRole)).toEqual(
      ['lend()'].map(() => expect.stringContaining('lend()')),
    );
  });
});

test('the app’s role can change no shape and is no superuser', async () => {
  await as(roleUrls(database.adminUrl).app, async (app) => {
    for (const schema of ['pub', 'core', 'vault', 'auth']) {
      expect(await refusal(app, `create table ${schema}.mine (id int)`), schema).toBe('42501');
    }
    expect(await refusal(app, 'create schema mine')).toBe('42501');
    for (const name of await walls.tablesBehindTheWalls(admin)) {
      expect(await refusal(app, `alter table ${name} disable row level security`), name).toBe('42501');
    }
    const { rows } = await app.query(
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
    ]);
  });
});

test('who signs in is known to one role, which knows nothing else and can change no shape', async () => {
  const urls = roleUrls(database.adminUrl);
  const behind = await walls.tablesBehindTheWalls(admin);
  const ofSigningIn = behind.filter((name) => name.startsWith('auth.'));
  expect(ofSigningIn).toContain('auth.person');
  await as(urls.app, async (app) => {
    for (const name of ofSigningIn)
      for (const deed of [
        `select 1 from ${name}`,
        `delete from ${name}`,
        `insert into ${name} default values`,
      ])
        expect(await refusal(app, deed), deed).toBe('42501');
    expect(await refusal(app, 'set role steppingstones_auth')).toBe('42501');
  });
  await as(urls.auth, async (signingIn) => {
    for (const name of ofSigningIn)
      expect(await refusal(signingIn, `select 1 from ${name} limit 1`), name).toBe('allowed');
    for (const name of behind.filter((each) => !ofSigningIn.includes(each)))
      expect(await refusal(signingIn, `select 1 from ${name} limit 1`), name).toBe('42501');
    expect(await refusal(signingIn, 'select 1 from pub.initiative')).toBe('42501');
    expect(await refusal(signingIn, `select core.viewer_kind()`)).toBe('42501');
    for (const deed of [
      'create table auth.mine (id int)',
      'drop table auth.session',
      'truncate auth.session',
      'create schema mine',
    ])
      expect(await refusal(signingIn, deed), deed).toBe('42501');
    expect(await refusal(signingIn, `set role ${appRole}`)).toBe('42501');
  });
});

test('a row of signing in stays unseen even when another role is granted its table', async () => {
  await admin.query(`insert into auth.person (mail) values ('canary@example.org')`);
  await admin.query(`grant usage on schema auth to ${appRole}; grant select on auth.person to ${appRole}`);
  try {
    await as(roleUrls(database.adminUrl).app, async (app) => {
      expect((await app.query('select mail from auth.person')).rows).toEqual([]);
    });
  } finally {
    await admin.query(
      `revoke select on auth.person from ${appRole}; revoke usage on schema auth from ${appRole}`,
    );
  }
});

test('without a word on who is asking, the app sees no row behind the walls', async () => {
  await as(roleUrls(database.adminUrl).app, async (app) => {
    for (const name of await walls.tablesBehindTheWalls(admin)) {
      const seen = await app.query(`select 1 from ${name} limit 1`).then(
        ({ rowCount }) => rowCount,
        (error: pg.DatabaseError) => error.code,
      );
      expect([0, '42501'], name).toContain(seen);
    }
  });
});

test('every key points to a column of its own type', async () => {
  expect(await walls.keysOfAnotherType(admin)).toEqual([]);
  const fault = `create table core.a_parent (id bigint primary key); create table core.a_child (parent int references core.a_parent);`;
  await withFault(fault, async () =>
    expect(await walls.keysOfAnotherType(admin)).toEqual(['core.a_child.parent']),
  );
});
