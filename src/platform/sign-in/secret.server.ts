import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskMistake, exits, Mistake } from '../database/mistake.ts';
import { leaveSignIn, signInWay } from './way.server.ts';

/** The secret that seals sessions and second factors of this house; set by `bringSecret`. */
export function signInSecret(): string {
  const secret = process.env.STEPPINGSTONES_SECRET;
  if (!secret) throw new Error(`The secret of signing in is not set; start through 'npm start'.`);
  return secret;
}

/** A fingerprint under which something may be kept that should be recognised and not read. */
export function fingerprint(of: string): Buffer {
  return createHmac('sha256', signInSecret()).update(of).digest();
}

/**
 * Finds the secret in STEPPINGSTONES_SECRET, or else in the file `secret` of this folder, which is made at the first start.
 * Throws a Mistake when this database was sealed with another one.
 */
export async function bringSecret(folder: string): Promise<void> {
  const given = process.env.STEPPINGSTONES_SECRET;
  if (given && given.length < 32)
    throw new Mistake(exits.words, 'STEPPINGSTONES_SECRET must be a random word of 32 characters or more.');
  const secret = given || (await kept(folder));
  process.env.STEPPINGSTONES_SECRET = secret;
  await insistOnSameSecret(join(folder, 'secret'));
}

async function kept(folder: string): Promise<string> {
  const file = join(folder, 'secret');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, `${randomBytes(48).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw diskMistake(error, `${file} (or set STEPPINGSTONES_SECRET)`) ?? error;
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32)
    throw new Mistake(exits.disk, `${file} does not hold a whole secret; bring it back from a backup.`);
  return secret;
}

async function insistOnSameSecret(file: string): Promise<void> {
  const mark = fingerprint('the mark of this secret');
  try {
    const { tables } = signInWay();
    await tables
      .insertInto('secret_mark')
      .values({ mark })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { mark: first } = await tables.selectFrom('secret_mark').select('mark').executeTakeFirstOrThrow();
    if (!first.equals(mark))
      throw new Mistake(
        exits.database,
        `Sessions and second factors in this database were sealed with another secret than the one in STEPPINGSTONES_SECRET or ${file}; ` +
          `bring that one back, or, when it is lost, empty auth.secret_mark, auth.session and auth.second_factor.`,
      );
  } finally {
    await leaveSignIn();
  }
}
