import type { ServerResponse } from 'node:http';
import type { Page } from './body-cache.ts';

const largest = 4 * 1_048_576;

/**
 * Stands between the app and an answer. Takes off what is meant for this house only (x-keep, x-route), and where `caught`
 * is given and the answer is a public page, hands it over whole instead of sending it; otherwise it says null and the answer goes out.
 * `begun` hears, once, that the app has found its answer.
 */
export function watchAnswer(
  response: ServerResponse,
  begun: () => void,
  caught?: (page: Page | null) => void,
): { readonly route: string | undefined } {
  const { writeHead, write, end } = response;
  const chunks: Buffer[] = [];
  const seen: { route: string | undefined } = { route: undefined };
  let catching = false;
  let size = 0;

  const letThrough = () => {
    response.writeHead = writeHead;
    response.write = write;
    response.end = end;
    begun();
    caught?.(null);
  };
  const take = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.byteLength;
  };

  response.writeHead = function (...given: unknown[]) {
    const route = response.getHeader('x-route');
    if (typeof route === 'string') seen.route = route;
    const shareable = caught !== undefined && given.length === 1 && isShareable(Number(given[0]), response);
    response.removeHeader('x-keep');
    response.removeHeader('x-route');
    if (shareable) {
      catching = true;
      return response;
    }
    letThrough();
    return (writeHead as (...all: unknown[]) => ServerResponse).apply(response, given);
  } as typeof writeHead;

  response.write = function (...given: unknown[]) {
    if (!catching) {
      letThrough();
      return (write as (...all: unknown[]) => boolean).apply(response, given);
    }
    take(given[0], given[1]);
    if (size <= largest) return true;
    catching = false;
    letThrough();
    response.removeHeader('content-length');
    response.writeHead(200);
    return response.write(Buffer.concat(chunks));
  } as typeof write;

  response.end = function (...given: unknown[]) {
    if (!catching) {
      letThrough();
      return (end as (...all: unknown[]) => ServerResponse).apply(response, given);
    }
    take(given[0], given[1]);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(response.getHeaders())) {
      response.removeHeader(name);
      if (name !== 'content-length' && name !== 'etag' && value !== undefined)
        headers[name] = Array.isArray(value) ? value.join(', ') : String(value);
    }
    response.writeHead = writeHead;
    response.write = write;
    response.end = end;
    begun();
    caught?.({ headers, body: Buffer.concat(chunks), route: seen.route });
    return response;
  } as typeof end;

  return seen;
}

/** Only what a door itself calls public: it said so by x-keep or by its Cache-Control. Files of the build are not; they are kept on disk. */
function isShareable(status: number, response: ServerResponse): boolean {
  if (
    status !== 200 ||
    response.hasHeader('set-cookie') ||
    response.hasHeader('content-encoding') ||
    response.hasHeader('accept-ranges')
  )
    return false;
  if (response.getHeader('content-type') === 'text/event-stream') return false;
  return (
    response.getHeader('x-keep') === 'page' ||
    /^\s*public\b/.test(String(response.getHeader('cache-control') ?? ''))
  );
}
