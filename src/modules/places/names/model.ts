// Letters that people exchange when they write a name from memory or on another keyboard.
const sameLetters: readonly (readonly [RegExp, string])[] = [
  [/[أإآٱا]/g, 'ا'],
  [/[ىیئي]/g, 'ي'],
  [/[ؤو]/g, 'و'],
  [/[ةۀەهھ]/g, 'ه'],
  [/[کك]/g, 'ك'],
  // Arabic has no g of its own: Groningen is written with kh, gh, j or the Persian gaf.
  [/[غخجگڭ]/g, 'خ'],
  [/[پب]/g, 'ب'],
  [/[ڤف]/g, 'ف'],
  // A Russian or a Ukrainian keyboard.
  [/[ґ]/g, 'г'],
  [/[іы]/g, 'и'],
  [/[эє]/g, 'е'],
  [/ß/g, 'ss'],
  [/ø/g, 'o'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
  [/đ/g, 'd'],
  [/ł/g, 'l'],
  [/ı/g, 'i'],
];

// Ge'ez has rows of letters that sound alike today; each row has seven vowels in the same order.
const geezRows: readonly (readonly [number, number])[] = [
  [0x1210, 0x1200],
  [0x1280, 0x1200],
  [0x1220, 0x1230],
  [0x12d0, 0x12a0],
  [0x1340, 0x1338],
];

function plainGeez(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const row = geezRows.find(([from]) => code >= from && code < from + 7);
  return row ? String.fromCodePoint(row[1] + code - row[0]) : letter;
}

/**
 * A name as it is compared: small letters and digits only, without accents, vowel signs, spaces, hyphens,
 * apostrophes or the spelling habits of its script. Gives '' where nothing can be compared.
 */
export function folded(name: string): string {
  let plain = name.normalize('NFKD').toLowerCase();
  plain = plain.replace(/[\p{M}\u0640]/gu, '');
  for (const [letters, one] of sameLetters) plain = plain.replace(letters, one);
  plain = plain.replace(/[\u1200-\u1357]/g, plainGeez);
  return plain.replace(/[^\p{L}\p{N}]/gu, '');
}

// What people put before a name when they say where they are.
const titles = [
  'gemeente',
  'provincie',
  'municipality of',
  'province of',
  'city of',
  'stad',
  'بلدية',
  'مدينة',
  'شهر',
  'місто',
];

/** The words as asked, and once more without 'gemeente', 'provincie' and the like before them. */
export function askedNames(words: string): readonly string[] {
  const bare = words.trim().toLowerCase();
  const title = titles.find((each) => bare.startsWith(`${each} `));
  return [words, ...(title ? [words.trim().slice(title.length + 1)] : [])]
    .map(folded)
    .filter((name) => name !== '');
}

/** Letters to add, drop, change, or swap with a neighbour to turn one word into the other (optimal string alignment). */
export function lettersApart(a: string, b: string): number {
  const from = [...a];
  const to = [...b];
  let twoBack: number[] = [];
  let before = to.map((_, at) => at + 1);
  before.unshift(0);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let least = Math.min(
        (before[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (before[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, (twoBack[j - 2] ?? 0) + 1);
      row.push(least);
    }
    twoBack = before;
    before = row;
  }
  return before[to.length] ?? 0;
}
