/** The languages every newcomer's page speaks. Dutch is the source; the rest mirror it. */
export const languages = ['nl', 'en', 'ar', 'ti', 'fa', 'uk', 'tr', 'fr'] as const;
export type Language = (typeof languages)[number];

export interface Tongue {
  /** As its own speakers write it; flags stand for states, so there are none. */
  readonly ownName: string;
  readonly direction: 'ltr' | 'rtl';
  /** Whether a speaker read every text of the interface; the switch says it openly. */
  readonly checked: boolean;
}

export const tongues: Readonly<Record<Language, Tongue>> = {
  nl: { ownName: 'Nederlands', direction: 'ltr', checked: true },
  en: { ownName: 'English', direction: 'ltr', checked: true },
  ar: { ownName: 'العربية', direction: 'rtl', checked: false },
  ti: { ownName: 'ትግርኛ', direction: 'ltr', checked: false },
  fa: { ownName: 'فارسی', direction: 'rtl', checked: false },
  uk: { ownName: 'Українська', direction: 'ltr', checked: false },
  tr: { ownName: 'Türkçe', direction: 'ltr', checked: false },
  fr: { ownName: 'Français', direction: 'ltr', checked: false },
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
      // Dari speakers read Persian, and their phones say 'prs'.
      const language = tag.split('-')[0] === 'prs' ? 'fa' : (tag.split('-')[0] ?? '');
      return { language, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes.map((wish) => wish.language).find(isLanguage) ?? 'nl';
}
