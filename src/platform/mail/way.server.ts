import { createTransport, type Transporter } from 'nodemailer';
import { exits, Mistake } from '../database/mistake.ts';
import { isMailAddress } from './address.ts';

/** How mail leaves this house, and in whose name. */
export interface MailWay {
  readonly transport: Transporter;
  readonly from: { readonly name: string; readonly address: string };
}

const wrong = (why: string) => new Mistake(exits.words, why);

/** Reads SMTP_URL and SMTP_FROM; null when no SMTP_URL is set. Throws a Mistake with one sentence when they cannot be meant. */
export function mailWay(environment: NodeJS.ProcessEnv): MailWay | null {
  const given = environment.SMTP_URL;
  if (!given) return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname)
    throw wrong('SMTP_URL is not an address of a mail server; write it as smtp://name:password@machine:587.');
  const from = senderOf(environment.SMTP_FROM || decodeURIComponent(url.username));
  // What we call ourselves to the mail server stands in every letter, so it is not the name of this machine.
  const name = from.address.split('@')[1] ?? 'localhost';
  const near = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (!near && url.protocol === 'smtp:' && !url.searchParams.has('requireTLS'))
    url.searchParams.set('requireTLS', 'true');
  const transport = createTransport(
    {
      url: url.href,
      name,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { xMailer: false },
  );
  transport.on('error', () => undefined);
  return { transport, from };
}

function senderOf(said: string): MailWay['from'] {
  const [, name = 'Steppingstones', address = ''] = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>]+)>)\s*$/.exec(said) ?? [
    said,
    undefined,
    said.trim(),
  ];
  if (!isMailAddress(address))
    throw wrong(
      'SMTP_FROM must say in whose name mail leaves, as Steppingstones <post@steppingstones.example>.',
    );
  return { name: name || 'Steppingstones', address };
}
