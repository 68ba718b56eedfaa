import { sql } from 'kysely';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { endSession, noteUse, sessionIn } from '#platform/sign-in/sessions.server.ts';
import type { Oneself } from '../access.ts';
import { entrustedTo } from '../queries.server.ts';
import { isOver, isStaff, isWorthNoting, withoutSecondFactor, type Myself, type Visit } from './model.ts';

/**
 * Who comes with this session cookie. 'over' when it was ours and its session has ended; 'unknown' when it never was ours.
 * A session that lay idle for too long ends here; one that goes on is noted as used, once a minute.
 */
export async function whoComesWith(cookie: string): Promise<Visit | 'over' | 'unknown'> {
  const session = await sessionIn(cookie);
  if (session === 'unknown') return 'unknown';
  if (session === null) return 'over';
  const { id, person, began, sure, hasSecondFactor } = session;
  const entrusted = await entrustedTo(person, true);
  const staff = isStaff(entrusted);
  if (isOver(session, staff, now())) {
    await endSession(person, id);
    return 'over';
  }
  const keepOn = isWorthNoting(session, now());
  if (keepOn) await noteUse(session);
  const wouldBe = { kind: 'person', id: person, entrusted, sure: true } as const;
  return {
    viewer: sure ? wouldBe : { ...wouldBe, entrusted: withoutSecondFactor(entrusted), sure: false },
    session: { id, person, began, staff, hasSecondFactor, halfway: hasSecondFactor && !sure },
    wouldBe,
    keepOn,
  };
}

/** How who is signed in wishes to be called, and in which language they like to be written. */
export async function myself(tx: Tx, me: Oneself): Promise<Myself> {
  const { rows } = await sql<{ called: string | null; language: string | null }>`
    select called, language from core.person where id = ${me.person}`.execute(tx);
  const [row] = rows;
  const language = row?.language ?? null;
  return {
    called: row?.called ?? null,
    language: language !== null && isLanguage(language) ? language : null,
  };
}
