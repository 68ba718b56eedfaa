import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log.ts';
import {
  isAnonymous,
  isUnchanged,
  keyOf,
  KeptPage,
  type BodyCache,
  type Packed,
  type Page,
} from './body-cache.ts';
import { offerLine } from './open-line.ts';
import { watchPace, type Pace } from './pace.ts';
import { dress, refuse, refuseRaw } from './refuse.ts';
import { bodyLimit, boundBody, defaultLimits, refusalOf, schemeOf, type Limits } from './request.ts';
import { watchAnswer } from './shared-answer.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;

export interface FrontDoorWishes {
  /** What renders: the handler of the built app. */
  readonly handler: Handler;
  readonly log: Log;
  readonly cache: BodyCache;
  /** Believe X-Forwarded-Proto, because a proxy of ours always sets it. */
  readonly trustProxy: boolean;
  /** The address people open this house at, whatever Host a request names; without it each request is believed. */
  readonly home?: URL | undefined;
  readonly limits?: Limits;
  /** How many requests may wait for an answer at once; the next is asked to come back. */
  readonly mostWaiting?: number;
  /** How many bodies larger than usual may be under way at once: each is held in memory as a whole. */
  readonly mostLarge?: number;
  /** How such a body must come in; any other is whole within a minute. */
  readonly pace?: Pace;
  /** The page that tells people what they send is too large, in the language of this address; null says it in a line. */
  readonly tooLarge?: (address: string) => string | null;
  /** Addresses whose answers carry tags of their own and are never kept here, such as sound. */
  readonly unkept?: RegExp;
}

export interface FrontDoor {
  readonly server: Server;
  /** Takes no new visitors, lets those inside finish for at most `patience` milliseconds, then shuts. */
  leave(patience: number): Promise<void>;
  /** Cuts those who are still inside. */
  cut(): void;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly scheme: 'http' | 'https';
}

/** The one server between the street and the built app: limits, headers, kept pages, and an orderly end. */
export function frontDoor(wishes: FrontDoorWishes): FrontDoor {
  const { log, cache, trustProxy, limits = defaultLimits, mostWaiting = 1_000, mostLarge = 4 } = wishes;
  const { pace = { still: 10_000, whole: 300_000 }, tooLarge = () => null, unkept } = wishes;
  const rendering = new Map<string, Promise<KeptPage | null>>();
  let leaving = false;
  let waiting = 0;
  let large = 0;

  const timing = {
    headersTimeout: 10_000,
    requestTimeout: pace.whole + 10_000,
    connectionsCheckingInterval: 5_000,
    keepAliveTimeout: 65_000,
  };
  // We refuse a missing Host ourselves, with the headers that every answer has.
  const server = createServer(
    { ...timing, maxHeaderSize: 16_384, requireHostHeader: false },
    (request, response) => {
      if (leaving) response.shouldKeepAlive = false;
      const told = schemeOf(request.headers, trustProxy);
      const refusal = refusalOf(request, limits);
      if (refusal) {
        const page = refusal.status === 413 ? tooLarge(request.url ?? '') : null;
        return refuse(request, response, refusal, told, page);
      }
      // What letters and forms lead to is this house, and never what someone wrote in a header.
      if (wishes.home) request.headers.host = wishes.home.host;
      const scheme = wishes.home ? (wishes.home.protocol === 'https:' ? 'https' : 'http') : told;
      const visit: Visit = { request, response, scheme };
      if (!letBodyIn(visit)) return;
      if (!isAnonymous(request) || unkept?.test(request.url ?? '')) return pass(visit);
      const key = keyOf(request, visit.scheme);
      const kept = key === null ? undefined : cache.find(key);
      if (kept) return answerKept(visit, kept);
      if (request.method === 'HEAD') return pass(visit);
      void share(visit, key);
    },
  );

  /** Bounds what a request brings along, in size and in time; false when it has to come back later. */
  function letBodyIn({ request, response, scheme }: Visit): boolean {
    const most = bodyLimit(request, limits);
    const isLarge = most > limits.body && Number(request.headers['content-length'] ?? most) > limits.body;
    if (isLarge && large >= mostLarge) {
      response.setHeader('retry-after', '10');
      const detail = 'Many people send something large at this moment; try again in a minute.';
      refuse(request, response, { status: 503, detail }, scheme);
      return false;
    }
    if (isLarge) {
      large++;
      response.once('close', () => large--);
    }
    const cutOff = (code: string) => {
      if (!response.headersSent) refuseRaw(Object.assign(new Error(code), { code }), request.socket);
      request.destroy();
    };
    boundBody(request, most, () => cutOff('ERR_BODY_TOO_LARGE'));
    watchPace(request, response, most > limits.body ? pace : { ...pace, whole: 60_000 }, () =>
      cutOff('ERR_HTTP_REQUEST_TIMEOUT'),
    );
    return true;
  }

  /** Renders a public page once for all who ask for it at this moment. */
  async function share(visit: Visit, key: string | null): Promise<void> {
    const since = cache.since();
    const flight = key === null ? null : `${since}\n${key}`;
    const other = flight === null ? undefined : rendering.get(flight);
    const theirs = other && (await other);
    if (theirs) return answerKept(visit, theirs);
    const own = render(visit);
    if (flight !== null && !other) {
      rendering.set(flight, own);
      void own.finally(() => rendering.delete(flight));
    }
    const page = await own;
    if (!page) return;
    if (key !== null) cache.keep(key, page, since);
    answer(visit, page);
  }

  /** Lets the app render; answers the page when it may be shared, or null when it went out as it was. */
  function render(visit: Visit): Promise<KeptPage | null> {
    return new Promise((resolve) => {
      // We compare with our own tags, so the app must give the whole page.
      delete visit.request.headers['if-none-match'];
      visit.response.once('close', () => resolve(null));
      const path = (visit.request.url ?? '/').split('?', 1)[0] ?? '/';
      pass(visit, (page) => resolve(page && new KeptPage(page, path)));
    });
  }

  function pass({ request, response, scheme }: Visit, caught?: (page: Page | null) => void): void {
    if (waiting >= mostWaiting) {
      response.setHeader('retry-after', '1');
      refuse(
        request,
        response,
        { status: 503, detail: 'Too many people ask something at this moment; try again in a second.' },
        scheme,
      );
      return;
    }
    waiting++;
    const began = performance.now();
    const requestId = randomBytes(8).toString('hex');
    request.headers['x-forwarded-proto'] = scheme;
    request.headers['x-request-id'] = requestId;
    dress(response, scheme);
    offerLine(request, response);
    // A stream that stays open has its answer, and no longer waits.
    let waits = true;
    const begun = () => {
      if (waits) waiting--;
      waits = false;
    };
    const seen = watchAnswer(response, begun, caught);
    response.once('close', () => {
      begun();
      tellAnswer(response.statusCode, performance.now() - began, seen.route, requestId);
    });
    const nobody = () => refuse(request, response, { status: 400, detail: 'Nothing answers here.' }, scheme);
    // A handler that throws must not take the other visitors with it.
    void new Promise((resolve) => resolve(wishes.handler(request, response, nobody))).catch(
      (error: unknown) => {
        log.tellSurprise(error, { requestId });
        if (response.headersSent) response.destroy();
        else
          refuse(
            request,
            response,
            { status: 503, detail: 'Something went wrong here; try again in a moment.' },
            scheme,
          );
      },
    );
  }

  function answerKept(visit: Visit, page: KeptPage): void {
    if (log.hears('info')) {
      const began = performance.now();
      visit.response.once('close', () =>
        tellAnswer(visit.response.statusCode, performance.now() - began, page.route),
      );
    }
    answer(visit, page);
  }

  function tellAnswer(status: number, ms: number, route: string | undefined, requestId?: string): void {
    const level = status >= 500 ? 'error' : 'info';
    if (log.hears(level)) log.tell(level, 'request.answered', { route, status, ms, requestId });
  }

  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseRaw(error, socket as Socket));
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    refuse(request, response, { status: 400, detail: 'This expectation is not known here.' }, 'http'),
  );

  return {
    server,
    cut: () => server.closeAllConnections(),
    leave: async (patience) => {
      leaving = true;
      // Streams that never end by themselves listen to this.
      (process as NodeJS.EventEmitter).emit('steppingstones:leaving');
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const enough = setTimeout(() => server.closeAllConnections(), patience);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearInterval(idle);
      clearTimeout(enough);
    },
  };
}

function answer(visit: Visit, page: KeptPage): void {
  const packed = page.packedFor(visit.request.headers['accept-encoding'] as string | undefined);
  if (!(packed instanceof Promise)) return send(visit, packed);
  packed.then(
    (ready) => send(visit, ready),
    () => visit.response.destroy(),
  );
}

function send({ request, response }: Visit, { etag, headers, unchanged, body }: Packed): void {
  if (response.destroyed) return;
  if (isUnchanged(request.headers['if-none-match'], etag)) {
    response.writeHead(304, unchanged).end();
    return;
  }
  response.writeHead(200, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}
