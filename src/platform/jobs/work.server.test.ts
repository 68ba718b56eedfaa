import { expect, test } from 'vitest';
import pg from 'pg';
import { ownDatabase } from '../../../tests/support/database.ts';
import { roleUrls } from '../database/roles.server.ts';
import { withViewer } from '../db.server.ts';
import { logTo } from '../log.ts';
import { house } from '../viewer.ts';
import { putOff } from './put-off.server.ts';
import { startWork, type JobBook } from './work.server.ts';

const database = ownDatabase();

async function asked<Row extends object>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  return client
    .query<Row>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

/** Works with what the tests of this file need, and stops. */
async function working(book: Partial<JobBook>, during: (lines: string[]) => Promise<void>): Promise<void> {
  const lines: string[] = [];
  const work = await startWork({
    url: roleUrls(database.adminUrl).app,
    book: book as JobBook,
    nightly: ['sweep-post'],
    log: logTo({ write: (line: string) => void lines.push(line) }, 'warn'),
  });
  await during(lines).finally(() => work.stop(5_000));
}

test('what was put off is done soon after the commit, by the app’s own lesser role', async () => {
  const done: string[] = [];
  await working({ 'send-mail': async ({ letter }) => done.push(letter) }, async () => {
    const began = performance.now();
    await withViewer(house, (tx) => putOff(tx, 'send-mail', { letter: 'a' }));
    await expect.poll(() => done, { interval: 10, timeout: 5_000 }).toEqual(['a']);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

test('what fails is tried again, and neither the log nor the job keeps what the error said', async () => {
  let times = 0;
  const canary = 'samira@canary.example';
  const sendMail = async () => {
    times++;
    if (times === 1) throw new Error(`550 no mailbox ${canary}`);
  };
  await working({ 'send-mail': sendMail }, async (lines) => {
    await withViewer(house, (tx) => putOff(tx, 'send-mail', { letter: 'b' }));
    await expect.poll(() => times, { timeout: 5_000 }).toBe(1);
    const [kept] = await expect
      .poll(() => asked<{ kept: string }>(`select job::text as kept from jobs.job where state = 'retry'`))
      .toHaveLength(1)
      .then(() => asked<{ kept: string }>(`select job::text as kept from jobs.job where state = 'retry'`));
    expect(kept?.kept).toContain('send-mail');
    expect(`${kept?.kept}${lines.join('')}`).not.toContain('canary');
    expect(lines.join('')).toContain('surprise');
    await asked(`update jobs.job set start_after = now() where state = 'retry'`);
    await expect.poll(() => times, { timeout: 15_000 }).toBe(2);
  });
});

test('a job of the night is written down once, and a job that is no longer in the book leaves the list', async () => {
  await asked(
    `insert into jobs.schedule (name, key, cron, timezone, data) values ('put-off', 'gone', '1 1 * * *', 'UTC', '{}')`,
  );
  for (let times = 0; times < 2; times++) await working({}, async () => undefined);
  const nights = await asked<{ key: string; cron: string }>(
    `select key, cron from jobs.schedule order by key`,
  );
  expect(nights).toEqual([{ key: 'sweep-post', cron: '30 3 * * *' }]);
});

test('what is running when the house closes is finished first', async () => {
  let finished = false;
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    finished = true;
  };
  let begun = false;
  await working({ 'send-mail': () => ((begun = true), slow()) }, async () => {
    await withViewer(house, (tx) => putOff(tx, 'send-mail', { letter: 'c' }));
    await expect.poll(() => begun, { timeout: 5_000 }).toBe(true);
  });
  expect(finished).toBe(true);
});

test('the public role reads no job, and the app’s role makes no queue', async () => {
  const urls = roleUrls(database.adminUrl);
  const refusal = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client
      .query(text)
      .then(
        () => 'allowed',
        (error: pg.DatabaseError) => error.code,
      )
      .finally(() => client.end());
  };
  expect(await refusal(urls.public, 'select 1 from jobs.job limit 1')).toBe('42501');
  expect(await refusal(urls.app, 'create table jobs.mine (id int)')).toBe('42501');
  expect(await refusal(urls.app, 'alter table jobs.job disable trigger all')).toBe('42501');
});
