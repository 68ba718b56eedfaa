import type { Tx } from '#platform/db.server.ts';
import { inTree, type CodeInTree } from '../model.ts';
import { codableTellings, codesOf, passagesOf, type CodableTelling } from '../queries.server.ts';
import { patternOf, type Attribute, type Pattern } from './model.ts';

/** The value of what was not said: a group like any other, so that every voice is in one. */
export const notSaid = '';

const valuesOf: Readonly<Record<Attribute, (telling: CodableTelling) => readonly string[]>> = {
  language: ({ language }) => [language],
  role: ({ roleThen }) => [roleThen ?? notSaid],
  theme: ({ themes }) => (themes.length > 0 ? themes : [notSaid]),
  phase: ({ phases }) => (phases.length > 0 ? phases : [notSaid]),
};

/** How many voices have each code of a codebook, by one attribute; small numbers and what would tell them are hidden already. */
export async function patternIn(
  tx: Tx,
  codebook: string,
  by: Attribute,
): Promise<Pattern & { readonly codes: readonly CodeInTree[] }> {
  const [tellings, passages] = [await codableTellings(tx), await passagesOf(tx, codebook)];
  const codes = inTree(await codesOf(tx, codebook)).filter(({ isCodable }) => isCodable);
  const voices = tellings.map((telling) => ({
    telling: telling.id,
    values: valuesOf[by](telling),
    codes: new Set(passages.filter((passage) => passage.telling === telling.id).map(({ code }) => code)),
  }));
  return {
    ...patternOf(
      codes.map(({ id }) => id),
      voices,
    ),
    codes,
  };
}
