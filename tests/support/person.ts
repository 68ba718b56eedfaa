import type { BrowserContext } from 'playwright-core';
import { inject } from 'vitest';
import { aPerson, type Trust } from '../../src/modules/people/testing.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { knowByKey } from '../../src/platform/sign-in/persons.server.ts';
import { beginSession } from '../../src/platform/sign-in/sessions.server.ts';
import { waitingLetters } from '../../src/platform/mail/send.server.ts';
import type { Viewer } from '../../src/platform/viewer.ts';

export interface Inhabitant {
  /** As the database knows them. */
  readonly viewer: Viewer;
  /** What the cookie of their session holds. */
  readonly cookie: string;
}

/**
 * Someone who is signed in at the house of the journeys, with what was entrusted to them; staff gave their second factor unless
 * `sure` is false. The calling file joins the database of that house with `houseDatabase()`.
 */
export async function anInhabitant(
  called: string,
  trust: readonly Trust[] = [],
  sure = true,
): Promise<Inhabitant> {
  const viewer = await aPerson(called, trust, sure);
  const key = viewer.id ?? '';
  await knowByKey(key);
  return { viewer, cookie: (await beginSession(key, sure)) ?? '' };
}

/** Lets this browser be theirs. */
export async function signIn(context: BrowserContext, { cookie }: Pick<Inhabitant, 'cookie'>): Promise<void> {
  await context.addCookies([
    {
      name: sessionCookie,
      value: encodeURIComponent(cookie),
      url: inject('journeyUrl').replace('http:', 'https:'),
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    },
  ]);
}

/** The newest letter that waits for this address, as its reader would see it. */
export async function letterTo(address: string): Promise<{ code: string; link: string; text: string }> {
  const [letter] = (await waitingLetters()).filter(({ to_address }) => to_address === address);
  if (!letter) throw new Error(`No letter waits for ${address}.`);
  const code = /\b\d{6}\b/.exec(letter.text)?.[0] ?? '';
  const link = /https?:\/\/\S+/.exec(letter.text)?.[0] ?? '';
  return { code, link, text: letter.text };
}
