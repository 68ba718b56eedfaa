import { ok, refused, type Result } from '../result.ts';

/** A machine that speaks the API of LibreTranslate, at an address the operator of this house named. */
export interface Machine {
  readonly url: URL;
  readonly key: string | null;
}

export type MachineRefusal =
  'machine_silent' | 'machine_refused' | 'machine_busy' | 'machine_unreadable' | 'machine_too_much';

const mostLetters = 30_000;
const mostBytes = 1_000_000;

/** The machine named in TRANSLATE_URL, with its key from TRANSLATE_KEY; null when none is named, and then none is ever asked. */
export function machineAtHand(surroundings: NodeJS.ProcessEnv = process.env): Machine | null {
  const given = surroundings.TRANSLATE_URL;
  if (!given || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (!/^https?:$/.test(url.protocol)) return null;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return { url, key: surroundings.TRANSLATE_KEY || null };
}

/** The body as text, or null when it is longer than it may be: nobody's memory is at the mercy of a machine. */
async function bodyOf(answer: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function textsIn(body: string, many: number): string[] | null {
  try {
    const { translatedText } = JSON.parse(body) as { translatedText?: unknown };
    const texts: unknown[] = Array.isArray(translatedText) ? translatedText : [translatedText];
    const whole =
      texts.length === many && texts.every((text) => typeof text === 'string' && text.length <= 20_000);
    return whole ? (texts as string[]) : null;
  } catch {
    return null;
  }
}

/**
 * Asks a machine for these texts in another language, in one request of at most 30,000 letters, and answers as many texts in the
 * same order. Waits `patience` milliseconds; what goes wrong outside this house is a refusal, never an error.
 */
export async function askMachine(
  { url, key }: Machine,
  { from, to, texts }: { from: string; to: string; texts: readonly string[] },
  patience = 20_000,
): Promise<Result<string[], MachineRefusal>> {
  if (texts.length === 0) return ok([]);
  if (texts.reduce((sum, text) => sum + text.length, 0) > mostLetters) return refused('machine_too_much');
  const asked = { q: texts, source: from, target: to, format: 'text', ...(key && { api_key: key }) };
  try {
    const answer = await fetch(new URL('translate', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(asked),
      // What is told goes to the machine that was named and to no other.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    if (answer.status === 429) return refused('machine_busy');
    if (answer.status >= 500) return refused('machine_silent');
    if (!answer.ok) return refused('machine_refused');
    const body = await bodyOf(answer);
    const given = body === null ? null : textsIn(body, texts.length);
    return given ? ok(given) : refused('machine_unreadable');
  } catch {
    // Not reached, too slow, cut off: whichever way a machine is silent, the person goes on without it.
    return refused('machine_silent');
  }
}
