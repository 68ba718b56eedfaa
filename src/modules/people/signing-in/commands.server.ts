import type { Cookies } from '@sveltejs/kit';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { giveSession } from '#platform/sign-in/cookie.ts';
import { knowByKey, knowByMail } from '#platform/sign-in/persons.server.ts';
import { factorState } from '#platform/sign-in/second-factor.server.ts';
import { beginSession, endSessions } from '#platform/sign-in/sessions.server.ts';
import { forgetTries, mayTry } from '#platform/sign-in/tries.server.ts';
import { makeWords, openByCode, openByLink, type Opened } from '#platform/sign-in/words.server.ts';
import { house } from '#platform/viewer.ts';
import type { Oneself } from '../access.ts';
import { entrustedTo } from '../queries.server.ts';
import { idleMinutes, isStaff, limits, type Myself } from './model.ts';

const codesFor = (mail: string) => `codes for ${mail}`;
const lettersTo = (mail: string) => `letters to ${mail}`;

/**
 * Mails a code and a link to this address. Known or not, the same is done and nothing is answered about it; an address that
 * was sent enough letters this hour gets no more, and that is not told either. `home` is the address of this house.
 */
export async function askForWords(
  mail: string,
  language: Language,
  home: string,
): Promise<Result<null, 'busy'>> {
  const room = await mayTry('letters of signing in', limits.allLetters);
  if (!room.ok) return refused('busy', room.details);
  if (!(await mayTry(lettersTo(mail), limits.letters)).ok) return ok(null);
  const { code, link } = await makeWords(mail);
  const url = `${home}/${language}/sign-in/link/${link}`;
  await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    const buttons = [{ label: 'mail.sign-in.button', url }] as const;
    await post(tx, { to: mail, language, name: 'sign-in', values: { code }, buttons, minutes: 10 });
  });
  return ok(null);
}

export interface LetIn extends Opened {
  /** Whether their second factor comes next: to be given, or to be set because of what was entrusted to them. */
  readonly needsSecondFactor: boolean;
}

/** What someone brings to come in: the code that was mailed to their address, or the word of the link. */
export type Brought = { readonly mail: string; readonly code: string } | { readonly link: string };

/**
 * Opens a session for who brings a code or a link. Whoever comes for the first time becomes a person of the house; whoever
 * left does not come back by an old address.
 */
export async function signIn(
  brought: Brought,
  language: Language,
): Promise<Result<LetIn, 'wait' | 'code' | 'over' | 'left'>> {
  const opened = await openBy(brought);
  if (!opened.ok) return opened;
  const { person, mail } = opened.value;
  for (const mine of [codesFor(mail), lettersTo(mail)]) await forgetTries(mine);
  const here = await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    return isHere(tx, person, 'mail', language);
  });
  if (!here) {
    await endSessions(person);
    return refused('left');
  }
  const staff = isStaff(await entrustedTo(person, true));
  return ok({ ...opened.value, needsSecondFactor: staff || (await factorState(person)) === 'set' });
}

async function openBy(brought: Brought): Promise<Result<Opened, 'wait' | 'code' | 'over'>> {
  if ('link' in brought) {
    const opened = await openByLink(brought.link);
    return opened ? ok(opened) : refused('over');
  }
  const mayMine = await mayTry(codesFor(brought.mail), limits.codes);
  if (!mayMine.ok) return mayMine;
  const mayAny = await mayTry('codes of signing in', limits.allCodes);
  if (!mayAny.ok) return mayAny;
  const opened = await openByCode(brought.mail, brought.code);
  if (!opened) return refused('code');
  return ok(opened);
}

/** Makes someone a person of the house when they were none yet; answers whether they are here, and did not leave. */
async function isHere(tx: Tx, id: string, by: 'mail' | 'card', language: Language | null): Promise<boolean> {
  await sql`insert into core.person (id, came_by, language) values (${id}, ${by}, ${language})
    on conflict (id) do nothing`.execute(tx);
  const { rows } = await sql<{ here: boolean }>`
    select left_on is null as here from core.person where id = ${id}`.execute(tx);
  return rows[0]?.here ?? false;
}

/**
 * Opens a session for someone who showed something else than a word we mailed, such as a card. Whoever calls this has seen
 * that it was theirs. Answers whether they could be let in. Not to be called inside a transaction, which would hold on to a
 * connection while this one waits for another.
 */
export async function openSession(event: { readonly cookies: Cookies }, person: string): Promise<boolean> {
  const here = await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    return isHere(tx, person, 'card', null);
  });
  if (!here) return false;
  await knowByKey(person);
  const cookie = await beginSession(person, false);
  if (cookie !== null) giveSession(event.cookies, cookie, idleMinutes.others);
  return cookie !== null;
}

/**
 * The person who signs in with this mail address, made when there is none, so that something can be entrusted to them before
 * they come. Whoever calls this has seen that the one who invites may; nothing tells whether the address was known. Not to be
 * called inside a transaction either.
 */
export async function personWithMail(mail: string, language: Language): Promise<string> {
  const id = await knowByMail(mail);
  await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    await isHere(tx, id, 'mail', language);
  });
  return id;
}

/** Notes how someone wishes to be called and written to. */
export async function changeMyself(tx: Tx, me: Oneself, { called, language }: Myself): Promise<void> {
  await sql`update core.person set called = ${called}, language = ${language} where id = ${me.person}`.execute(
    tx,
  );
}
