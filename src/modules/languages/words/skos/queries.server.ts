import type { Quad } from 'n3';
import type { Tx } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { languages } from '#platform/i18n/languages.ts';
import type { Register } from '../model.ts';
import { openWords } from '../reading/queries.server.ts';
import { graphOf, type RegisterNames } from './model.ts';

// A language that nobody put the names into yet would say Dutch under its own tag.
const nameIn = (register: Register) =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const name = catalogue[language]?.[`words.register.${register}`];
      return name === undefined ? [] : [[language, name]];
    }),
  );
const names = (): RegisterNames => ({
  policy: nameIn('policy'),
  between: nameIn('between'),
  lived: nameIn('lived'),
  academic: nameIn('academic'),
});

/** All words anyone may read, as a graph of linked data whose names begin with this origin. */
export async function graphFor(tx: Tx, origin: string): Promise<Quad[]> {
  return graphOf(await openWords(tx), origin, names());
}
