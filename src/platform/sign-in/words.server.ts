import { isAPIError } from 'better-auth/api';
import { sql } from 'kysely';
import { library, type Courier } from './auth.server.ts';
import { cookieOf } from './sessions.server.ts';
import { signInWay } from './way.server.ts';

/** What opens a session of the owner of a mail address, either of the two, once, within ten minutes. */
export interface MailedWords {
  /** Six digits, to be typed where it was asked for. */
  readonly code: string;
  /** 256 random bits, for a link. */
  readonly link: string;
}

export interface Opened {
  readonly person: string;
  readonly mail: string;
  /** What the session cookie must hold. */
  readonly cookie: string;
}

const noHeaders = () => new Headers();

/** Makes a code and a link for this address; for an address nobody knows the same happens. */
export async function makeWords(mail: string): Promise<MailedWords> {
  const { api } = library();
  let link = '';
  const courier: Courier = { take: (word) => void (link = word) };
  const code = await api.createVerificationOTP({ body: { email: mail, type: 'sign-in' } });
  await api.signInMagicLink({ body: { email: mail, metadata: courier }, headers: noHeaders() });
  return { code, link };
}

/** Opens a session by the code that was mailed to this address last; null when it is wrong, used, too old or guessed too often. */
export function openByCode(mail: string, code: string): Promise<Opened | null> {
  return opened(() =>
    library().api.signInEmailOTP({
      body: { email: mail, otp: code },
      headers: noHeaders(),
      returnHeaders: true,
    }),
  );
}

/** Opens a session by the word of a mailed link; null when it opens nothing (any more). */
export function openByLink(word: string): Promise<Opened | null> {
  return opened(() =>
    library().api.magicLinkVerify({ query: { token: word }, headers: noHeaders(), returnHeaders: true }),
  );
}

interface Answer {
  readonly headers: Headers;
  readonly response: { readonly user: { readonly id: string; readonly email: string } };
}

async function opened(ask: () => Promise<Answer>): Promise<Opened | null> {
  const answer = await ask().catch((error: unknown) => {
    if (isAPIError(error)) return null;
    throw error;
  });
  if (!answer) return null;
  const { id, email } = answer.response.user;
  await forgetWords(email);
  return { person: id, mail: email, cookie: cookieOf(answer.headers) };
}

/** Whoever came in needs no other way in: what else was mailed to them opens no more. What is over goes with it. */
async function forgetWords(mail: string): Promise<void> {
  const { tables } = signInWay();
  await tables
    .deleteFrom('waiting_word')
    .where(sql<boolean>`until < now() or (value like '{%' and value::jsonb ->> 'email' = ${mail})`)
    .execute();
  await library().$context.then(({ internalAdapter }) =>
    internalAdapter.deleteVerificationByIdentifier(`sign-in-otp-${mail}`),
  );
}
