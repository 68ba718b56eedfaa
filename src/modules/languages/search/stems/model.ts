import { fold } from '../model.ts';

const dictionaries: Readonly<Record<string, string>> = {
  nl: 'dutch',
  en: 'english',
  de: 'german',
  fr: 'french',
  tr: 'turkish',
  es: 'spanish',
  it: 'italian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  da: 'danish',
  sv: 'swedish',
  no: 'norwegian',
  fi: 'finnish',
  hu: 'hungarian',
  el: 'greek',
  hi: 'hindi',
  id: 'indonesian',
  ga: 'irish',
  lt: 'lithuanian',
  ne: 'nepali',
  sr: 'serbian',
  ta: 'tamil',
  hy: 'armenian',
  eu: 'basque',
  ca: 'catalan',
  et: 'estonian',
  yi: 'yiddish',
};

/** The Snowball dictionary of PostgreSQL for a language, or null where this house stems itself or not at all. */
export function dictionaryOf(language: string): string | null {
  const name = dictionaries[language];
  return name ? `${name}_stem` : null;
}

/** The first fitting ending goes, as long as `keep` letters stay. */
function without(word: string, endings: readonly string[], keep: number): string {
  const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= keep);
  return ending ? word.slice(0, -ending.length) : word;
}

function withoutStart(word: string, starts: readonly string[], keep: number): string {
  const start = starts.find((each) => word.startsWith(each) && word.length - each.length >= keep);
  return start ? word.slice(start.length) : word;
}

// After the light10 stemmer (Larkey, Ballesteros and Connell 2007): article and conjunction, then one or two endings.
function arabic(word: string): string {
  const bare = withoutStart(word, ['وبال', 'ولل', 'وال', 'فال', 'بال', 'كال', 'ال', 'لل'], 2);
  const start = bare === word ? withoutStart(word, ['و'], 3) : bare;
  return without(without(start, ['ها', 'هم', 'ان', 'ات', 'ون', 'ين', 'يه'], 3), ['ي', 'ه', 'ت'], 3);
}

function persian(word: string): string {
  const bare = withoutStart(word, ['نمي', 'مي'], 3);
  const one = without(
    bare,
    ['هايشان', 'هايتان', 'هايمان', 'هايي', 'هايم', 'هايش', 'هاي', 'ها', 'ترين', 'تر'],
    2,
  );
  return without(without(one, ['گان', 'گي', 'ان', 'ات', 'ين'], 3), ['ي', 'ه'], 3);
}

// Folding has already made й into и and ї into і.
const ukrainianEndings = [
  'остями',
  'остям',
  'остях',
  'остеи',
  'істю',
  'ості',
  'ість',
  'ували',
  'увати',
  'ювати',
  'ування',
  'ються',
  'ється',
  'еться',
  'аться',
  'ятися',
  'атися',
  'итися',
  'ованою',
  'ими',
  'іми',
  'ого',
  'ому',
  'ами',
  'ями',
  'ові',
  'еві',
  'єві',
  'ією',
  'ать',
  'ять',
  'уть',
  'ють',
  'ити',
  'ати',
  'яти',
  'оі',
  'іи',
  'ии',
  'ою',
  'ею',
  'єю',
  'ах',
  'ях',
  'ам',
  'ям',
  'ом',
  'ем',
  'єм',
  'ів',
  'еи',
  'их',
  'іх',
  'им',
  'ім',
  'ую',
  'юю',
  'ть',
  'ти',
  'ів',
  'ії',
  'іі',
  'ія',
  'ію',
  'іє',
  'а',
  'о',
  'у',
  'е',
  'и',
  'і',
  'ю',
  'я',
  'є',
  'ь',
];

function ukrainian(word: string): string {
  const stem = without(without(word, ['ся', 'сь'], 4), ukrainianEndings, 3);
  // біженець and біженці, зв'язок and зв'язки: the vowel comes and goes.
  return stem
    .replace(/ец$/u, 'ц')
    .replace(/(?<=.{2})ок$/u, 'к')
    .replace(/нн$/u, 'н');
}

function tigrinya(word: string): string {
  const bare = withoutStart(word, ['ንዝ', 'ብዝ', 'ካብ', 'ከም', 'እን', 'ን', 'ብ', 'ዝ'], 3);
  return without(without(bare, ['ን', 'ና', 'ውን'], 3), ['ታት', 'ኦም', 'ዮም', 'ቶም', 'ኦች', 'ዎች', 'ት'], 2);
}

const light: Readonly<Record<string, (word: string) => string>> = {
  ar: arabic,
  fa: persian,
  uk: ukrainian,
  ti: tigrinya,
  am: tigrinya,
};

/** The stem of a folded word by this house's own light rules; the word itself where it has none. */
export function lightStem(folded: string, language: string): string {
  return light[language]?.(folded) ?? folded;
}

// huizen and huis, brieven and brief: Dutch hardens at the end of a word, and the dictionary does not know.
const hardened: Readonly<Record<string, string>> = { z: 's', v: 'f' };

/** A stem that a dictionary gave, as it is compared. */
export function foldedStem(stem: string, language: string): string {
  const folded = fold(stem) || stem;
  return language === 'nl' ? folded.replace(/(?<=.{2})[zv]$/u, (last) => hardened[last] ?? last) : folded;
}
