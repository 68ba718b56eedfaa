import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskMistake, exits, type ExitCode } from '#platform/database/mistake.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { postmasterOf } from '#platform/database/postmaster.server.ts';
import { projectFolder } from '#platform/project.server.ts';
import { ownDatabase } from '../../tests/support/database.ts';

const launcher = join(projectFolder, 'bin/steppingstones');
const database = ownDatabase();
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'steppingstones-start-'));
  await chmod(home, 0o755);
});
afterAll(() => rm(home, { recursive: true, force: true }));

interface Told {
  readonly code: number | string;
  readonly out: string;
  readonly error: string;
}

async function told(words: string[], settings: Record<string, string> = {}, cwd = tmpdir()): Promise<Told> {
  const env = { PATH: process.env.PATH, STEPPINGSTONES_VAR: join(home, 'never'), PORT: '0', ...settings };
  return new Promise((resolve) =>
    execFile(launcher, words, { env, cwd, timeout: 100_000 }, (error, out, err) =>
      resolve({ code: error ? (error.code ?? error.signal ?? 'unknown') : 0, out, error: err }),
    ),
  );
}

/** One sentence on the terminal, nothing of the machinery. */
function expectSentence({ code, out, error }: Told, exit: ExitCode, like: RegExp): void {
  expect(error).toMatch(like);
  expect(code).toBe(exit);
  expect(error.trim().split('\n')).toHaveLength(1);
  expect(error.trim()).toMatch(/\.$/);
  expect(error + out).not.toMatch(/ at .*:\d+:\d+|node:internal|Error:/);
}

const changed = (change: (url: URL) => void): string => {
  const url = new URL(database.adminUrl);
  change(url);
  return url.href;
};

describe('words that are not known', () => {
  test.each([
    ['an unknown command', ['strat'], /no command 'strat'/],
    ['an unknown part of a command', ['import', 'everything'], /no command 'import everything'/],
    ['an unknown option', ['start', '--prot', '1'], /knows only the option --dev/],
    ['an option too many', ['migrate', 'now'], /takes no options/],
  ])('%s gets one sentence and exit 2', async (_, words, like) => {
    expectSentence(await told(words), exits.words, like);
  });

  test('help is given to who asks, from any folder and through a link', async () => {
    await symlink(launcher, join(home, 'link'));
    const { code, out } = await told(['help'], {}, '/');
    expect([code, out]).toEqual([0, expect.stringContaining('import field')]);
    const linked = await new Promise<string>((resolve) =>
      execFile(join(home, 'link'), ['help'], { cwd: '/' }, (_, said) => resolve(said)),
    );
    expect(linked).toBe(out);
  });
});

describe('addresses that cannot be had', () => {
  test.each(['abc', '70000', '-1', '3000.5', '1e3'])('PORT=%s is not a port', async (PORT) => {
    expectSentence(await told(['start'], { PORT }), exits.words, /PORT must be a number from 0 to 65535/);
  });

  test('a taken port is named before any work is done', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    expectSentence(
      await told(['start'], { PORT: String(port) }),
      exits.address,
      new RegExp(`Port ${port} on 127.0.0.1 is taken`),
    );
    other.close();
  });

  test.each(['203.0.113.9', 'no-such-machine.invalid'])('HOST=%s is not ours', async (HOST) => {
    expectSentence(await told(['start'], { HOST }), exits.address, /is not an address of this machine/);
  });
});

describe('databases that cannot be used', () => {
  test.each([
    ['words that are no address', 'my database', /is not an address/],
    ['another kind of database', 'mysql://a:b@127.0.0.1/c', /does not begin with postgres/],
    ['no password', 'postgres://a@127.0.0.1/c', /has no password/],
    ['no database', 'postgres://a:b@127.0.0.1', /does not name a database/],
    ['nobody there', 'postgres://a:secret@127.0.0.1:9/c', /No database answers at 127\.0\.0\.1:9\/c/],
    [
      'an unknown machine',
      'postgres://a:secret@no-such-machine.invalid/c',
      /machine of the database is not known/,
    ],
  ])('%s', async (_, DATABASE_URL, like) => {
    const answer = await told(['start'], { DATABASE_URL });
    expectSentence(answer, exits.database, like);
    expect(answer.error).not.toContain('secret');
  });

  test('a wrong password, a missing database', async () => {
    const wrong = await told(['start'], { DATABASE_URL: changed((url) => (url.password = 'guess')) });
    expectSentence(wrong, exits.database, /does not accept this name and password/);
    const missing = await told(['start'], { DATABASE_URL: changed((url) => (url.pathname = '/nowhere')) });
    expectSentence(missing, exits.database, /has no such database/);
  });

  test('a server that may forget what it was told', async () => {
    const answer = await told(['start'], { DATABASE_URL: database.adminUrl });
    expectSentence(answer, exits.database, /may lose what was told to it in a power cut: switch on fsync/);
  });

  test('a role that may not make roles is told what to grant', async () => {
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`create role plain_${process.pid} login password 'plain'`);
    process.env.DATABASE_URL = changed(
      (url) => ((url.username = `plain_${process.pid}`), (url.password = 'plain')),
    );
    try {
      await admin.query(
        `grant connect on database ${new URL(database.adminUrl).pathname.slice(1)} to plain_${process.pid}`,
      );
      await expect(openDatabase({ durable: false })).rejects.toThrow(/ALTER ROLE that_role CREATEROLE/);
    } finally {
      delete process.env.DATABASE_URL;
      await admin
        .query(`drop owned by plain_${process.pid}; drop role plain_${process.pid}`)
        .finally(() => admin.end());
    }
  });

  test('a server older than 18, and something that is no database', async () => {
    const old = await pretending(['170005', '17.5', 'f', null]);
    expectSentence(
      await told(['start'], { DATABASE_URL: old.url }),
      exits.database,
      /needs PostgreSQL 18 or newer; .* runs 17\.5/,
    );
    old.close();
    const web = createServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => web.once('listening', resolve));
    const answer = await told(['start'], {
      DATABASE_URL: `postgres://a:b@127.0.0.1:${(web.address() as AddressInfo).port}/c`,
    });
    expectSentence(answer, exits.database, /what answers there is not PostgreSQL/);
    web.close();
  });
});

describe('disks that do not take what is written', () => {
  test('a folder that is a file', async () => {
    await writeFile(join(home, 'file'), '');
    expectSentence(
      await told(['start'], { STEPPINGSTONES_VAR: join(home, 'file', 'var') }),
      exits.disk,
      /may not write/,
    );
  });

  test('a full disk is called full, whoever noticed', () => {
    for (const code of ['ENOSPC', '53100'])
      expect(diskMistake({ code }, 'the import')?.message).toMatch(/The disk is full/);
    expect(diskMistake({ code: '23505' }, 'the import')).toBeUndefined();
  });
});

describe('a whole day', () => {
  const processes: ChildProcess[] = [];
  afterAll(() => processes.forEach((process) => process.kill('SIGKILL')));

  interface Running {
    readonly child: ChildProcess;
    readonly url: string;
    readonly out: () => string;
    readonly said: () => string;
    readonly ended: Promise<number | null>;
  }

  async function opened(folder: string): Promise<Running> {
    const env = { PATH: process.env.PATH, STEPPINGSTONES_VAR: folder, PORT: '0' };
    const child = spawn(launcher, ['start'], { env, cwd: '/' });
    processes.push(child);
    let out = '';
    let error = '';
    child.stderr.on('data', (chunk) => (error += String(chunk)));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        out += String(chunk);
        const found = /open at (http:\S+)/.exec(out)?.[1];
        if (found) resolve(found);
      });
      void ended.then(() => reject(new Error(error)));
    });
    return { child, url, out: () => out, said: () => error, ended };
  }

  const answers = (url: string) =>
    fetch(`${url}/nl/initiatives`, { signal: AbortSignal.timeout(60_000) }).then(({ status }) => status);

  test('it opens, a second one shares its database, each leaves in order, and a kill does no harm', async () => {
    const folder = join(home, 'var');
    const first = await opened(folder);
    expect(first.out().trim().split('\n')).toHaveLength(1);
    expect(await answers(first.url)).toBe(200);

    const second = await opened(folder);
    expect(first.said()).toContain('Loading the field');
    expect(second.said()).toMatch(/^Mail cannot leave, because SMTP_URL is not set; .*\n$/);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await answers(second.url)).toBe(200);
    expect(await postmasterOf(join(folder, 'postgres'))).not.toBeNull();

    second.child.kill('SIGKILL');
    await second.ended;
    const pid = (await postmasterOf(join(folder, 'postgres')))?.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    const third = await opened(folder);
    expect(await answers(third.url)).toBe(200);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
    expect(await postmasterOf(join(folder, 'postgres'))).toBeNull();
    expect(await readFile(join(folder, 'postgres.log'), 'utf8')).toMatch(/database system is shut down\n$/);
  }, 600_000);
});

/** A server that speaks just enough of PostgreSQL's language to answer one row to every question. */
async function pretending(row: (string | null)[]): Promise<{ url: string; close: () => void }> {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const [names, types] = [
    ['version', 'words', 'standby', 'off'],
    [23, 25, 16, 25],
  ];
  const number = (value: number, bytes: 2 | 4) => {
    const buffer = Buffer.alloc(bytes);
    if (bytes === 2) buffer.writeInt16BE(value);
    else buffer.writeInt32BE(value);
    return buffer;
  };
  const columns = names.map((name, at) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      number(0, 4),
      number(0, 2),
      number(types[at] ?? 25, 4),
      number(-1, 2),
      number(-1, 4),
      number(0, 2),
    ]),
  );
  const values = row.map((value) =>
    value === null ? number(-1, 4) : Buffer.concat([number(value.length, 4), Buffer.from(value)]),
  );
  const ready = message('Z', Buffer.from('I'));
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', number(0, 4)), ready]));
      socket.on('data', (asked) => {
        if (asked[0] !== 'Q'.charCodeAt(0)) return;
        socket.write(
          Buffer.concat([
            message('T', Buffer.concat([number(columns.length, 2), ...columns])),
            message('D', Buffer.concat([number(values.length, 2), ...values])),
            message('C', Buffer.from('SELECT 1\0')),
            ready,
          ]),
        );
      });
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `postgres://a:b@127.0.0.1:${(server.address() as AddressInfo).port}/c`,
    close: () => server.close(),
  };
}
