import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import {
  factorState,
  newPaperCodes,
  proveFactor,
  takeFactorAway,
} from '#platform/sign-in/second-factor.server.ts';
import { endSessions, sessionIn } from '#platform/sign-in/sessions.server.ts';
import { forgetTries, mayTry } from '#platform/sign-in/tries.server.ts';
import { house } from '#platform/viewer.ts';
import type { Oneself } from '../../access.ts';
import { limits } from '../model.ts';

export interface Proven {
  /** What the session cookie must hold from now on. */
  readonly cookie: string;
  /** Codes to write down, when the second factor was given for the first time. */
  readonly paper: readonly string[];
}

/**
 * Takes a code of the device, or one on paper, as the second factor of this session, which goes on as a new one. The first
 * time it sets the second factor; its person is told so by mail, for it may not have been them.
 */
export async function giveSecondFactor(
  me: Oneself,
  cookie: string,
  code: string,
  language: Language,
): Promise<Result<Proven, 'wait' | 'factor'>> {
  const mine = `second factor of ${me.person}`;
  const may = await mayTry(mine, limits.codes);
  if (!may.ok) return refused('wait', may.details);
  const session = await sessionIn(cookie);
  if (session === null || session === 'unknown' || session.person !== me.person) return refused('factor');
  const first = (await factorState(me.person)) === 'begun';
  const sure = await proveFactor(cookie, session, code);
  if (sure === null) return refused('factor');
  await forgetTries(mine);
  if (!first) return ok({ cookie: sure, paper: [] });
  if ((await mailOf(me.person)) !== null)
    await withViewer(house, (tx) => post(tx, { to: { person: me.person }, language, name: 'second-factor' }));
  return ok({ cookie: sure, paper: await newPaperCodes(sure, { ...session, sure: true }) });
}

/** Takes one's own second factor away, when it was given in this session, and tells so by mail. */
export async function giveUpSecondFactor(me: Oneself, cookie: string, language: Language): Promise<void> {
  const session = await sessionIn(cookie);
  if (session === null || session === 'unknown' || session.person !== me.person || !session.sure) return;
  await takeFactorAway(me.person);
  await withViewer(house, (tx) => tellThatItIsGone(tx, me.person, language));
}

/**
 * Takes away the second factor of someone who lost their device and their paper, after they showed the operator who they are.
 * Ends their sessions and tells them by mail.
 */
export async function loseSecondFactor(tx: Tx, person: string): Promise<void> {
  await insistOnOperator(tx);
  await takeFactorAway(person);
  await endSessions(person);
  const { rows } = await sql<{ language: string | null }>`
    select language from core.person where id = ${person}`.execute(tx);
  const language = rows[0]?.language ?? 'nl';
  await tellThatItIsGone(tx, person, isLanguage(language) ? language : 'nl');
}

async function tellThatItIsGone(tx: Tx, person: string, language: Language): Promise<void> {
  if ((await mailOf(person)) !== null)
    await post(tx, { to: { person }, language, name: 'second-factor-away' });
}
