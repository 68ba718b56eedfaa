import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { isMailAddress } from '#platform/mail/address.ts';

/** A mail address as it is kept: in small letters, its machine in the letters of the network; null when it cannot be one. */
export function parseMail(typed: unknown): string | null {
  if (typeof typed !== 'string') return null;
  const said = typed.normalize('NFC').replace(unseen, '').trim().toLowerCase();
  const at = said.lastIndexOf('@');
  const machine = URL.canParse(`http://${said.slice(at + 1)}`)
    ? new URL(`http://${said.slice(at + 1)}`)
    : null;
  if (at < 1 || !machine || machine.pathname !== '/' || machine.port || machine.username || machine.search)
    return null;
  const mail = `${said.slice(0, at)}@${machine.hostname}`;
  return isMailAddress(mail) && plain.test(mail) ? mail : null;
}

// What every mail server understands; the rest would not arrive.
const plain = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9.-]+\.[a-z0-9-]{2,}$/;
const unseen = /[\p{Cf}\p{Cc}]/gu;

/** Six digits of a mailed code or a device, in whatever digits they were typed and with spaces between; null when they are not. */
export function parseCode(typed: unknown): string | null {
  const digits = digitsOf(typed);
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** A code of a device, or one of ten digits on paper, as it was written there. */
export function parseFactor(typed: unknown): string | null {
  const digits = digitsOf(typed);
  if (/^\d{6}$/.test(digits)) return digits;
  return /^\d{10}$/.test(digits) ? `${digits.slice(0, 5)}-${digits.slice(5)}` : null;
}

function digitsOf(typed: unknown): string {
  if (typeof typed !== 'string' || typed.length > 60) return '';
  return latin(typed.replace(unseen, '').replace(/[\s.-]/g, ''));
}

// Arabic and Persian digits stand in a row of ten, as Latin ones do.
const latin = (typed: string) =>
  typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));

/** How someone wishes to be called, on one line and without unseen signs; null when they do not say. */
export function parseCalled(typed: unknown): string | null {
  if (typeof typed !== 'string') return null;
  const said = typed
    .normalize('NFC')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return said === '' ? null : [...said].slice(0, 80).join('').slice(0, 80).trim();
}

export function parseLanguage(typed: unknown): Language | null {
  return typeof typed === 'string' && isLanguage(typed) ? typed : null;
}

/** A page of this house to go back to after signing in; null for anything that could lead elsewhere. */
export function parseBack(said: unknown): string | null {
  if (
    typeof said !== 'string' ||
    said.length > 500 ||
    !/^\/[a-z]{2}(\/[\w.~%-]+)*(\?[\w.~%=&+-]*)?$/.test(said)
  )
    return null;
  return isLanguage(said.slice(1, 3)) ? said : null;
}
