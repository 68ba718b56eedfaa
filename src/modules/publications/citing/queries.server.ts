import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { speaker, type Catalogue } from '#platform/i18n/speech.ts';
import type { Cite } from '../assembling/model.ts';
import { citedIn } from './model.ts';

let texts: Promise<Catalogue> | undefined;

/** Gives who says a work of the library in a note, with the words between in the language of the article; in Dutch when it is none of ours. */
export async function citing(): Promise<Cite> {
  const catalogue = await (texts ??= catalogueOnDisk());
  return (work, at, language) => {
    const say = speaker(isLanguage(language) ? language : 'nl', catalogue);
    return citedIn(work, at, {
      and: say('learning.cite.and'),
      noDate: say('learning.cite.no-date'),
      editors: say('learning.cite.editors'),
    });
  };
}
