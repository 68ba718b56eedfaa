import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { signInSecret } from './secret.server.ts';

/** Seals words so that only this house can read them. */
export function seal(words: string): Promise<string> {
  return symmetricEncrypt({ key: signInSecret(), data: words });
}

/** What was sealed, or null when this house did not seal it. */
export function unseal(sealed: string): Promise<string | null> {
  return symmetricDecrypt({ key: signInSecret(), data: sealed }).catch(() => null);
}
