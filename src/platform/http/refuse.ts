import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { onlyTls, securityHeaders } from './headers.ts';
import { versionAt } from './problem.ts';
import type { Refusal } from './request.ts';

/** Puts on an answer what every answer carries. */
export function dress(response: ServerResponse, scheme: 'http' | 'https'): void {
  for (const name in securityHeaders) response.setHeader(name, securityHeaders[name] as string);
  if (scheme === 'https') response.setHeader('strict-transport-security', onlyTls);
}

/** How much of a body that is refused is still taken in and thrown away, so that its sender gets to read why; and for how long. */
const stillTaken = { bytes: 64 * 1_048_576, milliseconds: 20_000 };

/** Answers a refusal in one sentence: problem+json (RFC 9457) to programs, plain text or the `page` that says so to people. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  scheme: 'http' | 'https',
  page: string | null = null,
): void {
  dress(response, scheme);
  const forProgram = /^\/(data|hsds)\//.test(request.url ?? '') || /json/.test(request.headers.accept ?? '');
  const people = page === null ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8';
  const body = Buffer.from(forProgram ? problem(refusal) : (page ?? `${refusal.detail}\n`));
  response.setHeader('content-type', forProgram ? 'application/problem+json' : people);
  response.setHeader('content-length', body.byteLength);
  response.setHeader('cache-control', 'no-store');
  const version = versionAt(request.url ?? '');
  if (version !== null) response.setHeader('api-version', version);
  if (refusal.status === 405) response.setHeader('allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
  // The rest of a body that is refused is not read.
  if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined)
    response.shouldKeepAlive = false;
  response.writeHead(refusal.status);
  const length = Number(request.headers['content-length'] ?? 0);
  if (refusal.status !== 413 || !(length <= stillTaken.bytes)) {
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  // A browser reads no answer on a line that breaks while it still sends: all of the answer goes out now, its end later.
  response.write(body);
  const end = () => {
    clearTimeout(late);
    response.end();
  };
  const late = setTimeout(end, stillTaken.milliseconds);
  request.once('close', end).once('end', end).resume();
}

function problem({ status, detail }: Refusal): string {
  return JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail });
}

/** Answers what is not even HTTP, or came too slowly, and closes the line. */
export function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  const inAnswer = (socket as Socket & { _httpMessage?: { _headerSent?: boolean } })._httpMessage
    ?._headerSent;
  if (!socket.writable || inAnswer || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, detail] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'The headers are larger than 16 kB.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'The request took too long to arrive.']
        : error.code === 'ERR_BODY_TOO_LARGE'
          ? [413, 'The body is larger than it may be.']
          : [400, 'This is not a well-formed HTTP request.'];
  const headers = Object.entries({
    ...securityHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(detail.length + 1),
    'cache-control': 'no-store',
    connection: 'close',
  });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${detail}\n`,
  );
}
