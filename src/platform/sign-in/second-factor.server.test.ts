import { expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { codeOfDevice } from '../../../tests/support/device.ts';
import { knowByMail } from './persons.server.ts';
import * as factor from './second-factor.server.ts';
import { beginSession, sessionIn, sessionsOf, type Session } from './sessions.server.ts';

ownDatabase();

async function comesIn(mail: string): Promise<{ cookie: string; session: Session }> {
  const cookie = (await beginSession(await knowByMail(mail), false)) ?? '';
  return { cookie, session: await here(cookie) };
}

async function here(cookie: string | null): Promise<Session> {
  const session = await sessionIn(cookie ?? '');
  if (session === null || session === 'unknown') throw new Error('There is no session.');
  return session;
}

async function withFactor(mail: string) {
  const { cookie, session } = await comesIn(mail);
  await factor.beginFactor(cookie);
  const key = (await factor.factorOffer(cookie, session))?.key ?? '';
  const code = codeOfDevice(key);
  const sure = (await factor.proveFactor(cookie, session, code)) ?? '';
  return { person: session.person, before: cookie, key, code, sure };
}

test('a second factor is set by proving it once, and the session goes on as a new, sure one', async () => {
  const { cookie, session } = await comesIn('samira@example.org');
  expect(await factor.factorState(session.person)).toBe('none');
  expect(await factor.factorOffer(cookie, session)).toBeNull();
  await factor.beginFactor(cookie);
  expect(await factor.factorState(session.person)).toBe('begun');
  const offer = await factor.factorOffer(cookie, session);
  expect(offer?.uri).toMatch(/^otpauth:\/\/totp\/Steppingstones\?/);
  expect(offer?.uri).not.toContain('samira');
  expect(await factor.proveFactor(cookie, session, '000000')).toBeNull();
  const sure = await factor.proveFactor(cookie, session, codeOfDevice(offer?.key ?? ''));
  expect(await here(sure)).toMatchObject({ sure: true, hasSecondFactor: true, person: session.person });
  expect(await sessionIn(cookie)).toBeNull();
  expect(await sessionsOf(session.person)).toHaveLength(1);
  expect(await factor.factorState(session.person)).toBe('set');
});

test('once it stands the secret is shown to nobody any more, and no other takes its place', async () => {
  const { person, sure, key } = await withFactor('stands@example.org');
  const stolen = (await beginSession(person, false)) ?? '';
  for (const cookie of [sure, stolen]) {
    expect(await factor.factorOffer(cookie, await here(cookie))).toBeNull();
    await factor.beginFactor(cookie);
  }
  expect(await factor.factorState(person)).toBe('set');
  expect(await factor.newPaperCodes(stolen, await here(stolen))).toEqual([]);
  expect(key).toMatch(/^[A-Z2-7]{16,}/);
});

test('a code of a device opens once, also within its half minute', async () => {
  const { person, code } = await withFactor('once@example.org');
  const next = (await beginSession(person, false)) ?? '';
  expect(await factor.proveFactor(next, await here(next), code)).toBeNull();
  expect(await sessionIn(next)).toMatchObject({ sure: false });
});

test('codes on paper take the place of the device, each once, and new ones end the old', async () => {
  const { person, sure } = await withFactor('paper@example.org');
  const old = await factor.newPaperCodes(sure, await here(sure));
  const paper = await factor.newPaperCodes(sure, await here(sure));
  expect(new Set(paper).size).toBe(10);
  for (const code of paper) expect(code).toMatch(/^\d{5}-\d{5}$/);
  const comesWith = async (code: string) => {
    const cookie = (await beginSession(person, false)) ?? '';
    return factor.proveFactor(cookie, await here(cookie), code);
  };
  expect(await comesWith(old[0] ?? '')).toBeNull();
  expect(await here(await comesWith(paper[0] ?? ''))).toMatchObject({ sure: true });
  expect(await comesWith(paper[0] ?? '')).toBeNull();
  expect(await comesWith(paper[1] ?? '')).not.toBeNull();
});

test('paper that was never shown opens nothing: a factor that was only begun takes no code on paper', async () => {
  const { cookie, session } = await comesIn('begun@example.org');
  await factor.beginFactor(cookie);
  const { library } = await import('./auth.server.ts');
  const { backupCodes } = await library().api.viewBackupCodes({ body: { userId: session.person } });
  expect(await factor.proveFactor(cookie, session, backupCodes[0] ?? '')).toBeNull();
});

test('who takes the second factor away is sure nowhere any more', async () => {
  const { person, sure } = await withFactor('away@example.org');
  await factor.takeFactorAway(person);
  expect(await here(sure)).toMatchObject({ sure: false, hasSecondFactor: false });
  expect(await factor.factorState(person)).toBe('none');
});
