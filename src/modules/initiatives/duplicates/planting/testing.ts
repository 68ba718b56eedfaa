import type { Row } from '../../testing.ts';

/** Draws numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Draw = () => number;
const one = <Thing>(draw: Draw, things: readonly Thing[]): Thing =>
  things[Math.floor(draw() * things.length)] as Thing;
const shuffled = <Thing>(draw: Draw, things: readonly Thing[]): Thing[] =>
  things
    .map((thing) => [draw(), thing] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, thing]) => thing);

// How someone writes a Dutch name by ear in their own letters; where habits differ one is drawn. Longest first.
const pens: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  ar: pairs(`sch=سخ,سك ch=خ,ش sh=ش oe=و ou=او,و ij=اي ei=اي ee=ي,ي oo=و aa=ا uu=و ie=ي eu=و th=ت,ث ph=ف ng=نغ,نج
    a=ا,ا, b=ب c=ك d=د e=ي,, f=ف g=غ,خ,ج h=ه i=ي j=ي,ج k=ك l=ل m=م n=ن o=و p=ب q=ك r=ر s=س t=ت u=و,ي v=ف w=و,ف x=كس y=ي z=ز`),
  fa: pairs(`sch=سخ ch=خ,چ sh=ش oe=و ou=او ij=ای ei=ای ee=ی,ی oo=و aa=ا uu=و ie=ی eu=و th=ت ph=ف ng=نگ
    a=ا,ا, b=ب c=ک d=د e=,,ی f=ف g=گ,خ h=ه i=ی j=ی,ج k=ک l=ل m=م n=ن o=و,ا p=پ q=ک r=ر s=س t=ت u=و v=و,ف w=و x=کس y=ی z=ز`),
  uk: pairs(`sch=сх,ш ch=х,ч sh=ш oe=у ou=ау ij=ей,ай ei=ей ee=е,еє oo=о,оо aa=а,аа uu=ю ie=і eu=е th=т ph=ф ng=нг
    a=а b=б c=к d=д e=е f=ф g=г,х h=г,х i=і,и j=й k=к l=л,ль m=м n=н o=о p=п q=к r=р s=с t=т u=у,ю v=в w=в x=кс y=і z=з`),
  el: pairs(`sch=σχ ch=χ,τσ sh=σ oe=ου ou=αου ij=έι ei=έι ee=έ,ι oo=ο aa=α uu=ου ie=ι eu=ε th=τ,θ ph=φ ng=νγκ
    a=α b=μπ c=κ d=ντ e=ε f=φ g=γκ,χ h=χ i=ι j=γι k=κ l=λ m=μ n=ν o=ο p=π q=κ r=ρ s=σ t=τ u=ου v=β w=ου,β x=ξ y=ι z=ζ`),
};

function pairs(text: string): [string, string[]][] {
  return text.split(/\s+/).map((pair) => {
    const [written = '', ways = ''] = pair.split('=');
    return [written, ways.split(',')];
  });
}

const geezConsonants: Readonly<Record<string, number>> = Object.fromEntries(
  'h=1200 l=1208 m=1218 r=1228 s=1230 q=1240 b=1260 v=1268 t=1270 n=1290 k=12a8 w=12c8 z=12d8 y=12e8 j=12e8 d=12f0 g=1308 p=1350 f=1348 c=12a8 x=12ad'
    .split(' ')
    .map((pair) => [pair.split('=')[0] ?? '', Number.parseInt(pair.split('=')[1] ?? '', 16)]),
);
const geezVowels: Readonly<Record<string, number>> = { a: 3, e: 4, i: 2, o: 6, u: 1, y: 2 };

function inGeez(word: string): string {
  const plain = word
    .replace(/sch/g, 'sk')
    .replace(/ch/g, 'k')
    .replace(/oe/g, 'u')
    .replace(/ij|ie/g, 'i')
    .replace(/([a-z])\1/g, '$1');
  let written = '';
  for (let at = 0; at < plain.length; at++) {
    const [letter, next] = [plain[at] ?? '', plain[at + 1] ?? ''];
    const row = geezConsonants[letter];
    if (row === undefined) {
      if (letter in geezVowels) written += String.fromCharCode(0x12a0 + (geezVowels[letter] ?? 0));
      continue;
    }
    const vowel = next === 'j' ? undefined : geezVowels[next];
    written += String.fromCharCode(row + (vowel ?? 5));
    if (vowel !== undefined) at++;
  }
  return written;
}

/** A Latin name as someone would write it by ear in Arabic (ar), Persian (fa), Ukrainian (uk), Greek (el) or Ge'ez (ti) letters. */
export function byEar(name: string, language: 'ar' | 'fa' | 'uk' | 'el' | 'ti', draw: Draw): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[a-z]+|\d+/g) ?? [])
    .map((word) => {
      if (/\d/.test(word)) return word;
      if (language === 'ti') return inGeez(word);
      let rest = word;
      let written = '';
      while (rest !== '') {
        const [letters, ways] = pens[language]?.find(([start]) => rest.startsWith(start)) ?? ['?', ['']];
        // A word that begins with a vowel shows it, whatever the habit.
        written += one(draw, written === '' ? ways.filter((way) => way !== '') : ways) ?? '';
        rest = rest.slice(letters.length);
      }
      return written;
    })
    .filter(Boolean)
    .join(' ');
}

/** The same name under another legal form, as a chamber of commerce, a translator or a neighbour writes it. */
function inOtherForm(name: string, draw: Draw): string {
  const bare = name
    .replace(/^(stichting|vereniging|de|het)\s+/i, '')
    .replace(/\s+(foundation|stichting)$/i, '');
  return one(draw, [
    `Stichting ${bare}`,
    `${bare} Foundation`,
    `St. ${bare}`,
    `Vereniging ${bare}`,
    `Coöperatie ${bare} U.A.`,
    `${bare} e.V.`,
    `${bare} (stichting)`,
    `${bare} Association`,
  ]);
}

/** One or two slips of a hand: a letter dropped, doubled, swapped or another vowel; short names are left as they are. */
function mistyped(name: string, draw: Draw): string {
  let typed = name;
  for (let slips = name.length < 8 ? 0 : name.length < 14 ? 1 : 2; slips > 0; slips--) {
    const at = 1 + Math.floor(draw() * (typed.length - 2));
    const letter = typed[at] ?? '';
    typed = one(draw, [
      () => typed.slice(0, at) + typed.slice(at + 1),
      () => typed.slice(0, at) + letter + typed.slice(at),
      () => typed.slice(0, at) + (typed[at + 1] ?? '') + letter + typed.slice(at + 2),
      () =>
        typed.slice(0, at) +
        typed.slice(at).replace(/[aeiou]/, (vowel) =>
          one(
            draw,
            ['a', 'e', 'i', 'o'].filter((other) => other !== vowel),
          ),
        ),
    ])();
  }
  return typed;
}

/** A point so many metres from another, in a direction that is drawn. */
function movedBy(metres: number, { lat, lon }: { lat: number; lon: number }, draw: Draw) {
  const bearing = draw() * 2 * Math.PI;
  const degrees = metres / 111_195;
  return {
    lat: lat + degrees * Math.cos(bearing),
    lon: lon + (degrees * Math.sin(bearing)) / Math.cos((lat * Math.PI) / 180),
  };
}

export interface Planted {
  readonly row: Row;
  readonly copyOf: string;
  readonly way: 'other script' | 'moved 80 m' | 'other legal form';
}

export interface FieldRow extends Row {
  readonly name: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly website: string | null;
}

/**
 * Near-copies of as many different entries, as someone who did not look first would add them: a third with the name in
 * another script, a third 80 metres further with slips of the hand, a third with another legal form. Four in ten name the site.
 */
export function plantCopies(rows: readonly FieldRow[], count: number, draw: Draw): Planted[] {
  const ways = ['other script', 'moved 80 m', 'other legal form'] as const;
  return shuffled(
    draw,
    rows.filter((row) => row.lat !== null),
  )
    .slice(0, count)
    .map((row, at) => {
      const way = ways[at % ways.length] as Planted['way'];
      const name =
        way === 'other script'
          ? byEar(row.name, one(draw, ['ar', 'fa', 'uk', 'el', 'ti'] as const), draw)
          : way === 'moved 80 m'
            ? mistyped(row.name, draw)
            : inOtherForm(row.name, draw);
      const place =
        way === 'moved 80 m' && row.lat !== null && row.lon !== null
          ? movedBy(80, { lat: row.lat, lon: row.lon }, draw)
          : {};
      const site =
        draw() < 0.4 && row.website
          ? {
              website: one(draw, [
                row.website,
                `${row.website.replace(/\/$/, '')}/`,
                row.website.replace('https://', 'http://'),
                row.website.replace('://', '://www.').replace('www.www.', 'www.'),
              ]),
            }
          : { website: null };
      return {
        row: {
          ...row,
          id: `copy-${at}`,
          name,
          aka: [],
          sources: ['https://example.org/copy'],
          ...place,
          ...site,
        },
        copyOf: row.id,
        way,
      };
    });
}

/** Entries that look alike and are not one: branches of one organisation, the same sort in many towns, neighbours under one roof. */
export function plantBranches(draw: Draw): Row[] {
  const towns = [
    'Ede',
    'Tiel',
    'Zutphen',
    'Meppel',
    'Hoorn',
    'Roosendaal',
    'Venlo',
    'Gouda',
    'Leiden',
    'Emmen',
  ];
  const branch = (id: string, name: string, municipality: string, more: object = {}): Row => ({
    id,
    name,
    municipality,
    province: null,
    ...more,
  });
  return towns.flatMap((town, at) => {
    const slug = town.toLowerCase();
    return [
      branch(`vw-${slug}`, `VluchtelingenWerk ${town}`, town, {
        website: `https://www.vluchtelingenwerk.nl/${slug}`,
      }),
      branch(`tc-${slug}`, at % 2 ? 'Taalcafé' : `Taalcafé ${town}`, town),
      branch(
        `tc2-${slug}`,
        one(draw, ['Taalcafé De Brug', 'Taalcafé Bibliotheek', 'Taalcafé Buurthuis Oost']),
        town,
      ),
      branch(`th-${slug}`, `Taalhuis ${town}`, town),
      branch(`wk-${slug}`, `Welkom in ${town}`, town, { website: `https://facebook.com/welkomin${slug}` }),
      branch(`pr-${slug}`, `Stichting Present ${town}`, town, {
        website: `https://stichtingpresent.nl/${slug}`,
      }),
    ];
  });
}
