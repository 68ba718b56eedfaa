import { parseSetCookieHeader } from 'better-auth/cookies';
import { sql } from 'kysely';
import { library } from './auth.server.ts';
import { sessionCookie } from './cookie.ts';
import { signInWay } from './way.server.ts';

/** A session as it is kept: nothing of where from or with what. */
export interface Session {
  readonly id: string;
  readonly person: string;
  readonly began: Date;
  /** When it was last used, to the minute. */
  readonly lastUsed: Date;
  readonly until: Date;
  /** Whether the second factor was given in it. */
  readonly sure: boolean;
  /** Whether this person has a second factor. */
  readonly hasSecondFactor: boolean;
}

/** The value of the session cookie among the cookies the library would set. */
export function cookieOf(headers: Headers): string {
  const set = headers.getSetCookie().map((line) => parseSetCookieHeader(line).get(sessionCookie)?.value);
  const value = set.find(Boolean);
  if (!value) throw new Error('The library opened no session.');
  return value;
}

/** Headers that hold this cookie and nothing else: the library hears of nothing it need not keep. */
export const onlyCookie = (cookie: string) =>
  new Headers({ cookie: `${sessionCookie}=${encodeURIComponent(cookie)}` });

/** Begins a session of this person and answers what the cookie must hold; null when nobody can sign in by this key. */
export async function beginSession(person: string, sure: boolean): Promise<string | null> {
  const { headers, response } = await library().api.beginSession({
    body: { person, sure },
    returnHeaders: true,
  });
  return response === null ? null : cookieOf(headers);
}

/** 'unknown' when the seal of this cookie is not ours; null when it was, but its session is over. */
export async function sessionIn(cookie: string): Promise<Session | null | 'unknown'> {
  const word = await library().api.wordInCookie({ headers: onlyCookie(cookie) });
  if (word === null) return 'unknown';
  const found = await sessions().where('session.word', '=', word).executeTakeFirst();
  return found ?? null;
}

/** The sessions this person has now, the last used first. */
export function sessionsOf(person: string): Promise<Session[]> {
  return sessions().where('session.person_id', '=', person).orderBy('session.last_used_at', 'desc').execute();
}

const sessions = () =>
  signInWay()
    .tables.selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select([
      'session.id',
      'session.person_id as person',
      'session.began_at as began',
      'session.last_used_at as lastUsed',
      'session.until',
      'session.sure',
      sql<boolean>`coalesce(person.second_factor_set, false)`.as('hasSecondFactor'),
    ])
    .where('session.until', '>', sql<Date>`now()`);

/** Notes that a session is in use. */
export async function noteUse({ id }: Session): Promise<void> {
  await signInWay()
    .tables.updateTable('session')
    .set({ last_used_at: sql<Date>`date_trunc('minute', now())` })
    .where('id', '=', id)
    .execute();
}

/** Ends one session of this person, at once; nothing happens when it is not theirs. */
export async function endSession(person: string, id: string): Promise<void> {
  await signInWay()
    .tables.deleteFrom('session')
    .where('person_id', '=', person)
    .where('id', '=', id)
    .execute();
}

/** Ends every session of this person, at once, but for the one that is named. */
export async function endSessions(person: string, butFor: string | null = null): Promise<void> {
  await signInWay()
    .tables.deleteFrom('session')
    .where('person_id', '=', person)
    .$if(butFor !== null, (query) => query.where('id', '!=', butFor ?? ''))
    .execute();
}
