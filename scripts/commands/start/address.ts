import { createServer } from 'node:net';
import { exits, Mistake } from '#platform/database/mistake.ts';

export interface Address {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** Reads HOST and PORT, 127.0.0.1:3000 where they are not set; throws a Mistake when they cannot be meant. */
export function readAddress(environment: NodeJS.ProcessEnv): Address {
  const said = environment.PORT || '3000';
  const port = Number(said);
  if (!/^\d{1,5}$/.test(said) || port > 65_535) {
    throw new Mistake(exits.words, `PORT must be a number from 0 to 65535; it is '${said}'.`);
  }
  return { host: environment.HOST || '127.0.0.1', port };
}

/**
 * Reads STEPPINGSTONES_ADDRESS, where people open this house; undefined when it is not set. Letters lead there, so with
 * SMTP_URL it must be set. Throws a Mistake when it cannot be meant or is missing.
 */
export function readHome(environment: NodeJS.ProcessEnv): URL | undefined {
  const said = environment.STEPPINGSTONES_ADDRESS;
  const wrong = (why: string) =>
    new Mistake(
      exits.words,
      `${why}; write it as https://steppingstones.example, without anything after the name.`,
    );
  if (!said) {
    if (environment.SMTP_URL)
      throw wrong(
        'SMTP_URL needs STEPPINGSTONES_ADDRESS, where people open this house, so that letters lead there',
      );
    return undefined;
  }
  const home = URL.canParse(said) ? new URL(said) : null;
  if (!home || !/^https?:$/.test(home.protocol) || home.href !== `${home.origin}/`)
    throw wrong(`STEPPINGSTONES_ADDRESS is '${said}', which is not an address of a house`);
  return home;
}

/** Throws the sentence for an address that cannot be had; anything else is thrown on as it is. */
export function addressMistake(error: NodeJS.ErrnoException, { host, port }: Address): unknown {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Mistake(
        exits.address,
        `Port ${port} on ${host} is taken by another program; stop that, or choose another PORT.`,
        error,
      );
    case 'EACCES':
      return new Mistake(
        exits.address,
        `Port ${port} is for the system's own use; choose a PORT of 1024 or higher.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new Mistake(
        exits.address,
        `HOST '${host}' is not an address of this machine; leave it out, or use 127.0.0.1 or 0.0.0.0.`,
        error,
      );
    default:
      return error;
  }
}

/** Finds out before any work is done whether the address can be had. */
export async function probe(address: Address): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(addressMistake(error, address) as Error));
    server.listen({ host: address.host, port: address.port }, () => server.close(() => resolve()));
  });
}

/** The address as a person types it in a browser on this machine. */
export function urlOf({ host }: Address, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
