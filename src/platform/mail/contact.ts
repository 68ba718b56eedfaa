import { isMailAddress } from './address.ts';

/**
 * The mail address a house may be asked questions at, by programmers and others: SECURITY_CONTACT where it is a mail address,
 * else the one mail leaves by (SMTP_FROM), else `info` at its own name. A name that can receive no mail becomes one that says so.
 */
export function contactMail(
  environment: Readonly<Record<string, string | undefined>>,
  hostname: string,
): string {
  const security = /^mailto:([^?]+)/.exec(environment.SECURITY_CONTACT ?? '')?.[1] ?? '';
  const from = environment.SMTP_FROM ?? '';
  const named = /[a-z][^.]*\.[a-z]{2,}$/i.test(hostname) ? `info@${hostname}` : 'info@steppingstones.invalid';
  return [security, /<([^<>]+)>/.exec(from)?.[1] ?? from.trim(), named].find(isMailAddress) ?? named;
}
