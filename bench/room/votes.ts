import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Voter {
  readonly participant: string;
  readonly word: string;
}

export interface Cast {
  readonly voter: Voter;
  readonly statement: string;
  readonly vote: 'agree' | 'disagree' | 'pass';
  readonly seq: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const bodyOf = ({ voter, statement, vote, seq }: Cast): string =>
  JSON.stringify({ who: voter.participant, statement, vote, seq });

/** Sends a vote once; answers its status, 0 when no answer came. */
export function send(url: string, cast: Cast, by: Agent = agent): Promise<number> {
  const body = bodyOf(cast);
  return new Promise((resolve) => {
    const asked = request(
      url,
      {
        agent: by,
        method: 'POST',
        headers: {
          origin: new URL(url).origin,
          cookie: `room=${cast.voter.word}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
        answer.once('error', () => resolve(0));
      },
    );
    asked.setTimeout(10_000, () => asked.destroy());
    asked.once('error', () => resolve(0));
    asked.end(body);
  });
}

/** Sends a vote until it is taken, as a phone does over a bad line; answers how often it was sent, or null when it never was. */
export async function sendUntilTaken(url: string, cast: Cast): Promise<number | null> {
  for (let tries = 1; tries <= 120; tries++) {
    if ((await send(url, cast)) === 200) return tries;
    await pause(500);
  }
  return null;
}

/** Two hundred phones and one moment: each over a line of its own. Answers how many were taken. */
export async function sendAtOnce(url: string, casts: readonly Cast[]): Promise<number> {
  const lines = new Agent({ keepAlive: false, maxSockets: Infinity });
  const answers = await Promise.all(casts.map((cast) => send(url, cast, lines)));
  lines.destroy();
  return answers.filter((status) => status === 200).length;
}

export interface Rate {
  readonly taken: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sends as many votes as are taken over this many lines, one at a time on each, for some seconds. */
export async function rateOf(
  url: string,
  next: () => Cast | null,
  connections: number,
  seconds: number,
): Promise<Rate> {
  const { hostname, port, pathname, origin } = new URL(url);
  const until = performance.now() + seconds * 1_000;
  const times: number[] = [];
  let failed = 0;
  const began = performance.now();
  const line = () =>
    new Promise<void>((resolve) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let sent = 0;
      let said = '';
      const go = () => {
        const cast = performance.now() < until ? next() : null;
        if (!cast) {
          socket.destroy();
          return resolve();
        }
        const body = bodyOf(cast);
        sent = performance.now();
        socket.write(
          `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\norigin: ${origin}\r\ncookie: room=${cast.voter.word}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      };
      socket.once('connect', go);
      socket.on('data', (chunk) => {
        said += chunk.toString('latin1');
        const head = said.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(said)?.[1] ?? NaN);
        if (!(said.length >= head + 4 + length) && !said.endsWith('0\r\n\r\n')) return;
        if (said.startsWith('HTTP/1.1 200')) times.push(performance.now() - sent);
        else failed++;
        said = '';
        go();
      });
      socket.once('error', () => {
        failed++;
        resolve();
      });
      socket.once('close', () => resolve());
    });
  await Promise.all(Array.from({ length: connections }, line));
  const took = (performance.now() - began) / 1_000;
  return {
    taken: times.length,
    failed,
    perSecond: times.length / took,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
  };
}

/** The number below which this share of them lies. */
export function at(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
