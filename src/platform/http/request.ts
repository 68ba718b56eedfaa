import type { IncomingMessage } from 'node:http';

/** Why a request is not let through to any door. */
export interface Refusal {
  readonly status: 400 | 404 | 405 | 413 | 414 | 431 | 408 | 503;
  /** One sentence for the person or program that asked. */
  readonly detail: string;
}

export interface Limits {
  /** Longest address, in bytes as sent. */
  readonly address: number;
  /** Largest body, in bytes. */
  readonly body: number;
  /** Paths that take a larger one, such as a door for files; the first that fits counts. */
  readonly larger?: readonly { readonly path: RegExp; readonly body: number }[];
}

export const defaultLimits: Limits = { address: 4_096, body: 1_048_576 };

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const host = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** The largest body this request may have, in bytes. */
export function bodyLimit(request: Pick<IncomingMessage, 'url'>, { body, larger }: Limits): number {
  const [path = ''] = (request.url ?? '').split('?', 1);
  return larger?.find((door) => door.path.test(path))?.body ?? body;
}

/**
 * Ends a request whose body does not say how long it is once it is longer than it may be; `over` may say so first. What says
 * its length was weighed before any door opened.
 */
export function boundBody(request: IncomingMessage, most: number, over?: () => void): void {
  if (request.headers['transfer-encoding'] === undefined) return;
  let seen = 0;
  let ended = false;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    seen += chunk?.length ?? 0;
    if (seen <= most) return push(chunk, encoding);
    if (!ended) {
      ended = true;
      over?.();
      request.destroy();
    }
    return false;
  };
}

/** Checks what can be checked before any door opens; answers the refusal, or null when the request may go on. */
export function refusalOf(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  limits: Limits,
): Refusal | null {
  const address = request.url ?? '';
  if (!methods.has(request.method ?? '')) return { status: 405, detail: 'This method is not known here.' };
  if (address.length > limits.address)
    return { status: 414, detail: `The address is longer than ${limits.address} characters.` };
  if (!address.startsWith('/')) return { status: 400, detail: 'The address must begin with a slash.' };
  if (!host.test(request.headers.host ?? ''))
    return { status: 400, detail: 'The Host header is missing or malformed.' };
  if (endsWithSlash(address))
    return {
      status: 404,
      detail: 'There is nothing at this address; addresses here do not end with a slash.',
    };
  const announced = Number(request.headers['content-length'] ?? 0);
  const most = bodyLimit(request, limits);
  if (announced > most)
    return {
      status: 413,
      detail:
        most < 10_000_000
          ? `The body is larger than ${most} bytes.`
          : `The file is larger than ${Math.floor(most / 1_048_576)} MB; divide it over more files.`,
    };
  return address.includes('%') || hasControl(address) ? refusalOfCharacters(address) : null;
}

/** The NL API Design Rules want no redirect of such an address; only the roots, which clients make by joining two addresses, are led on. */
function endsWithSlash(address: string): boolean {
  const [path = ''] = address.split('?', 1);
  return /^\/(data|hsds)\/.*\/$/.test(path) && path !== '/data/v1/' && path !== '/hsds/3.0/';
}

function refusalOfCharacters(address: string): Refusal | null {
  let plain: string;
  try {
    plain = decodeURIComponent(address);
  } catch {
    return {
      status: 400,
      detail: 'The address has a percent sign that is not followed by UTF-8 text (write % as %25).',
    };
  }
  return hasControl(plain.replace(/[\t\r\n]/g, ' '))
    ? { status: 400, detail: 'The address has a control character, such as NUL, in it.' }
    : null;
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === 127) return true;
  }
  return false;
}

/** The scheme the visitor used: only a trusted proxy is believed. */
export function schemeOf(headers: IncomingMessage['headers'], trustProxy: boolean): 'http' | 'https' {
  if (!trustProxy) return 'http';
  const said = headers['x-forwarded-proto'];
  const first = (Array.isArray(said) ? said[0] : said)?.split(',')[0]?.trim().toLowerCase();
  return first === 'https' ? 'https' : 'http';
}
