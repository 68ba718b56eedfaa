import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { bringSecret, fingerprint } from './secret.server.ts';
import { seal, unseal } from './seal.server.ts';
import { signInWay } from './way.server.ts';

ownDatabase();
let folder = '';
let before: string | undefined;
beforeEach(async () => {
  before = process.env.STEPPINGSTONES_SECRET;
  delete process.env.STEPPINGSTONES_SECRET;
  folder = await mkdtemp(join(tmpdir(), 'steppingstones-secret-'));
  await signInWay().tables.deleteFrom('secret_mark').execute();
});
afterEach(async () => {
  process.env.STEPPINGSTONES_SECRET = before;
  await rm(folder, { recursive: true, force: true });
});

test('the first start makes a secret that only its own account can read, and later starts keep it', async () => {
  await bringSecret(folder);
  const first = process.env.STEPPINGSTONES_SECRET ?? '';
  expect(first.length).toBeGreaterThanOrEqual(64);
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  delete process.env.STEPPINGSTONES_SECRET;
  await bringSecret(folder);
  expect(process.env.STEPPINGSTONES_SECRET).toBe(first);
});

test('a database that was sealed with another secret is not opened, and the sentence says what to do', async () => {
  await bringSecret(folder);
  await writeFile(join(folder, 'secret'), 'x'.repeat(64));
  delete process.env.STEPPINGSTONES_SECRET;
  await expect(bringSecret(folder)).rejects.toThrow(/sealed with another secret.*bring that one back/);
});

test('a secret from the environment is taken, a short one is not', async () => {
  process.env.STEPPINGSTONES_SECRET = 'short';
  await expect(bringSecret(folder)).rejects.toThrow(/32 characters/);
  process.env.STEPPINGSTONES_SECRET = 'given'.repeat(10);
  await bringSecret(folder);
  await expect(readFile(join(folder, 'secret'), 'utf8')).rejects.toThrow();
});

test('the secret is in the database under a fingerprint only', async () => {
  await bringSecret(folder);
  const { mark } = await signInWay()
    .tables.selectFrom('secret_mark')
    .select('mark')
    .executeTakeFirstOrThrow();
  expect(mark.toString('latin1')).not.toContain(process.env.STEPPINGSTONES_SECRET?.slice(0, 8));
  expect(fingerprint('a').equals(fingerprint('b'))).toBe(false);
});

test('what is sealed only this house can read', async () => {
  await bringSecret(folder);
  const sealed = await seal('samira@example.org');
  expect(sealed).not.toContain('samira');
  expect(await unseal(sealed)).toBe('samira@example.org');
  expect(await unseal(`${sealed.slice(0, -2)}00`)).toBeNull();
  expect(await unseal('')).toBeNull();
  process.env.STEPPINGSTONES_SECRET = 'another'.repeat(10);
  expect(await unseal(sealed)).toBeNull();
});
