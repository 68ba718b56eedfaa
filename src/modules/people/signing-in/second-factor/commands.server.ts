import { withViewer } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { factorState, newPaperCodes, proveFactor } from '#platform/sign-in/second-factor.server.ts';
import { sessionIn } from '#platform/sign-in/sessions.server.ts';
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
  await withViewer(house, (tx) => post(tx, { to: { person: me.person }, language, name: 'second-factor' }));
  return ok({ cookie: sure, paper: await newPaperCodes(sure, { ...session, sure: true }) });
}
