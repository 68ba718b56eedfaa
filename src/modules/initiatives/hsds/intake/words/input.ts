import { allTerms, taxonomyKey, taxonomyNames, termKey, type TaxonomyName } from '../../terms/model.ts';
import type { OrganizationRecord } from '../records/input.ts';

/** What is said of an organization by a word from one of our lists. */
export interface Said {
  readonly id: string;
  readonly taxonomy: TaxonomyName;
  readonly code: string;
  readonly value: string | null;
  readonly as: string | null;
}

const listsByKey = new Map(taxonomyNames.map((name) => [taxonomyKey(name), name]));
// Words that the field itself brings are only known by their code.
const wordsByKey = new Map(
  allTerms({ audience: [], language: [], summary: [] }).map((word) => [
    termKey(word.taxonomy, word.code),
    word,
  ]),
);

/** The attributes of an organization that come from our own lists; others say nothing to us. */
export function wordsSaid({ attributes }: Pick<OrganizationRecord, 'attributes'>): Said[] {
  return (attributes ?? []).flatMap(({ id, taxonomy_term_id, taxonomy_term, value, link_type }): Said[] => {
    const list = listsByKey.get(taxonomy_term?.taxonomy_id ?? '');
    const code = taxonomy_term?.code ?? null;
    const word =
      list !== undefined && code !== null ? { taxonomy: list, code } : wordsByKey.get(taxonomy_term_id ?? '');
    return word ? [{ id, ...word, value, as: link_type }] : [];
  });
}
