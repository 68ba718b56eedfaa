import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { waitingLetters } from '#platform/mail/send.server.ts';
import { beginFactor, factorOffer, factorState } from '#platform/sign-in/second-factor.server.ts';
import { beginSession, sessionIn, sessionsOf } from '#platform/sign-in/sessions.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { codeOfDevice } from '../../../../../tests/support/device.ts';
import { personWithMail } from '../commands.server.ts';
import { giveSecondFactor, giveUpSecondFactor, loseSecondFactor } from './commands.server.ts';

ownDatabase();
const lettersTo = async (person: string) =>
  (await waitingLetters()).filter(({ to_person }) => to_person === person).map(({ name }) => name);

async function begun(mail: string) {
  const person = await personWithMail(mail, 'nl');
  const cookie = (await beginSession(person, false)) ?? '';
  await beginFactor(cookie);
  const session = await sessionIn(cookie);
  if (session === null || session === 'unknown') throw new Error('There is no session.');
  const key = (await factorOffer(cookie, session))?.key ?? '';
  return { me: { person }, cookie, key };
}

test('the first time it brings codes for on paper and a letter that it was set; after that only the session', async () => {
  const { me, cookie, key } = await begun('samira@example.org');
  const code = codeOfDevice(key);
  const given = await giveSecondFactor(me, cookie, code, 'nl');
  expect(given.ok && given.value.paper).toHaveLength(10);
  expect((await waitingLetters()).map(({ name, to_person }) => [name, to_person])).toEqual([
    ['second-factor', me.person],
  ]);
  const next = (await beginSession(me.person, false)) ?? '';
  expect(await giveSecondFactor(me, next, code, 'nl')).toMatchObject({ ok: false, reason: 'factor' });
  const later = await giveSecondFactor(me, next, codeOfDevice(key, Date.now() + 30_000), 'nl');
  expect(later.ok && later.value.paper).toEqual([]);
  expect(await waitingLetters()).toHaveLength(1);
});

test('who guesses codes of a device must wait after five, and then even the right one opens nothing', async () => {
  const { me, cookie, key } = await begun('guessed@example.org');
  const reasons: string[] = [];
  for (let guess = 0; guess < 8; guess++) {
    const answer = await giveSecondFactor(me, cookie, String(guess).padStart(6, '0'), 'nl');
    reasons.push(answer.ok ? 'in' : answer.reason);
  }
  expect(reasons).toEqual([...Array(5).fill('factor'), ...Array(3).fill('wait')]);
  expect(await giveSecondFactor(me, cookie, codeOfDevice(key), 'nl')).toMatchObject({
    ok: false,
    reason: 'wait',
  });
});

test('nobody gives a second factor in a session of someone else', async () => {
  const mine = await begun('mine@example.org');
  const { me: other } = await begun('other@example.org');
  expect(await giveSecondFactor(other, mine.cookie, codeOfDevice(mine.key), 'nl')).toMatchObject({
    ok: false,
    reason: 'factor',
  });
});

test('who gives up their second factor gave it in that session, and is told by mail', async () => {
  const { me, cookie, key } = await begun('gives-up@example.org');
  const given = await giveSecondFactor(me, cookie, codeOfDevice(key), 'nl');
  const unsure = (await beginSession(me.person, false)) ?? '';
  await giveUpSecondFactor(me, unsure, 'nl');
  expect(await factorState(me.person)).toBe('set');
  await giveUpSecondFactor(me, given.ok ? given.value.cookie : '', 'nl');
  expect(await factorState(me.person)).toBe('none');
  expect(await lettersTo(me.person)).toEqual(['second-factor-away', 'second-factor']);
});

test('only the operator takes away what was lost; its person is signed out everywhere and told', async () => {
  const { me, cookie, key } = await begun('lost@example.org');
  await giveSecondFactor(me, cookie, codeOfDevice(key), 'nl');
  const admin = { kind: 'person', id: me.person, entrusted: [], sure: true } as const;
  await expect(withViewer(admin, (tx) => loseSecondFactor(tx, me.person))).rejects.toThrow(
    /Only the operator/,
  );
  await withViewer(operator, (tx) => loseSecondFactor(tx, me.person));
  expect(await factorState(me.person)).toBe('none');
  expect(await sessionsOf(me.person)).toEqual([]);
  expect(await lettersTo(me.person)).toContain('second-factor-away');
});
