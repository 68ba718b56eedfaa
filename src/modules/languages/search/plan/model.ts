import type { How } from '../model.ts';
import type { RelatedTerm, Standing } from '../vocabulary/model.ts';
import { atMostOneLetterApart } from '../spelling/model.ts';

/** One number to look for in the texts, and what finding it is worth. */
export interface Clue {
  readonly place: number;
  readonly tongue: string;
  readonly term: number;
  readonly weight: number;
  readonly how: How;
  readonly texts: number;
  readonly written: readonly string[];
}

/** One word of the question with everything that may answer it. */
export interface Question {
  readonly asked: string;
  readonly clues: readonly Clue[];
  /** How rare the word is, for each tongue: Robertson's inverse document frequency. */
  readonly rarity: ReadonlyMap<string, number>;
  /** In about how many texts any of its clues is. */
  readonly texts: number;
}

// Found by trying on questions in German and English; the ranking changes little around these.
const kinWeight = 0.5;
const partWeight = 0.4;
const nearWeight = 0.6;
const mostClues = 8;
const otherTongue = 0.8;
/** How soon repeating a word stops to count (BM25's k1). */
export const saturation = 3;
/** How much a long text is held against itself (BM25's b). */
export const lengthPenalty = 0.75;

function share(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return Math.sqrt(short.length / Math.max(1, long.length));
}

function clueOf(kin: RelatedTerm, asked: string, stem: string): Clue {
  const { place, tongue, term, texts, written } = kin;
  const with_ = (how: How, weight: number): Clue => ({ place, tongue, term, texts, written, how, weight });
  switch (kin.kinship) {
    case 'word':
      return with_('word', 1);
    case 'stem':
      return with_(written.includes(asked) ? 'word' : 'form', 1);
    case 'begins':
      return with_('beginning', kinWeight * share(kin.form, stem));
    case 'ends':
      return with_('part', kinWeight * share(kin.form, stem));
    case 'within':
      return with_('part', partWeight * share(kin.form, stem));
    case 'near':
      return with_('spelling', kin.form[0] === asked[0] ? nearWeight : nearWeight * 0.9);
    case 'sounds':
      return with_('script', nearWeight * share(kin.form, asked));
  }
}

function rarityOf(texts: number, all: number): number {
  const most = Math.max(all, texts, 10);
  return Math.log(1 + (most - texts + 0.5) / (texts + 0.5));
}

/** Gathers for each asked word what may answer it, best first, one clue a term. */
export function questionsOf(
  asked: readonly { readonly folded: string; readonly stems: ReadonlyMap<string, string> }[],
  kin: readonly RelatedTerm[],
  standing: Standing,
  language: string | undefined,
): Question[] {
  const sizes = new Map(standing.languages.map((each) => [each.language, each.texts]));
  return asked.map(({ folded, stems }, place) => {
    const best = new Map<number, Clue>();
    for (const each of kin) {
      if (each.place !== place) continue;
      if (each.kinship === 'near' && !atMostOneLetterApart(each.form, folded)) continue;
      const clue = clueOf(each, folded, stems.get(each.tongue) ?? folded);
      const worth =
        language && each.tongue !== 'xx' && each.tongue !== language
          ? clue.weight * otherTongue
          : clue.weight;
      if (worth > (best.get(clue.term)?.weight ?? 0)) best.set(clue.term, { ...clue, weight: worth });
    }
    const clues = bestOfEachTongue([...best.values()]);
    const rarity = new Map<string, number>();
    for (const { tongue } of clues) {
      const exact = clues.filter(
        (clue) => clue.tongue === tongue && (clue.how === 'word' || clue.how === 'form'),
      );
      const texts = exact.reduce((sum, clue) => sum + clue.texts, 0);
      rarity.set(tongue, rarityOf(texts, sizes.get(tongue) ?? 0));
    }
    return {
      asked: folded,
      clues,
      rarity,
      texts: clues.reduce((sum, clue) => sum + Math.max(1, clue.texts), 0),
    };
  });
}

function bestOfEachTongue(clues: Clue[]): Clue[] {
  const taken = new Map<string, number>();
  return clues
    .sort((one, other) => other.weight - one.weight || other.texts - one.texts)
    .filter((clue) => {
      const before = taken.get(clue.tongue) ?? 0;
      taken.set(clue.tongue, before + 1);
      return before < mostClues;
    });
}

/** One way into the index: a text must have one of each list (terms), and may be asked to have the word in a weighty place. */
export interface Way {
  readonly terms: readonly (readonly number[])[];
  readonly weighty: 'title' | 'strong' | null;
}

export interface Ways {
  readonly ways: readonly Way[];
  /** Whether texts that answer less well may have been passed by. */
  readonly partial: boolean;
}

/**
 * Chooses the ways into the index so that about `budget` texts are weighed, rarest words first.
 * `part` is the share of all texts that the filters leave.
 */
export function waysInto(questions: readonly Question[], all: number, part: number, budget: number): Ways {
  const known = questions
    .filter((each) => each.clues.length > 0)
    .sort((one, other) => one.texts - other.texts);
  const taken: Question[] = [];
  let expected = 0;
  for (const each of known) {
    if (expected + each.texts * part > budget) break;
    expected += each.texts * part;
    taken.push(each);
  }
  const termsOf = (each: Question) => each.clues.map((clue) => clue.term);
  const ways: Way[] = taken.length > 0 ? [{ terms: [taken.flatMap(termsOf)], weighty: null }] : [];
  const left = known.slice(taken.length);
  if (left.length === 0) return { ways, partial: false };
  const [first, second, ...rest] = taken.length > 0 && expected > budget / 4 ? left.slice(0, 2) : left;
  if (first && second) {
    const others = [second, ...rest.slice(0, 2)];
    ways.push({ terms: [termsOf(first), others.flatMap(termsOf)], weighty: null });
    if (rest[0]) ways.push({ terms: [termsOf(second), rest.slice(0, 2).flatMap(termsOf)], weighty: null });
  }
  // Alone, or together in few texts: take those in which the word weighs most.
  const together = first && second ? (first.texts * second.texts * part) / Math.max(1, all) : 0;
  if (first && expected + together < budget / 4) {
    ways.push({ terms: [termsOf(first)], weighty: 'title' }, { terms: [termsOf(first)], weighty: 'strong' });
  }
  return { ways, partial: true };
}
