import pino from 'pino';

/** What a line of the log may hold; anything else is left out, whoever passes it. */
export interface LogFacts {
  /** The template of a door, such as /[[lang=language]]/initiatives/[slug], never the address that was asked. */
  readonly route?: string | undefined;
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  readonly requestId?: string | undefined;
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

function wishedLevel(): string {
  const wish = process.env.LOG_LEVEL ?? '';
  // By default nothing is kept about visits, only about what went wrong.
  return levels.includes(wish) ? wish : 'warn';
}

/** A writer of lines to `into`, one JSON object each, with only the allowed facts. */
export function logTo(into: pino.DestinationStream, level: string) {
  const lines = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'event',
    },
    into,
  );
  return {
    /** Whether lines of this level are written at all. */
    hears: (wanted: 'error' | 'warn' | 'info'): boolean => lines.isLevelEnabled(wanted),
    /** Writes that something happened; the event is a fixed name of ours, such as 'request.answered', never a text of others. */
    tell(
      as: 'error' | 'warn' | 'info',
      event: string,
      { route, status, ms, requestId }: LogFacts = {},
    ): void {
      lines[as](
        { route, status, ms: ms === undefined ? undefined : Math.round(ms * 10) / 10, requestId },
        event,
      );
    },
    /**
     * Writes that a surprise happened: its kind and the places in our code it passed through.
     * Its message stays out, because a message may quote what someone typed.
     */
    tellSurprise(error: unknown, { route, status, ms, requestId }: LogFacts = {}): void {
      lines.error({ route, status, ms, requestId, kind: kindOf(error), at: placesOf(error) }, 'surprise');
    },
  };
}

export type Log = ReturnType<typeof logTo>;

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code)
    ? `${error.constructor.name} ${code}`
    : error.constructor.name;
}

function placesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return [...stack.matchAll(/^ {4}at .*?([\w.[\]-]+\.(?:js|ts|svelte|mjs)):(\d+):\d+\)?$/gm)]
    .slice(0, 5)
    .map(([, file, line]) => `${file}:${line}`);
}

/** The log of this process, on standard error; LOG_LEVEL=info adds a line for each answered request. */
export const log: Log = logTo(pino.destination({ dest: 2, sync: true }), wishedLevel());
