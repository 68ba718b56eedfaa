import type { IncomingMessage, ServerResponse } from 'node:http';

/** How a body must come in: never still for longer than this, and whole within that, in milliseconds. */
export interface Pace {
  readonly still: number;
  readonly whole: number;
}

/** At least this many bytes must come in while a body may be still; a phone in a train brings that easily. */
const least = 4_096;

/**
 * Watches a body come in, and calls `late` once when it trickles or takes too long, so that nobody holds a door by doing nothing.
 * It stops watching when the body is in, or when there is an answer.
 */
export function watchPace(
  request: IncomingMessage,
  response: ServerResponse,
  pace: Pace,
  late: () => void,
): void {
  if (!(Number(request.headers['content-length']) > 0) && request.headers['transfer-encoding'] === undefined)
    return;
  let since = 0;
  const tooLate = () => {
    stop();
    late();
  };
  const whole = setTimeout(tooLate, pace.whole);
  const still = setInterval(() => {
    // Nobody may ask for it yet: then it is we who let it wait.
    if (since < least && !request.isPaused()) tooLate();
    since = 0;
  }, pace.still);
  const stop = () => {
    clearTimeout(whole);
    clearInterval(still);
  };
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    since += chunk?.length ?? 0;
    if (chunk === null) stop();
    return push(chunk, encoding);
  };
  request.once('close', stop);
  response.once('close', stop);
}
