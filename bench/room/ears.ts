import { createHash, type Hash } from 'node:crypto';
import { request, type ClientRequest } from 'node:http';

/** One phone that listens, calls again when it is cut off, and keeps a fingerprint of every event it heard. */
export class Ear {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #late: (milliseconds: number, sent: number) => void;
  readonly #hash: Hash = createHash('sha256');
  #line: ClientRequest | undefined;
  #retry = 1_000;
  #left = false;
  last: string;
  heard = 0;
  /** Events whose number was not the next one. */
  outOfOrder = 0;
  calls = 0;
  isOpen = false;
  readonly counts = { people: 0, seen: {} as Record<string, number> };

  constructor(
    url: string,
    headers: Record<string, string>,
    since: number,
    late: (milliseconds: number, sent: number) => void,
  ) {
    this.#url = url;
    this.#headers = headers;
    this.last = String(since);
    this.#late = late;
  }

  /** Calls, and resolves at the first word that comes back. */
  call(): Promise<void> {
    this.calls++;
    return new Promise((resolve) => {
      let text = '';
      this.#line = request(
        this.#url,
        {
          agent: false,
          headers: { ...this.#headers, 'last-event-id': this.last, accept: 'text/event-stream' },
        },
        (answer) => {
          if (answer.statusCode !== 200) {
            answer.resume();
            return this.#again(resolve);
          }
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            this.isOpen = true;
            resolve();
            text += chunk;
            for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
              this.#hear(text.slice(0, end));
              text = text.slice(end + 2);
            }
          });
          answer.on('close', () => this.#again(resolve));
          answer.on('error', () => undefined);
        },
      );
      this.#line.on('error', () => this.#again(resolve));
      this.#line.end();
    });
  }

  #again(resolve: () => void): void {
    this.isOpen = false;
    if (this.#left || !this.#line) return;
    this.#line = undefined;
    setTimeout(
      () => {
        if (!this.#left) void this.call().then(resolve);
      },
      this.#retry * (0.5 + Math.random()),
    );
  }

  #hear(block: string): void {
    const came = performance.timeOrigin + performance.now();
    const at = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
    const data = at('data');
    if (at('retry')) this.#retry = Number(at('retry'));
    if (data === undefined) return;
    const told = JSON.parse(data) as {
      about?: { sent?: number };
      people?: number;
      seen?: Record<string, number>;
    };
    const id = at('id');
    if (id === undefined) {
      this.counts.people = told.people ?? this.counts.people;
      Object.assign(this.counts.seen, told.seen);
      return;
    }
    if (Number(id) !== Number(this.last) + 1) this.outOfOrder++;
    this.last = id;
    this.heard++;
    this.#hash.update(`${id} ${data}\n`);
    if (told.about?.sent) this.#late(came - told.about.sent, told.about.sent);
  }

  /** The fingerprint of all it heard until now. */
  fingerprint(): string {
    return this.#hash.copy().digest('base64url');
  }

  /** Is cut off, as by a tunnel; it calls again at once. */
  cut(): void {
    this.#retry = 1;
    this.#line?.destroy();
  }

  leave(): void {
    this.#left = true;
    this.#line?.destroy();
  }
}

/** Calls with all of them, some at a time, as a room fills. */
export async function callAll(ears: readonly Ear[], atOnce = 50): Promise<void> {
  for (let at = 0; at < ears.length; at += atOnce)
    await Promise.all(ears.slice(at, at + atOnce).map((ear) => ear.call()));
}
