import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import type { FoundEntry } from '../model.ts';

const types = new Set([
  'article',
  'book',
  'booklet',
  'collection',
  'conference',
  'dataset',
  'inbook',
  'incollection',
  'inproceedings',
  'manual',
  'mastersthesis',
  'misc',
  'online',
  'phdthesis',
  'proceedings',
  'report',
  'techreport',
  'thesis',
  'unpublished',
  'video',
]);
// The types of the library ask for every wish; it takes its own where one is left out.
const wishes: unknown = { forceType: '@bibtex/text', generateGraph: false };
const starts = /^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(]/gm;

interface Chunk {
  readonly type: string;
  readonly text: string;
}

/** A file in entries, each from its sign @ at the beginning of a line to the next; so one that is torn does not take others along. */
function chunksOf(text: string): Chunk[] {
  const found = [...text.matchAll(starts)];
  return found.map((match, at) => ({
    type: (match[1] ?? '').toLowerCase(),
    text: text.slice(match.index, found[at + 1]?.index ?? text.length),
  }));
}

/**
 * The entries of a BibTeX file as CSL-JSON, read by citation-js; one that cannot be read says why. The kind of input is fixed: left
 * free, the library takes a text that looks like an address for one, and fetches it.
 */
export function readBibtex(text: string): FoundEntry[] {
  const chunks = chunksOf(text);
  const words = chunks
    .filter(({ type }) => type === 'string')
    .map((each) => each.text)
    .join('\n');
  return chunks
    .filter(({ type }) => !['string', 'comment', 'preamble'].includes(type))
    .map(({ type, text: entry }) => {
      const [, opening = '', key = ''] = /^([^{(]*[{(]\s*)([^\s,{}"#%\\~=]*)/.exec(entry) ?? [];
      // An entry without a key is read under one that is none, so that its other faults are told too.
      const named = key === '' ? `${opening}x${entry.slice(opening.length)}` : entry;
      const strangeType = types.has(type) ? null : type;
      try {
        const [read] = plugins.input.chain(
          `${words}\n${named}`,
          wishes as Parameters<typeof plugins.input.chain>[1],
        ) as Record<string, unknown>[];
        return { entry: read ?? null, key: key || null, unreadable: read ? null : '', strangeType };
      } catch (error) {
        const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
        return { entry: null, key: key || null, unreadable: why.slice(0, 120), strangeType };
      }
    });
}
