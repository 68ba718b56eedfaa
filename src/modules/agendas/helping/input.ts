import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, type Result } from '#platform/result.ts';
import { parseHelp } from '../carrying/input.ts';
import { parseMail } from '../keeping/input.ts';
import { parseCarrier } from '../making/input.ts';

export interface Offer {
  readonly called: string;
  readonly mail: string;
  readonly text: string;
}

/** An offer of help from someone who was not at the gathering: a name, an address and words, each needed. */
export function parseOffer(form: FormData): Result<Offer, MessageKey> {
  const text = parseHelp(form);
  if (!text.ok) return text;
  const who = parseCarrier(form);
  if (!who.ok) return who;
  const mail = parseMail(form);
  return mail.ok ? ok({ called: who.value.called, mail: mail.value, text: text.value }) : mail;
}
