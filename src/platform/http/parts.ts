import { isUnchanged } from './body-cache.ts';

export interface Part {
  readonly from: number;
  /** How many bytes. */
  readonly length: number;
}

/**
 * Which part of `size` bytes a Range header asks for (RFC 9110, section 14): null is the whole, also for what is not understood or
 * asks for several parts.
 */
export function parseRange(header: string | null, size: number): Part | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { from: size - length, length };
  }
  const from = Number(first);
  const until = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return null;
  return from >= size ? 'unsatisfiable' : { from, length: until - from + 1 };
}

const atOnce = 262_144;

/**
 * Answers bytes that are read piece by piece: whole, the part that is asked for (206, or 416 where there is none), or that nothing
 * changed (304). `read` answers null when they went meanwhile; the answer then breaks off. `headers` must hold their etag.
 */
export function answerInParts(
  request: Pick<Request, 'headers'>,
  size: number,
  headers: Headers,
  read: (part: Part) => Promise<Uint8Array | null>,
): Response {
  const asked = (name: string) => request.headers.get(name);
  const etag = headers.get('etag') ?? '';
  headers.set('accept-ranges', 'bytes');
  if (isUnchanged(asked('if-none-match') ?? undefined, etag)) {
    headers.delete('content-type');
    return new Response(null, { status: 304, headers });
  }
  const whole = asked('if-range') !== null && asked('if-range') !== etag;
  const part = whole ? null : parseRange(asked('range'), size);
  if (part === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  let { from, length } = part ?? { from: 0, length: size };
  headers.set('content-length', String(length));
  if (part) headers.set('content-range', `bytes ${from}-${from + length - 1}/${size}`);
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      const bytes = await read({ from, length: Math.min(length, atOnce) });
      if (bytes === null || bytes.length === 0) return stream.error(new Error('It went while it was read.'));
      from += bytes.length;
      length -= bytes.length;
      stream.enqueue(bytes);
      if (length <= 0) stream.close();
    },
  });
  return new Response(body, { status: part ? 206 : 200, headers });
}
