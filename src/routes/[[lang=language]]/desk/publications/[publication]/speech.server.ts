import { catalogue } from '#platform/i18n/catalogue.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { speaker, type Speech } from '#platform/i18n/speech.ts';

/** How a publication speaks: in its own language where the house has words in it, else in English. */
export const speechOf = (language: string): Speech =>
  speaker(isLanguage(language) ? language : 'en', catalogue);
