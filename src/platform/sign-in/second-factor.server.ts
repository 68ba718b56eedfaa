import { isAPIError } from 'better-auth/api';
import { library } from './auth.server.ts';
import {
  beginSession,
  cookieOf,
  endSession,
  onlyCookie,
  sessionIn,
  type Session,
} from './sessions.server.ts';
import { spend } from './tries.server.ts';
import { signInWay } from './way.server.ts';

/** none: never begun. begun: a device was offered the secret but did not prove it yet. set: it stands. */
export type FactorState = 'none' | 'begun' | 'set';

export async function factorState(person: string): Promise<FactorState> {
  const row = await signInWay()
    .tables.selectFrom('second_factor')
    .select('proven')
    .where('person_id', '=', person)
    .executeTakeFirst();
  return row ? (row.proven ? 'set' : 'begun') : 'none';
}

/** Makes a new secret for a device; does nothing when one stands. */
export async function beginFactor(cookie: string): Promise<void> {
  await unlessRefused(library().api.enableTwoFactor({ body: {}, headers: onlyCookie(cookie) }));
}

/** What a device needs while it is offered: an otpauth address for a QR code, with the key in it. Null when nothing is offered. */
export async function factorOffer(
  cookie: string,
  { person }: Session,
): Promise<{ uri: string; key: string } | null> {
  // Once it stands the secret is shown to nobody any more.
  if ((await factorState(person)) !== 'begun') return null;
  const offer = await unlessRefused(library().api.getTOTPURI({ body: {}, headers: onlyCookie(cookie) }));
  if (!offer) return null;
  const given = new URL(offer.totpURI);
  const key = given.searchParams.get('secret') ?? '';
  // The address of the person stays out of their device's list: whoever looks over a shoulder sees the name of the house.
  const uri = `otpauth://totp/Steppingstones?${given.searchParams}`;
  return { uri, key };
}

/** Codes on paper that take the place of the device, each once; the ones before them open no more. Only in a sure session. */
export async function newPaperCodes(cookie: string, { sure }: Session): Promise<readonly string[]> {
  if (!sure) return [];
  const made = await unlessRefused(
    library().api.generateBackupCodes({ body: {}, headers: onlyCookie(cookie) }),
  );
  return made?.backupCodes ?? [];
}

/**
 * Takes a code of the device, or one on paper, as the second factor of this session, which is then replaced by a sure one.
 * Answers what the cookie must hold from now on; null when the code is not right or was used before.
 */
export async function proveFactor(cookie: string, session: Session, code: string): Promise<string | null> {
  const right = /^\d{6}$/.test(code)
    ? (await isOfDevice(cookie, code)) && (await spend(`code ${session.person} ${code}`, 120))
    : await isOnPaper(cookie, session, code);
  if (!right) return null;
  const sure = await beginSession(session.person, true);
  await endSession(session.person, session.id);
  return sure;
}

async function isOfDevice(cookie: string, code: string): Promise<boolean> {
  const answer = await unlessRefused(
    library().api.verifyTOTP({ body: { code }, headers: onlyCookie(cookie), returnHeaders: true }),
  );
  if (!answer) return false;
  // The first time the library begins a session of its own; ours is to be a sure one.
  const other = answer.headers.has('set-cookie') ? await sessionIn(cookieOf(answer.headers)) : null;
  if (other !== null && other !== 'unknown') await endSession(other.person, other.id);
  return true;
}

async function isOnPaper(cookie: string, { person }: Session, code: string): Promise<boolean> {
  if ((await factorState(person)) !== 'set') return false;
  const asked = { body: { code, disableSession: true }, headers: onlyCookie(cookie) };
  return (await unlessRefused(library().api.verifyBackupCode(asked))) !== null;
}

/** Takes the second factor away, and with it every session that leaned on it. */
export async function takeFactorAway(person: string): Promise<void> {
  const { tables } = signInWay();
  await tables.transaction().execute(async (tx) => {
    await tx.deleteFrom('second_factor').where('person_id', '=', person).execute();
    await tx.updateTable('person').set({ second_factor_set: false }).where('id', '=', person).execute();
    await tx.updateTable('session').set({ sure: false }).where('person_id', '=', person).execute();
  });
}

async function unlessRefused<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  return asked.catch((error: unknown) => {
    if (isAPIError(error)) return null;
    throw error;
  });
}
