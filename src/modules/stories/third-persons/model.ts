import type { Block, Doc, Inline } from '../document/model.ts';
import type { FlagKind } from '../model.ts';

/** Where someone else may be named in a text, counted in UTF-16. */
export interface Found {
  readonly kind: FlagKind;
  readonly start: number;
  readonly end: number;
}

/** Words of a draft, with where someone else may be named in them and what the teller answered. */
export interface FlaggedText {
  /** The block; for the title, the telling itself. */
  readonly block: string;
  readonly language: string;
  readonly text: string;
  readonly flags: readonly Flag[];
}

export interface Flag {
  readonly id: string;
  readonly kind: FlagKind;
  readonly start: number;
  readonly end: number;
  readonly kept: boolean;
}

/** The digits of Arabic and Persian keyboards as Latin ones; every sign stays one sign, so that places keep counting. */
const latin = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** IBAN by ISO 13616: the first four signs to the end, letters as numbers, and then the rest of dividing by 97 is 1. */
export function isIban(text: string): boolean {
  const bare = text.replace(/[\s.-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(bare)) return false;
  const turned = bare.slice(4) + bare.slice(0, 4);
  const rest = [...turned].reduce((left, sign) => {
    const value = Number.parseInt(sign, 36);
    return (left * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
  return rest === 1;
}

/** BSN by the eleven test: nine digits, weighed 9 down to 2 and the last one -1, add up to a multiple of 11. */
export function isBsn(text: string): boolean {
  const digits = digitsOf(text).padStart(9, '0');
  if (digits.length !== 9 || /^(\d)\1*$/.test(digits)) return false;
  const sum = [...digits].reduce((all, digit, at) => all + Number(digit) * (at === 8 ? -1 : 9 - at), 0);
  return sum % 11 === 0;
}

const name = "\\p{Lu}[\\p{L}\\p{M}’'-]{1,40}";
const between = '(?:(?:van|von|de|den|der|del|di|da|el|al|ten|ter|bin|ibn|abu)\\s+){0,3}';
const latinName = `${name}(?:\\s+${between}${name}){0,2}`;
// Words that stand before who is meant: family, neighbours, who decides about people; and what says that a name follows.
const whose =
  "(?:mijn|m’n|m'n|zijn|haar|hun|onze|ons|je|jouw|my|his|her|their|our|your|de|het|een|the|a|mon|ma|notre|votre|benim)";
const kin =
  '(?:broer(?:tje)?|zus(?:je|ter)?|moeder|vader|man|vrouw|zoon|dochter|oom|tante|neef|nicht|opa|oma|buurman|buurvrouw|buren|vriend|vriendin|collega|baas|chef|docent|docente|lerares|leraar|juf|meester|begeleider|begeleidster|contactpersoon|klantmanager|advocaat|advocate|huisarts|dokter|coach|maatje|vrijwilliger|vrijwilligster|' +
  'brother|sister|mother|father|husband|wife|son|daughter|uncle|aunt|cousin|nephew|niece|grandmother|grandfather|neighbour|neighbor|friend|colleague|boss|teacher|lawyer|doctor|caseworker|buddy|volunteer|contact|frère|sœur|mère|père|mari|femme|fils|fille|ami|amie|voisin|voisine|kardeşim|abim|ablam|annem|babam|eşim|arkadaşım|komşum)';
const titles =
  '(?:mevrouw|mevr\\.|mw\\.|meneer|dhr\\.|de heer|dokter|dr\\.|mr\\.|mrs\\.|ms\\.|miss|mister|sir|aunt|uncle|oom|tante|juf|meester|monsieur|madame|imam|dominee|pastoor|sheikh)';
const named =
  '(?:heet|heette|heten|genaamd|noemen we|noemde ik|named|called|is called|whose name (?:is|was)|nickname|s’appelle|adında|adlı)';

const arabicWord = '[\\u0621-\\u064a\\u064b-\\u0652\\u066e-\\u06d3\\u0750-\\u077f\\u200c]{2,}';
// 'my brother', 'her neighbour', 'the teacher', 'whose name is', in Arabic and in Persian.
const arabicKin =
  '(?:أخي|اخي|أختي|اختي|أمي|امي|أبي|ابي|والدي|والدتي|زوجي|زوجتي|ابني|إبني|ابنتي|بنتي|عمي|عمتي|خالي|خالتي|جدي|جدتي|جاري|جارتي|جارنا|جارتنا|صديقي|صديقتي|صديقنا|زميلي|زميلتي|مديري|مديرتي|معلمتي|معلمي|أخوه|أخوها|أخته|أختها|صديقه|صديقها|السيد|السيدة|الدكتور|الدكتورة|الأستاذ|الأستاذة|المعلمة|المحامي|المحامية|اسمه|اسمها|إسمه|إسمها|يدعى|تدعى|يسمى|تسمى|برادرم|خواهرم|مادرم|پدرم|همسرم|شوهرم|پسرم|دخترم|عمویم|خاله‌ام|دوستم|همسایه‌ام|همکارم|آقای|خانم|اسمش|نامش)';
const cyrillicKin =
  "(?:мій|моя|моєї|моїй|моєму|мого|мою|наш|наша|його|її|їхня|їхній)\\s+(?:брат|сестра|мама|тато|мати|батько|чоловік|дружина|син|дочка|донька|дядько|тітка|друг|подруга|сусід|сусідка|колега|вчителька|вчитель|начальник|бабуся|дідусь|брата|сестру|сестри|подругу|подруги|друга|сусідку|сусіда)|пан|пані|лікар|лікарка|на ім[’']я|звати|звали";
const ethiopicKin =
  '(?:ሓወይ|ሓፍተይ|ኣደይ|ኣቦይ|ሰብኣየይ|በዓል ቤተይ|በዓልቲ ቤተይ|ወደይ|ጓለይ|ኣኮይ|ሓትኖይ|ዓርከይ|ዓርክተይ|ጎረቤተይ|መማህርተይ|መምህረይ|ኣያይ|ኣቶ|ወይዘሮ|ወ/ሮ|ስሙ|ስማ|ዝበሃል|እትበሃል)';

/** What a name is made of after each kind of word that announces one. */
const announced: readonly RegExp[] = [
  new RegExp(`(?<!\\p{L})(?i:${whose})\\s+(?:\\p{Ll}+\\s+)?(?i:${kin})\\s*,?\\s+(?<who>${latinName})`, 'gu'),
  new RegExp(`(?<!\\p{L})(?i:${kin}|${titles})\\s+(?<who>${between}${latinName})`, 'gu'),
  new RegExp(`(?<!\\p{L})${named}\\s+(?<who>${latinName})`, 'gu'),
  new RegExp(`(?<!\\p{L})(?:و)?${arabicKin}\\s*[،,:]?\\s+(?<who>${arabicWord})`, 'gu'),
  new RegExp(`(?<!\\p{L})(?i:${cyrillicKin})\\s*,?\\s+(?<who>${name}(?:\\s+${name}){0,2})`, 'gu'),
  new RegExp(`(?<!\\p{L})${ethiopicKin}\\s+(?<who>[\\u1200-\\u135a]{2,})`, 'gu'),
  // A name that calls itself one: a first name, what stands between, and a last name; or an initial and a last name.
  new RegExp(
    `(?<!\\p{L})(?<who>(?:${name}|\\p{Lu}\\.)\\s*(?:van der|van den|van de|van|de|den|der|ten|ter|el|al|von|bin|ibn)\\s+${name})`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})(?<who>(?:\\p{Lu}\\.\\s?){1,3}${name})`, 'gu'),
];
// What a sentence goes on with after 'my brother', and what begins like a name but is a place or a house of all.
const noName =
  /^(?:ik|hij|zij|ze|we|wij|en|maar|toen|het|de|een|i|he|she|they|we|it|and|but|then|when|who|the|that|في|من|على|إلى|الى|كان|كانت|قال|قالت|هو|هي|لم|لا|التي|الذي|الى|عن|مع|ثم|كل|بعد|قبل|أن|و|که|در|به|از|با|را|است|بود|den haag|den bosch|den helder|rode kruis)$/iu;
const placeLike = /^(?:Den|Het|De|Nieuwe|Oude|Rode|Stichting|Wijk|Plein|Huis|Centrum)\s/u;

interface Pattern {
  readonly kind: FlagKind;
  readonly shape: RegExp;
  readonly holds?: (exact: string) => boolean;
}

const isDayWritten = /^\d{1,2}([-./])\d{1,2}\1\d{4}/;
const streetEnd =
  '(?:straat|laan|weg|plein|gracht|kade|dijk|singel|steeg|pad|hof|plantsoen|dreef|markt|park|boulevard|ring|allee|baan|wal|haven|burg|kamp|veld|oord|brink)';

// Firmest first: what one of these took, none after it takes again.
const patterns: readonly Pattern[] = [
  {
    kind: 'mail',
    shape: /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/gu,
  },
  {
    kind: 'mail',
    shape:
      /(?<![\p{L}\p{N}])[\w.+-]{1,64}\s?(?:\(at\)|\[at\]|\s(?:at|apenstaartje)\s)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]|\s(?:dot|punt)\s)\s?[\w-]{2,24}){1,3}/giu,
  },
  {
    kind: 'iban',
    shape: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}(?![A-Z0-9])/gi,
    holds: isIban,
  },
  {
    kind: 'bsn',
    shape:
      /(?<![\d+-])\d{4}[ .-]?\d{2}[ .-]?\d{3}(?![\d-])|(?<![\d+-])\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![\d-])|(?<![\d+-])\d{2}[ .]\d{3}[ .]\d{3}(?![\d-])/g,
    holds: isBsn,
  },
  {
    kind: 'phone',
    shape:
      /(?<![\p{L}\p{N}])(?:\+|00)\d{1,3}(?:[\s./()-]{0,3}\d){6,12}(?!\d)|(?<![\p{L}\p{N}+])\(?0\d{1,3}\)?(?:[\s./-]{0,3}\d){6,9}(?!\d)/gu,
    holds: (exact) =>
      /^\d{9,16}$/.test(digitsOf(exact)) && !/^0+$/.test(digitsOf(exact)) && !isDayWritten.test(exact),
  },
  {
    kind: 'address',
    shape: new RegExp(
      `(?<!\\p{L})(?:\\p{Lu}[\\p{L}’'.-]{0,40}\\s+){0,3}\\p{Lu}[\\p{L}’'-]{0,40}${streetEnd}\\s+\\d{1,4}(?:\\s?[a-zA-Z](?![\\p{L}])|-\\d{1,3})?(?!\\d)|(?<!\\p{L})\\p{Lu}[\\p{L}’'-]{1,40}\\s+(?:${streetEnd}|Street|Road|Lane|Avenue)\\s+\\d{1,4}(?!\\d)`,
      'gu',
    ),
  },
  { kind: 'postcode', shape: /(?<![\p{L}\p{N}])[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}(?![\p{L}\p{N}])/gu },
];

/**
 * Where a text may name someone else: phone numbers, mail addresses, bank accounts (mod 97), citizen numbers (eleven test), Dutch
 * addresses and postcodes, and names where a word before them announces one. In order, without overlap. Names are a best effort.
 */
export function othersIn(text: string): Found[] {
  const read = latin(text);
  const found: Found[] = [];
  const isFree = (start: number, end: number) => found.every((one) => end <= one.start || start >= one.end);
  for (const { kind, shape, holds } of patterns)
    for (const { 0: exact, index } of read.matchAll(shape)) {
      const longest = kind === 'iban' ? longestIban(exact) : holds?.(exact) === false ? null : exact;
      if (longest && isFree(index, index + longest.length))
        found.push({ kind, start: index, end: index + longest.length });
    }
  for (const shape of announced)
    for (const match of read.matchAll(shape)) {
      const who = match.groups?.who ?? '';
      const start = match.index + match[0].length - who.length;
      if (noName.test(who) || placeLike.test(who)) continue;
      if (isFree(start, start + who.length)) found.push({ kind: 'name', start, end: start + who.length });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** A bank account at the beginning of what looks like one: the words after it may look like more of it. */
function longestIban(exact: string): string | null {
  for (let end = exact.length; end >= 15; end--)
    if (isIban(exact.slice(0, end)) && /\w$/.test(exact.slice(0, end))) return exact.slice(0, end);
  return null;
}

/** A piece of words without what stands from `start` to `end`, and with other words there; marks stay on the words around it. */
function put(words: readonly Inline[], start: number, end: number, other: string): Inline[] {
  let at = 0;
  let placed = false;
  return words
    .flatMap((inline): Inline[] => {
      const [from, to] = [at, at + inline.text.length];
      at = to;
      if (to <= start || from >= end) return [inline];
      const before = inline.text.slice(0, Math.max(0, start - from));
      const after = inline.text.slice(Math.max(0, end - from));
      const text = before + (placed ? '' : other) + after;
      placed = true;
      return [{ ...inline, text }];
    })
    .filter(({ text }) => text !== '');
}

/** A document in which other words stand in one place of one block, counted in UTF-16 as the words of the block are. */
export function reworded(doc: Doc, id: string, start: number, end: number, other: string): Doc {
  const inBlock = (block: Block): Block => {
    if (block.attrs.id !== id) return block;
    const within = (text: string) => text.slice(0, start) + other + text.slice(end);
    switch (block.type) {
      case 'image':
        return { ...block, attrs: { ...block.attrs, alt: within(block.attrs.alt) || '…' } };
      case 'moment':
        return { ...block, attrs: { ...block.attrs, title: within(block.attrs.title).slice(0, 200) } };
      case 'voice':
        return block;
      case 'list': {
        let at = 0;
        const content = block.content.map((item) => {
          const from = at;
          at += (item.content ?? []).map(({ text }) => text).join('').length + 1;
          return start >= from && end < at
            ? { ...item, content: put(item.content ?? [], start - from, end - from, other) }
            : item;
        });
        return { ...block, content };
      }
      default:
        return { ...block, content: put(block.content ?? [], start, end, other) };
    }
  };
  return { type: 'doc', content: doc.content.map(inBlock) };
}
