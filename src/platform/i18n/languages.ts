/** The languages every newcomer's page speaks. Dutch is the source; the rest mirror it. */
export const languages = ['nl', 'en', 'ar', 'ti', 'fa', 'uk', 'tr', 'fr'] as const;
export type Language = (typeof languages)[number];

export interface Tongue {
  /** As its own speakers write it; flags stand for states, so there are none. */
  readonly ownName: string;
  readonly direction: 'ltr' | 'rtl';
  /** source: the texts are written in it. checked: a speaker read every text. unchecked: nobody did yet, and the switch says so. */
  readonly reading: 'source' | 'checked' | 'unchecked';
}

export const tongues: Readonly<Record<Language, Tongue>> = {
  nl: { ownName: 'Nederlands', direction: 'ltr', reading: 'source' },
  en: { ownName: 'English', direction: 'ltr', reading: 'unchecked' },
  ar: { ownName: 'العربية', direction: 'rtl', reading: 'unchecked' },
  ti: { ownName: 'ትግርኛ', direction: 'ltr', reading: 'unchecked' },
  fa: { ownName: 'فارسی', direction: 'rtl', reading: 'unchecked' },
  uk: { ownName: 'Українська', direction: 'ltr', reading: 'unchecked' },
  tr: { ownName: 'Türkçe', direction: 'ltr', reading: 'unchecked' },
  fr: { ownName: 'Français', direction: 'ltr', reading: 'unchecked' },
};

/** Whether a word, such as the first step of an address, is one of our languages. */
export function isLanguage(word: string): word is Language {
  return (languages as readonly string[]).includes(word);
}

/** The first of our languages in an Accept-Language header, by its weights (RFC 9110 12.5.4); Dutch when none fits. */
export function languageFor(acceptLanguage: string | null): Language {
  const wishes = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((wish) => {
      const [tag = '', ...rest] = wish.trim().toLowerCase().split(';');
      const weight = rest.map((part) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(part)?.[1]).find(Boolean);
      const spoken = (tag.split('-')[0] ?? '').trim();
      // Dari speakers read Persian, and their phones say 'prs'.
      return {
        language: spoken === 'prs' ? 'fa' : spoken,
        weight: weight === undefined ? 1 : Number(weight),
      };
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes.map((wish) => wish.language).find(isLanguage) ?? 'nl';
}

/** Which way a text in a language runs; a language that is not ours is left to its own letters. */
export function directionOf(language: string): 'ltr' | 'rtl' | 'auto' {
  return isLanguage(language) ? tongues[language].direction : 'auto';
}
