import { heard, inLatin } from '#modules/languages/latin/model.ts';
import { scriptOf, type Script } from '#modules/languages/search/scripts/model.ts';
import { lettersApart } from '#modules/places/names/model.ts';

/** Names of places in Latin letters, in any spelling, with the one name each place is compared by. */
export type PlaceWords = ReadonlyMap<string, string>;

/** A name as it is compared, without its legal form and small words. */
export interface ComparedName {
  readonly script: Script;
  /** What is left of it, as it was written. */
  readonly whole: readonly string[];
  /** The same without the places in it. */
  readonly words: readonly string[];
  /** The places it names, each by the one name it is compared by. */
  readonly places: readonly string[];
}

const wordsIn = (...lines: readonly string[]) => new Set(lines.flatMap((line) => inLatin(line).split(/\s+/)));

// What a notary or a translator adds, in the languages the field is written in.
const legalForms = wordsIn(
  'stichting sticht st vereniging ver cooperatie coop cooperative co-op bv nv vof ua ev vzw asbl anbi ngo gmbh ltd inc',
  'foundation association society fondation vakfi vakif dernegi dernek',
  'مؤسسة منظمة جمعية المؤسسة المنظمة الجمعية بنیاد انجمن سازمان',
  'фонд фундація організація асоціація спілка ማሕበር ውድብ ίδρυμα σύλλογος',
);
const smallWords = wordsIn(
  'de het een der den van voor in te en of aan op bij met uit om tot the a an and for at on by with to la le les et du des',
  've için من في و ل به در для та і в на з',
  'nederland nederlandse netherlands dutch nl holland pays-bas',
);
// Words that many initiatives bear as their only own word: alone they say what it is, not which one.
const sorts = wordsIn(
  'taalcafe taalhuis taalpunt taalmaatjes taalles vluchtelingenwerk vluchtelingen welkom welcome thuis samen',
  'gemeente provincie diaconie wereldhuis weekendschool buurthuis wijkcentrum inloophuis ontmoeting platform',
  'netwerk network werkgroep initiatief burgerinitiatief noodopvang opvang azc kledingbank voedselbank maatjesproject',
  'buddyproject buddy maatjes steunpunt vrijwilligerscentrale bibliotheek welzijn refugees refugee kerk moskee school',
);
const directions = wordsIn(
  'noord oost zuid west midden centrum noordoost noordwest zuidoost zuidwest north east south',
);

/** The parts of a name that are compared, one for each script it is written in; empty when nothing can be compared. */
export function comparedNames(name: string, places: PlaceWords): ComparedName[] {
  // Written with full stops these are one word: e.V., B.V.
  const plain = name
    .normalize('NFC')
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, (word) => word.replaceAll('.', ''));
  const inScripts = new Map<Script, string[]>();
  let script: Script | undefined;
  for (const word of plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []) {
    // A number belongs to what is written around it.
    script = /\p{L}/u.test(word) ? scriptOf(word) : (script ?? scriptOf(plain));
    const latin = inLatin(word).replace(/[^\p{L}\p{N}]/gu, '');
    if (latin !== '') inScripts.set(script, [...(inScripts.get(script) ?? []), latin]);
  }
  return [...inScripts].flatMap(([script, words]) => {
    const parts = partsOf(words, script, places);
    return parts.whole.length > 0 ? { script, ...parts } : [];
  });
}

type Parts = Pick<ComparedName, 'whole' | 'words' | 'places'>;

function partsOf(written: readonly string[], script: Script, places: PlaceWords): Parts {
  const parts = { whole: [] as string[], words: [] as string[], places: [] as string[] };
  for (let at = 0; at < written.length;) {
    const run = (length: number) => written.slice(at, at + length).join(' ');
    const longest = [4, 3, 2, 1].find((length) => at + length <= written.length && places.has(run(length)));
    const word = (written[at] ?? '').replace(
      /^(stichting|vereniging)(?=.{4})|(?<=.{4})(foundation|stichting)$/,
      '',
    );
    const place = longest ? places.get(run(longest)) : directions.has(word) ? word : undefined;
    const taken = written.slice(at, at + (longest ?? 1));
    if (place !== undefined) {
      parts.places.push(place);
      parts.whole.push(...taken);
    } else if (!isFiller(word, script)) {
      parts.words.push(word);
      parts.whole.push(word);
    }
    at += taken.length;
  }
  // Some are called nothing but their legal form: Stichting 1, De Stichting.
  return parts.whole.length > 0 ? parts : { whole: written, words: written, places: [] };
}

const fillers = new Set([...legalForms, ...smallWords]);
const longFillers = [...fillers].filter((word) => word.length >= 8);
// Those that are also written by ear, in other letters.
const fillersHeard = ['stichting', 'vereniging', 'foundation', 'cooperatie', 'nederland'].map((word) =>
  heard(word),
);

const smallHeard = ['voor', 'van', 'het', 'met', 'aan', 'the', 'for', 'and'];

/** Whether a word says nothing of who it is; also with a slip of the hand, or written by ear in another script. */
function isFiller(word: string, script: Script): boolean {
  if (fillers.has(word)) return true;
  const isNearly = (filler: string, spelt: string) => lettersApart(filler, spelt) <= 1;
  if (script !== 'latin')
    return (
      (word.length <= 5 && smallHeard.some((small) => isNearly(small, word))) ||
      fillersHeard.some((filler) => filler.length >= 5 && isNearly(filler, heard(word)))
    );
  return (
    word.length >= 7 &&
    longFillers.some(
      (long) =>
        word[0] === long[0] &&
        Math.abs(long.length - word.length) <= 2 &&
        lettersApart(word, long) <= long.length / 4,
    )
  );
}

/** How alike two names are: `apart` is the share of the longer one that differs, at most 0.3. */
export interface NameLikeness {
  readonly apart: number;
  readonly otherScript: boolean;
  /** Whether they share no more than what sort of initiative they are. */
  readonly onlySort: boolean;
  /** Letters, or sounds where the scripts differ, of the longer one. */
  readonly length: number;
}

const most = 0.3;

/**
 * How alike two names are, or null when they are not: more than 30 % of the longer one differs (Levenshtein with swaps), a
 * number differs, or each names another place. Names in different scripts are compared by what is heard.
 */
export function nameLikeness(one: ComparedName, other: ComparedName): NameLikeness | null {
  const bothPlaced = one.places.length > 0 && other.places.length > 0;
  if (bothPlaced && !placesMeet(one.places, other.places)) return null;
  const samePlaces = bothPlaced && one.places.join() === other.places.join();
  const otherScript = one.script !== other.script;
  const compare = otherScript ? bySound : byLetter;
  // A place that is misspelt is not known as one; it is then compared as the word it is.
  const whole = one.places.length + other.places.length === 0 ? null : compare(one.whole, other.whole);
  const own =
    one.words.length > 0 === other.words.length > 0 ? compare(ownWords(one), ownWords(other)) : null;
  // Where both name the same place, that place must not drown how different the rest is.
  const drowned = samePlaces && whole !== null && own === null && apartAtAll(one, other) > 0.4;
  const best = drowned ? null : whole && (!own || whole.apart < own.apart) ? whole : own;
  if (best === null) return null;
  const are = [isSort(one), isSort(other)];
  const onlySort = !bothPlaced && (best === own ? are.includes(true) : !are.includes(false));
  const length = samePlaces
    ? Math.max(...[one, other].map((name) => spelt(name, otherScript).length))
    : best.length;
  return { apart: best.apart, length, otherScript, onlySort };
}

const apartAtAll = (one: ComparedName, other: ComparedName) => {
  const [a, b] = [ownWords(one).join(''), ownWords(other).join('')];
  return lettersApart(a, b) / Math.max(a.length, b.length);
};

/** Whether one of these places is one of those, or lies in it by its name: Voorburg in Leidschendam-Voorburg. */
function placesMeet(these: readonly string[], those: readonly string[]): boolean {
  const wordsOf = (places: readonly string[]) =>
    places.flatMap((place) => inLatin(place).match(/\p{L}{4,}/gu) ?? []);
  return (
    these.some((place) => those.includes(place)) ||
    wordsOf(these).some((word) => wordsOf(those).includes(word))
  );
}

const sortsHeard = new Set([...sorts].map((word) => heard(word)));
const isSort = ({ words, script }: ComparedName) =>
  words.length === 1 &&
  (script === 'latin' ? sorts.has(words[0] ?? '') : sortsHeard.has(heard(words[0] ?? '')));

const spelt = ({ whole }: ComparedName, bySound: boolean): string =>
  bySound ? (soundsOf(whole)[0] ?? '') : whole.join('');

/** What is compared of a name: its own words, or its places where it has no other. */
export const ownWords = ({ words, places }: ComparedName): readonly string[] =>
  words.length > 0 ? words : places;

type Apart = Pick<NameLikeness, 'apart' | 'length'>;
type Words = readonly string[];

const numbersIn = (words: Words) => words.flatMap((word) => word.match(/\d+/g) ?? []).join(' ');

function byLetter(one: Words, other: Words): Apart | null {
  if (numbersIn(one) !== numbersIn(other)) return null;
  const [a, b] = [one.join(''), other.join('')];
  const length = Math.max(a.length, b.length);
  // Of words this short another letter makes another word.
  const allowed = length <= 5 ? 0 : most;
  if (Math.abs(a.length - b.length) > allowed * length) return null;
  const inOrder = (words: Words) => words.toSorted().join('');
  const apart = Math.min(lettersApart(a, b), lettersApart(inOrder(one), inOrder(other))) / length;
  return apart <= allowed && restAlike(a, b, commonParts) ? { apart, length } : null;
}

// Long common parts of words would drown what tells two names apart: VluchtelingenWerk is no VluchtelingenFonds.
const commonParts = [
  ...wordsIn(
    'vluchtelingen vluchteling refugees refugee nieuwkomers statushouders oekraine welkom welcome verwelkomt',
    'burgerinitiatief initiatief netwerk platform project toekomst kerken kerk gemeente provincie',
  ),
];

function restAlike(one: string, other: string, parts: readonly string[]): boolean {
  let [a, b] = [one, other];
  for (const part of parts) {
    const rests = [without(a, part), without(b, part)];
    if (rests[0] !== undefined && rests[1] !== undefined) [a, b] = [rests[0], rests[1]];
  }
  const length = Math.max(a.length, b.length);
  return length <= 1 || lettersApart(a, b) / length <= 0.4;
}

/** What is left of a name without a part of it, which may have a slip of the hand in it when it is long; undefined when it is not there. */
function without(name: string, part: string): string | undefined {
  if (name.includes(part)) return name.replace(part, '');
  if (part.length < 8) return undefined;
  const windows = [...name].flatMap((_, at) =>
    [-1, 0, 1].map((more) => [at, name.slice(at, at + part.length + more)] as const),
  );
  const [best] = windows
    .map(([at, window]) => ({ at, window, apart: lettersApart(window, part) }))
    .toSorted((a, b) => a.apart - b.apart);
  return best && best.apart <= 2
    ? name.slice(0, best.at) + name.slice(best.at + best.window.length)
    : undefined;
}

/** What is heard of the words run together, in each way they may have been heard. */
export function soundsOf(words: Words): string[] {
  const ways = (['', 'F'] as const).flatMap((w) => (['S', 'K'] as const).map((c) => [w, c] as const));
  return [...new Set(ways.map(([w, c]) => words.map((word) => heard(word, w, c)).join('')))];
}

const commonSounds = commonParts.map((part) => heard(part)).filter((sound) => sound.length >= 4);

function bySound(one: Words, other: Words): Apart | null {
  const measured = soundsOf(one).flatMap((a) =>
    soundsOf(other).map((b) => {
      const length = Math.max(a.length, b.length);
      return { a, b, length, apart: length === 0 ? 1 : lettersApart(a, b) / length };
    }),
  );
  const best = measured.toSorted((a, b) => a.apart - b.apart || b.length - a.length)[0];
  // Of two or three consonants there are too many words; then the vowels have to agree too.
  if (best && best.length < 4 && lettersApart(one.join(''), other.join('')) > 0.4 * one.join('').length)
    return null;
  return best && best.apart <= most && restAlike(best.a, best.b, commonSounds) ? best : null;
}
