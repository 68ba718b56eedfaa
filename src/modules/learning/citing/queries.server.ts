import { plugins, type CSL } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { Work } from './model.ts';

/** Every work of the library, by its key. Asks someone who is signed in. */
export async function everyWork(tx: Tx): Promise<Work[]> {
  const rows = await tx.selectFrom('core.work').select(['key', 'csl']).orderBy('key').execute();
  return rows.map(({ key, csl }) => ({ ...csl, id: key }));
}

/** Works as a BibTeX file in UTF-8; its keys are those of the library. No works give an empty text. */
export function bibtexOf(works: readonly Work[]): string {
  const config = plugins.config.get('@bibtex') as { format: { asciiOnly: boolean; checkLabel: boolean } };
  config.format.asciiOnly = false;
  config.format.checkLabel = false;
  // The library's own type of a work is stricter than what it writes.
  const written: unknown = works.map((work) => ({ ...work, 'citation-key': work.id }));
  return works.length === 0 ? '' : String(plugins.output.format('bibtex', written as CSL[]));
}
