import { hostile } from './hostile-values.ts';

/** Numbers that look random and come in the same order for the same seed (mulberry32). */
export class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  /** A whole number from 0 up to but not including `most`. */
  below(most: number): number {
    return Math.floor(this.next() * most);
  }
  oneOf<One>(things: readonly [One, ...One[]] | readonly One[]): One {
    const thing = things[this.below(things.length)];
    if (thing === undefined) throw new Error('There is nothing to choose from.');
    return thing;
  }
  often(share: number): boolean {
    return this.next() < share;
  }
}

/** What one value of a question or a form may be, as far as a description or the form itself says. */
export interface Slot {
  readonly name: string;
  readonly type: string;
  readonly choices: readonly string[];
  readonly most?: number | undefined;
}

const words = [
  'taal',
  'Arnhem',
  'مقهى',
  'Taalcafé de Brug',
  'ቋንቋ',
  'Київ',
  "L'été",
  'a',
  'Het Hogeland',
  '2016',
  '~2016',
];
const unseen = [
  '\u202eesrever',
  '\u0000',
  '\ud800',
  '\ufeff',
  '\u2066x\u2069',
  '\r\nx: y',
  '\t',
  '\u0301'.repeat(200),
];
const numbers = ['0', '1', '-1', '2', '20', '1e9', '99999999999999999999', '0.5', '٣', 'NaN', '0x10', ' 7 '];
const days = [
  '2016-02-09',
  '2016',
  '2016-02-30',
  '2999-12-31',
  '0000-00-00',
  '2026-11-21T10:00:00Z',
  '1000-01-01',
  'gisteren',
];
const keys = ['01890a5d-ac96-774b-bcce-b302099a8057', '00000000-0000-0000-0000-000000000000', 'not-a-key'];
const shapes = [
  '[]',
  '{}',
  '[{"a":1}]',
  '{"__proto__":{"a":1}}',
  'null',
  'true',
  '"',
  '\\',
  '%',
  '%zz',
  '%00',
  '../../etc/passwd',
];

/** A value of about the right kind. */
function fitting(chance: Chance, { type, choices, most = 200 }: Slot): string {
  if (choices.length > 0) return chance.oneOf(choices);
  if (type === 'email')
    return chance.oneOf(['post@brug.example', 'a@b', 'İ@x.example', 'a@b.example,c@d.example']);
  if (type === 'integer' || type === 'number') return String(chance.below(most));
  if (type === 'date' || type === 'date-time') return chance.oneOf(days);
  if (type === 'uuid') return chance.oneOf(keys);
  if (type === 'tel') return chance.oneOf(['026 123 45 67', '+31 6 12345678', '112']);
  if (type === 'url')
    return chance.oneOf(['https://brug.example', 'javascript:alert(7)', 'http://', 'brug.example']);
  if (type === 'checkbox' || type === 'radio') return 'on';
  return chance.oneOf(words).slice(0, most);
}

/** A value for a slot: mostly one that fits, often one that nobody means well. */
export function valueFor(chance: Chance, slot: Slot): string {
  if (chance.often(0.55)) return fitting(chance, slot);
  if (chance.often(0.1)) return chance.oneOf(words).repeat(1 + chance.below(80));
  const pools = [words, unseen, numbers, days, keys, shapes, hostile.map(plain), ['']];
  return chance.oneOf(chance.oneOf(pools));
}

const plain = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
};

/** Pairs for the slots of a question or form: some left out, some twice, some that were never asked. */
export function pairsFor(chance: Chance, slots: readonly Slot[], share: number): [string, string][] {
  const pairs = slots.flatMap((slot): [string, string][] => {
    if (!chance.often(share)) return [];
    const times = chance.often(0.05) ? 2 + chance.below(4) : 1;
    return Array.from({ length: times }, () => [slot.name, valueFor(chance, slot)]);
  });
  if (chance.often(0.08)) {
    const name = chance.oneOf([
      '__proto__',
      'constructor',
      'q[]',
      'x-sveltekit-invalidated',
      '',
      '/save',
      'id',
      'a.b.c',
    ]);
    pairs.push([name, valueFor(chance, { name, type: 'string', choices: [] })]);
  }
  return pairs;
}
