import type { IncomingMessage, ServerResponse } from 'node:http';

/** The way to one who listens to an answer that stays open. */
export interface Way {
  /** Says this; false when so much waits already that whoever listens had better call again. */
  say(bytes: Uint8Array): boolean;
  end(): void;
}
/** What happens on a line once it is open; answers what is to be done when it is closed from the other side. */
export type Begin = (way: Way) => () => void;

interface Offer {
  begin: Begin | null;
}

// The built app has a copy of this file of its own, so what the front door offers goes by a name.
const offer = Symbol.for('steppingstones.open-line');
/** What may wait for a slow phone, in chunks of a stream and in bytes of a line: more than all it can have missed. */
const mostWaiting = { chunks: 256, bytes: 262_144 };

const offerOn = (request: object): Offer | undefined => (request as { [offer]?: Offer })[offer];

/** Lets the door of this request keep its line open: it is then handed over in place of ending the answer. */
export function offerLine(request: IncomingMessage, response: ServerResponse): void {
  const offered: Offer = { begin: null };
  Object.assign(request, { [offer]: offered });
  const { end } = response;
  response.end = function (...given: unknown[]) {
    response.end = end;
    if (offered.begin && response.statusCode === 200) return handOver(response, offered.begin);
    return (end as (...all: unknown[]) => ServerResponse).apply(response, given);
  } as typeof end;
}

/**
 * The body of an answer that stays open. Behind our front door it is empty, and the line itself is kept once the answer has gone out:
 * that takes a fraction of the memory of a stream through the framework, which is what anyone else gets.
 */
export function openLine(request: object | undefined, begin: Begin): ReadableStream<Uint8Array> | null {
  const offered = request && offerOn(request);
  if (!offered) return asStream(begin);
  offered.begin = begin;
  return null;
}

function handOver(response: ServerResponse, begin: Begin): ServerResponse {
  response.flushHeaders();
  const leave = begin({
    say: (bytes) => {
      response.write(bytes);
      return response.writableLength <= mostWaiting.bytes;
    },
    end: () => response.end(),
  });
  return response.once('close', leave);
}

function asStream(begin: Begin): ReadableStream<Uint8Array> {
  let leave = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        leave = begin({
          say: (bytes) => {
            if ((controller.desiredSize ?? 0) <= 0) return false;
            controller.enqueue(bytes);
            return true;
          },
          end: () => controller.close(),
        });
      },
      cancel: () => leave(),
    },
    { highWaterMark: mostWaiting.chunks },
  );
}
