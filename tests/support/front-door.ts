import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { BodyCache } from '../../src/platform/http/body-cache.ts';
import { frontDoor, type FrontDoor, type Handler } from '../../src/platform/http/server.ts';
import { logTo } from '../../src/platform/log.ts';

/** What the public page of the street says, before the number of times it was rendered. */
export const words = 'Stepping stones through the water. '.repeat(100);

class Street {
  door!: FrontDoor;
  cache!: BodyCache;
  handler!: Handler;
  /** The address of the door. */
  home = '';
  /** The lines that were written in the log. */
  logged: string[] = [];
  rendered = 0;

  /** Answers a page that anyone may be given. */
  readonly publicPage: Handler = (_request, response) => {
    this.rendered++;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', "default-src 'self'");
    response.setHeader('x-keep', 'page');
    response.setHeader('x-route', '/[[lang=language]]/initiatives');
    response.writeHead(200);
    response.write(words);
    response.end(String(this.rendered));
  };

  async open(trustProxy = false, mostWaiting = 1_000, home?: URL): Promise<void> {
    this.door = frontDoor({
      handler: (...given) => this.handler(...given),
      log: logTo({ write: (line: string) => void this.logged.push(line) }, 'info'),
      cache: this.cache,
      trustProxy,
      mostWaiting,
      home,
    });
    await new Promise<void>((resolve) => this.door.server.listen(0, '127.0.0.1', resolve));
    this.home = `http://127.0.0.1:${this.#port()}`;
  }

  /** Sends bytes as they are and answers all that comes back. */
  async raw(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let said = '';
      const socket = connect(this.#port(), '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => (said += String(chunk)));
      socket.on('close', () => resolve(said));
      socket.on('error', reject);
      setTimeout(() => socket.destroy(), 10_000).unref();
    });
  }

  #port(): number {
    return (this.door.server.address() as AddressInfo).port;
  }
}

/** A front door of its own for each test of the calling file, open before it and shut after it. */
export function ownFrontDoor(): Street {
  const street = new Street();
  beforeEach(async () => {
    street.cache = new BodyCache();
    street.cache.open();
    street.logged = [];
    street.rendered = 0;
    street.handler = street.publicPage;
    await street.open();
  });
  afterEach(async () => {
    street.door.cut();
    await street.door.leave(100);
  });
  return street;
}
