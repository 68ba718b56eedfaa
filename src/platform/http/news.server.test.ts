import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { roleUrls } from '../database/roles.server.ts';
import { hearNews } from './news.server.ts';

const database = ownDatabase();
let heard: string[];
let news: { stop(): Promise<void> }[];

const listen = () =>
  hearNews(roleUrls(database.adminUrl).public, {
    opened: () => heard.push('opened'),
    changed: () => heard.push('changed'),
    broke: () => heard.push('broke'),
  });

async function asAdmin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

beforeEach(() => {
  heard = [];
  news = [];
});
afterEach(() => Promise.all(news.map((each) => each.stop())));

test('every process hears of a change within a second of its commit, and not before', async () => {
  news = [listen(), listen()];
  await expect.poll(() => heard).toEqual(['opened', 'opened']);
  await asAdmin(`begin; select pg_notify('data', 'place'); rollback`);
  await asAdmin(`select pg_notify('data', 'place')`);
  await expect
    .poll(() => heard, { timeout: 1_000, interval: 10 })
    .toEqual(['opened', 'opened', 'changed', 'changed']);
});

test('a broken line is told at once, and called again', async () => {
  news = [listen()];
  await expect.poll(() => heard).toEqual(['opened']);
  await asAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'steppingstones news' and datname = current_database()`,
  );
  await expect.poll(() => heard, { timeout: 2_000 }).toEqual(['opened', 'broke', 'opened']);
  await asAdmin(`select pg_notify('data', 'place')`);
  await expect.poll(() => heard.at(-1), { timeout: 1_000 }).toBe('changed');
});
