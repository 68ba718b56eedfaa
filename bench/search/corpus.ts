import type { SearchText } from '#modules/languages/search/model.ts';

/** The same numbers each run: mulberry32, in [0, 1). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sounds = {
  nl: {
    starts: ['b', 'd', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'w', 'z', 'st', 'br', 'sch'],
    vowels: ['a', 'e', 'i', 'o', 'u', 'aa', 'ee', 'oe', 'ij', 'ui'],
    ends: ['', 'n', 'r', 's', 't', 'l', 'k', 'ng'],
    endings: ['', '', 'en', 's', 'ing', 'je'],
  },
  en: {
    starts: ['b', 'c', 'd', 'f', 'g', 'h', 'l', 'm', 'n', 'p', 'r', 's', 't', 'w', 'th', 'sh', 'tr'],
    vowels: ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'ai'],
    ends: ['', 'n', 'r', 's', 't', 'd', 'ck'],
    endings: ['', '', 's', 'ing', 'ed', 'er'],
  },
  ar: {
    starts: [...'بتجحدرسشصعفقكلمنهو'],
    vowels: ['', 'ا', 'و', 'ي'],
    ends: ['', '', 'ر', 'ن', 'م'],
    endings: ['', '', 'ة', 'ات', 'ين', 'ها'],
  },
} as const;
type BenchLanguage = keyof typeof sounds;

const commonest = {
  nl: ['de', 'van', 'en', 'een', 'het', 'in', 'voor', 'met', 'op', 'te', 'is', 'die', 'aan', 'om'],
  en: ['the', 'and', 'of', 'to', 'a', 'in', 'for', 'with', 'on', 'is', 'who', 'at', 'from', 'by'],
  ar: ['في', 'من', 'على', 'الى', 'مع', 'عن', 'هذا', 'التي', 'كل', 'بعد'],
} as const;

export const themes = [
  'housing',
  'work',
  'language',
  'health',
  'education',
  'rights',
  'culture',
  'sport',
  'food',
  'family',
  'money',
  'safety',
];
export const phases = ['arrival', 'landing', 'rooting'];

function vocabularyOf(language: BenchLanguage, size: number, next: () => number): string[] {
  const { starts, vowels, ends } = sounds[language];
  const pick = (from: readonly string[]) => from[Math.floor(next() * from.length)] ?? '';
  const found = new Set<string>(commonest[language]);
  while (found.size < size) {
    const syllables = 1 + Math.floor(next() * 3) + (next() < 0.3 ? 1 : 0);
    found.add(Array.from({ length: syllables }, () => pick(starts) + pick(vowels) + pick(ends)).join(''));
  }
  return [...found];
}

/** Subjects in Dutch, English and Arabic whose words follow Zipf's law, gathered around 300 towns of unlike size. */
export function corpusOf(size: number): SearchText[] {
  const next = chance(20151121);
  const words = new Map<BenchLanguage, string[]>();
  // Heaps: the vocabulary grows about as the square root of the texts.
  const types = Math.round(6_000 * Math.sqrt(size / 5_000));
  for (const language of ['nl', 'en', 'ar'] as const)
    words.set(language, vocabularyOf(language, types, next));
  const towns = Array.from({ length: 300 }, () => ({ lat: 50.8 + next() * 2.6, lon: 3.6 + next() * 3.4 }));
  const zipf = (count: number) => Math.min(count - 1, Math.floor(Math.exp(next() * Math.log(count + 1)) - 1));
  const wordOf = (language: BenchLanguage) => {
    const own = words.get(language) ?? [];
    const place = zipf(own.length);
    const endings = sounds[language].endings;
    const ending =
      place < commonest[language].length ? '' : (endings[Math.floor(next() * endings.length)] ?? '');
    const article = language === 'ar' && place >= 10 && next() < 0.3 ? 'ال' : '';
    return article + (own[place] ?? '') + ending;
  };
  return Array.from({ length: size }, (_, at): SearchText => {
    const roll = next();
    const language: BenchLanguage = roll < 0.5 ? 'nl' : roll < 0.8 ? 'en' : 'ar';
    const many = (count: number) => Array.from({ length: count }, () => wordOf(language)).join(' ');
    const town = towns[zipf(towns.length)] ?? { lat: 52, lon: 5 };
    const length = Math.round(Math.exp(3.7 + (next() + next() + next() - 1.5) * 0.9));
    return {
      subjectKind: 'initiative',
      subjectId: String(at),
      language,
      title: many(2 + Math.floor(next() * 3)),
      names: next() < 0.2 ? [many(1)] : [],
      text: many(length),
      facets: [
        ...new Set(
          [themes[Math.floor(next() * themes.length)], themes[zipf(themes.length)]].map(
            (theme) => `theme:${theme}`,
          ),
        ),
        `phase:${phases[Math.floor(next() * phases.length)]}`,
      ],
      point: { lat: town.lat + (next() - 0.5) * 0.05, lon: town.lon + (next() - 0.5) * 0.08 },
      days: { from: null, until: null },
    };
  });
}

export interface Asked {
  readonly words: string;
  readonly language: string;
  readonly theme: string;
  readonly phase: string;
  readonly near: { readonly lat: number; readonly lon: number; readonly withinKm: number };
}

/** Questions of one to three words, each taken from some text together with its theme, phase and place. */
export function questionsFrom(corpus: readonly SearchText[], count: number): Asked[] {
  const next = chance(7);
  const rare = (language: string, word: string) =>
    !(commonest[language as BenchLanguage] as readonly string[]).includes(word);
  return Array.from({ length: count }, (): Asked => {
    const text = corpus[Math.floor(next() * corpus.length)];
    if (!text) throw new Error('The corpus is empty.');
    const candidates = `${text.title} ${text.text}`.split(' ').filter((word) => rare(text.language, word));
    const words = Array.from(
      { length: 1 + Math.floor(next() * 3) },
      () => candidates[Math.floor(next() * candidates.length)] ?? '',
    );
    const facet = (sort: string) => text.facets.find((each) => each.startsWith(sort)) ?? '';
    return {
      words: words.join(' '),
      language: text.language,
      theme: facet('theme:'),
      phase: facet('phase:'),
      near: { lat: text.point?.lat ?? 52, lon: text.point?.lon ?? 5, withinKm: 25 },
    };
  });
}
