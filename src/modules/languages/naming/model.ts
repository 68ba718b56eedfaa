import { isLanguage, tongues, type Language } from '#platform/i18n/languages.ts';

const displays = new Map<Language, Intl.DisplayNames>();

/** What a language (BCP 47) is called in another: 'Arabisch' for ar in nl. As its own speakers write it where that is all we know, else the tag. */
export function tongueName(tag: string, speaking: Language): string {
  const display =
    displays.get(speaking) ?? new Intl.DisplayNames(speaking, { type: 'language', fallback: 'none' });
  displays.set(speaking, display);
  const main = tag.split('-')[0] ?? tag;
  try {
    return display.of(main) ?? (isLanguage(main) ? tongues[main].ownName : tag);
  } catch {
    return tag;
  }
}
