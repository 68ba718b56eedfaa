import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { mailWay, type MailWay } from '../../src/platform/mail/way.server.ts';

export interface LocalPost {
  readonly way: MailWay;
  /** Every letter that arrived, parsed as a mail program would. */
  readonly arrived: { readonly to: string; readonly mail: Email }[];
  close(): Promise<void>;
}

/** A real mail server on this machine, and the way to it. */
export async function openPost(): Promise<LocalPost> {
  const arrived: { to: string; mail: Email }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
          arrived.push({ to: session.envelope.rcptTo[0]?.address ?? '', mail });
          done();
        });
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const way = mailWay({
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    SMTP_FROM: 'Steppingstones <post@steppingstones.example>',
  });
  if (!way) throw new Error('There is no way for mail.');
  return { way, arrived, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
