import { request } from 'node:http';
import { connect } from 'node:net';
import { inject } from 'vitest';

export const home = new URL(inject('journeyUrl'));

export interface Answer {
  readonly asked: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly ms: number;
}

export const answers: Answer[] = [];

/** Asks exactly this address, without tidying it first. */
export function ask(
  path: string,
  method = 'GET',
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: home.hostname, port: home.port, path, method, headers, timeout: 20_000, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const told: Answer = {
            asked: `${method} ${path.slice(0, 160)}`,
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - began,
          };
          answers.push(told);
          resolve(told);
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`No answer in 20 s: ${method} ${path.slice(0, 160)}`)));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Sends bytes as they are; answers all that comes back. */
export function send(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(home.port), home.hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => (said += String(chunk)));
    socket.on('close', () => resolve(said));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(said) : reject(error),
    );
    setTimeout(() => socket.destroy(), 3_000).unref();
  });
}

export async function all<One>(things: readonly One[], work: (one: One) => Promise<unknown>): Promise<void> {
  const left = [...things];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
    }),
  );
}

/** What an answer must never do, whatever was asked. */
export function offences({ asked, status, headers, body }: Answer): string[] {
  const type = String(headers['content-type'] ?? '');
  const found: string[] = [];
  if (status >= 500 || status === 0) found.push(`answers ${status}`);
  if (status >= 400 && body.trim() === '' && !asked.startsWith('HEAD'))
    found.push(`says nothing with its ${status}`);
  if (headers['x-content-type-options'] !== 'nosniff' || !headers['content-security-policy'])
    found.push('goes without its guards');
  if (/\n\s+at |node_modules|\.server\.ts:\d|PostgresError|syntax error at/.test(body))
    found.push('shows its insides');
  if (type.includes('html')) {
    if (/<script>alert|<img src=x|<svg\/onload|(href|src|action)="?javascript:/i.test(body))
      found.push('repeats markup unescaped');
    // The house itself sets names apart with isolates; what turns the direction of text it never says.
    if (/[\u0000\u202a-\u202e]/.test(body)) found.push('repeats signs nobody sees');
    if (/\b49\b.{0,5}hostile|hostile.{0,5}\b49\b/.test(body)) found.push('reckons what it was given');
  }
  if (
    status >= 400 &&
    asked.includes(' /data/') &&
    // These names belong to the framework, which refuses them before any door of ours.
    !asked.includes('x-sveltekit-') &&
    !/^application\/(problem\+)?json/.test(type) &&
    status !== 403 &&
    status !== 404
  )
    found.push(`refuses as ${type}`);
  return found.map((offence) => `${asked} ${offence}`);
}

export const words = ['q', 'near'];
export const closed = ['within', 'phase', 'theme', 'ledBy', 'language', 'kind', 'asOf', 'knownOn', 'page'];
export const pages: Record<string, readonly string[]> = {
  '': ['q'],
  '/initiatives': [...words, ...closed],
  '/initiatives/takecarebnb': ['asOf', 'q'],
  '/map': [...words, ...closed, 'province', 'municipality', 'window'],
  '/shoreline': ['day', 'asOf', 'from', 'until'],
  '/network': ['day', 'place', 'kind', 'page'],
  '/chains': ['from', 'to', 'day'],
  '/blind-spots': ['province', 'municipality'],
  '/languages': ['q'],
  '/leave': ['q'],
};
export const data: Record<string, readonly string[]> = {
  '/initiatives': [...words, ...closed, 'lang'],
  '/initiatives.geojson': [...words, ...closed, 'lang'],
  '/initiatives.csv': [...words, ...closed, 'lang'],
  '/changes': ['since'],
  '/network.gexf': ['asOf'],
  '/network.graphml': ['asOf'],
  '/chains': ['from', 'to', 'asOf'],
};
