import type { Quad } from 'n3';
import type { Tx } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { languages } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { registers } from '../model.ts';
import { openWords } from '../reading/queries.server.ts';
import { graphOf, type RegisterNames } from './model.ts';

const names = (): RegisterNames =>
  Object.fromEntries(
    registers.map((register) => [
      register,
      Object.fromEntries(
        languages.map((language) => [language, speaker(language, catalogue)(`words.register.${register}`)]),
      ),
    ]),
  ) as Record<(typeof registers)[number], Record<string, string>>;

/** All words anyone may read, as a graph of linked data whose names begin with this origin. */
export async function graphFor(tx: Tx, origin: string): Promise<Quad[]> {
  return graphOf(await openWords(tx), origin, names());
}
