import { request } from 'node:http';
import { inject } from 'vitest';
import { aParagraph, aTelling } from '../../src/modules/stories/testing.ts';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import type { Inhabitant } from './person.ts';

export const home = () => new URL(inject('journeyUrl'));

/** A telling that is being written by whoever walks. */
export const aDraft = (who: Inhabitant, language: string) =>
  aTelling({
    teller: who.viewer,
    language,
    says: [aParagraph(language === 'ar' ? 'مرحبا' : 'Hallo', language)],
    openIn: null,
  });
/** The cookie of their session. */
export const cookieOf = (who: Inhabitant) => `${sessionCookie}=${encodeURIComponent(who.cookie)}`;

interface Asked {
  readonly who?: Inhabitant | undefined;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly ms: number;
}

/** Asks the house of the journeys for an address, as someone or as nobody. */
export function ask(path: string, { who, method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const began = performance.now();
  const all = {
    accept: 'text/html',
    ...(method === 'POST' && { origin: home().origin }),
    ...(who && { cookie: cookieOf(who) }),
    ...(body && { 'content-length': String(body.length) }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, home()), { method, headers: all, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
          ms: performance.now() - began,
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
