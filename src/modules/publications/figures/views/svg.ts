/** The colours of the house on paper: a figure is the same on a screen, in a book and in print. */
export const ink = {
  ground: '#fbf8f1',
  deep: '#123c4a',
  stone: '#6b6259',
  water: '#dcebef',
  shallow: '#e9efe9',
  sand: '#f7f1e6',
  land: '#efe4cf',
  line: '#d9cdb8',
  paper: '#ffffff',
  sun: '#b3541e',
  arrival: '#1b6e8c',
  landing: '#4a7a35',
  rooting: '#8a4b12',
} as const;

/** The width of every figure that is no map: on a narrow phone and in a column of a magazine its words stay readable. */
export const across = 420;

// What XML cannot hold at all, and signs that would turn the words around them.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufdd0\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g;
const escaped = (text: string) =>
  text
    .toWellFormed()
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** One element; an attribute without a value is left out. What it holds is markup already. */
export function el(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const told = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${escaped(typeof value === 'number' ? String(rounded(value)) : String(value))}"`,
    )
    .join('');
  return inside.length === 0 ? `<${name}${told}/>` : `<${name}${told}>${inside.join('')}</${name}>`;
}

const rounded = (value: number) => Math.round(value * 10) / 10;

export interface Look {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly weight?: 400 | 600;
  readonly italic?: boolean;
  /** Drawn in this colour behind the letters, so that they stay apart from what lies under them. */
  readonly behind?: string;
  /** Words of people, in whatever language they wrote: their first letter decides their direction, not the drawing. */
  readonly own?: boolean;
}

// A sign Unicode will never use; it becomes the direction of the drawing, once that is known.
const ofTheDrawing = '\ufdd0';
const [fromRight, ends] = ['\u202b', '\u202c'];
const arabic = /\p{Script=Arabic}/u;
const faces = { arabic: 'Vazirmatn, sans-serif', ethiopic: "'Noto Sans Ethiopic', sans-serif" };

/**
 * Words at a spot, all in one face that has every letter of them: where one sign is missing, what sets type leaves the face for all.
 * Vowel signs of Arabic are left out: PDF/UA cannot hold a sign that is drawn apart from its letter, and readers do without. Only words
 * with Arabic letters need to be told a direction; isolates (UAX 9) would, but no face of ours has them.
 */
export function words(x: number, y: number, given: string, look: Look = {}): string {
  const { size = 15, anchor = 'start', fill = ink.deep, weight, italic, behind, own } = look;
  const text = escaped(given.normalize('NFC').replace(/[\u064b-\u065f\u0670]/g, ''));
  const turns = arabic.test(text);
  const opens = own && /^\P{L}*\p{Script=Arabic}/u.test(text) ? fromRight : ofTheDrawing;
  return el(
    'text',
    {
      x,
      y,
      'font-family': turns ? faces.arabic : /\p{Script=Ethiopic}/u.test(text) ? faces.ethiopic : null,
      'font-size': size,
      'text-anchor': anchor === 'start' ? null : anchor,
      fill,
      'font-weight': weight === 600 ? 600 : null,
      'font-style': italic && !turns ? 'italic' : null,
      stroke: behind,
      'stroke-width': behind ? size / 4 : null,
      'stroke-linejoin': behind ? 'round' : null,
      'paint-order': behind ? 'stroke' : null,
    },
    turns ? `${opens}${text}${ends}` : text,
  );
}

/** About how wide a text is set, in the units of its size: measured on the faces of the house, a little generous. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const sign of text)
    width += /[\u1200-\u137f]/.test(sign)
      ? 0.72
      : /[\p{Lu}mwMW@%&—…]/u.test(sign)
        ? 0.68
        : /[ iljtfrI.,:;'’!|()\u0621-\u0630]/.test(sign)
          ? 0.33
          : /\p{M}/u.test(sign)
            ? 0
            : 0.53;
  return width * size;
}

/** A text cut into lines of at most so wide, at most so many; what does not fit ends in an ellipsis. */
export function linesOf(text: string, wide: number, size: number, most = 3): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer, size) <= wide) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.slice(0, most).map((line) => cut(line, wide, size));
  if (lines.length > most)
    kept[most - 1] = cut(`${lines[most - 1] ?? ''} ${lines[most] ?? ''}`, wide, size, true);
  return kept;
}

function cut(line: string, wide: number, size: number, goesOn = false): string {
  if (!goesOn && widthOf(line, size) <= wide) return line;
  const signs = [...line];
  while (signs.length > 1 && widthOf(`${signs.join('')}…`, size) > wide) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** Lines under each other, the first at `y`. */
export const lines = (
  x: number,
  y: number,
  told: readonly string[],
  look: Look = {},
  leading = 1.3,
): string => told.map((line, at) => words(x, y + at * (look.size ?? 15) * leading, line, look)).join('');

/** Where things stand for who reads from left to right or from right to left. */
export function side(direction: 'ltr' | 'rtl', width = across) {
  const rtl = direction === 'rtl';
  return {
    x: (at: number) => (rtl ? width - at : at),
    begin: rtl ? ('end' as const) : ('start' as const),
    end: rtl ? ('start' as const) : ('end' as const),
  };
}

/** The whole drawing: it holds no style, no script, and nothing from outside. */
export function svg(
  size: { readonly width: number; readonly height: number; readonly direction: 'ltr' | 'rtl' },
  title: string,
  ...inside: readonly string[]
): string {
  const [w, h] = [Math.ceil(size.width), Math.ceil(size.height)];
  const drawn = el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${w} ${h}`,
      width: w,
      height: h,
      'font-family': "'Source Sans 3', sans-serif",
      fill: ink.deep,
    },
    el('title', {}, escaped(title)),
    el('rect', { width: w, height: h, rx: 16 * (w / across), fill: ink.ground }),
    ...inside,
  );
  return drawn.replaceAll(ofTheDrawing, size.direction === 'rtl' ? fromRight : '\u202a');
}

/** A stone at a spot, a little wider than high. */
export const pebble = (x: number, y: number, r: number, attributes: Attributes): string =>
  el('ellipse', { cx: x, cy: y, rx: r * 1.08, ry: r * 0.92, ...attributes });
