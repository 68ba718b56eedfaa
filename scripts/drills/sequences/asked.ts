import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

/** What a drill of sequences is asked for. */
export interface Asked {
  /** Sequences on the rules. */
  readonly times: number;
  /** Sequences through PostgreSQL. */
  readonly many: number;
  readonly seed: number;
}

/** What a drill is asked for at the terminal; null, and a sentence that says so, when that cannot be. `name` is the word for `many` there. */
export function askedIn(argv: string[], many = 500, name: 'kept' | 'rooms' = 'kept'): Asked | null {
  const { values } = parseArgs({
    args: argv,
    options: {
      times: { type: 'string', default: '100000' },
      [name]: { type: 'string', default: String(many) },
      seed: { type: 'string', default: '20151127' },
    },
  });
  const asked = { times: Number(values.times), many: Number(values[name]), seed: Number(values.seed) };
  const isFine = [asked.times, asked.many].every(
    (each) => Number.isInteger(each) && each >= 1 && each <= 10_000_000,
  );
  if (isFine && Number.isInteger(asked.seed)) return asked;
  console.error(`--times and --${name} must be whole numbers from 1 to 10000000, and --seed a whole number.`);
  return null;
}

interface Walked {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  readonly disagreements: readonly string[];
  readonly reached?: unknown;
}

const counted = ({ sequences, deeds, refused }: Walked) =>
  `${sequences} sequences, ${deeds} deeds, ${refused} refused`;

/** What a walk along the rules came to, in a line. */
export const rulesLine = (walked: Walked, name = 'rules'): string =>
  `${name}: ${counted(walked)}, reached ${JSON.stringify(walked.reached)}: ${walked.disagreements.length} disagreements.`;

/** How long it took since then, and how busy the machine is. */
export const tookLine = (began: number): string =>
  `${Math.round((performance.now() - began) / 1_000)} s (load ${loadavg()[0]?.toFixed(1)}).`;

/** What a walk through PostgreSQL came to, in a line; `more` is what else was counted. */
export const keptLine = (walked: Walked, began: number, more = ''): string =>
  `PostgreSQL: ${counted(walked)}${more}: ${walked.disagreements.length} disagreements, in ${tookLine(began)}`;
