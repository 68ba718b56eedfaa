import { sql } from 'kysely';
import { ok, refused, type Result } from '../result.ts';
import { fingerprint } from './secret.server.ts';
import { signInWay } from './way.server.ts';

/** How often something may be tried: so many at once, and so many more with every hour that passes. */
export interface TryLimit {
  readonly atOnce: number;
  readonly anHour: number;
}

/**
 * Takes one try from the bucket of this account, code or room, or refuses with how many minutes to wait. What was taken is
 * taken, whatever becomes of the deed. Name in `of` what is tried, such as 'card 4711' — never an address of a machine,
 * for behind one address sits a whole library.
 */
export async function mayTry(of: string, { atOnce, anHour }: TryLimit): Promise<Result<null, 'wait'>> {
  const perSecond = anHour / 3600;
  const { rows } = await sql<{ left_then: number; granted: boolean }>`
    insert into tries as kept (key, left_then) values (${fingerprint(`tries of ${of}`)}, ${atOnce}::float8 - 1)
    on conflict (key) do update set at = now(), left_then = case when ${filled(atOnce, perSecond)} >= 1
      then ${filled(atOnce, perSecond)} - 1 else ${filled(atOnce, perSecond)} end
    returning new.left_then, old.key is null or
      least(${atOnce}::float8, old.left_then + extract(epoch from now() - old.at)::float8 * ${perSecond}::float8) >= 1 as granted`.execute(
    signInWay().tables,
  );
  const [{ left_then: left, granted } = { left_then: 0, granted: false }] = rows;
  return granted
    ? ok(null)
    : refused('wait', { minutes: Math.max(1, Math.ceil((1 - left) / perSecond / 60)) });
}

const filled = (atOnce: number, perSecond: number) =>
  sql`least(${atOnce}::float8, kept.left_then + extract(epoch from now() - kept.at)::float8 * ${perSecond}::float8)`;

/** Fills the bucket again, because whoever tried was right. */
export async function forgetTries(of: string): Promise<void> {
  await signInWay()
    .tables.deleteFrom('tries')
    .where('key', '=', fingerprint(`tries of ${of}`))
    .execute();
}

/**
 * Answers true the first time, and false when this was spent before in the last so many seconds: a code of a device may open
 * only once.
 */
export async function spend(what: string, seconds: number): Promise<boolean> {
  return (await mayTry(`once ${what}`, { atOnce: 1, anHour: 3600 / seconds })).ok;
}
