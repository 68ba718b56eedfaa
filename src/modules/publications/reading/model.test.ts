import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BookArticle, BookBlock, Voice } from '../model.ts';
import { besideFor, pagesOf } from './model.ts';

const article = (lengths: readonly number[]): BookArticle => ({
  ...{ id: 'a', slug: 'a', kind: 'essay', title: 'A', opening: '', language: 'nl', byline: [] },
  blocks: lengths.map((length, at): BookBlock => ({
    ...{ id: `${at}`, language: 'nl', restsOn: [], margin: [], type: 'paragraph' },
    inlines: [
      { type: 'text', text: 'x'.repeat(length) },
      { type: 'note', number: at + 1 },
    ],
  })),
  notes: lengths.map((_, at) => ({ number: at + 1, inlines: [] })),
});

test('the pages of an article hold each block and its note once, in order, and as much as fits', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { maxLength: 60 }), (lengths) => {
      const whole = article(lengths);
      const pages = pagesOf(whole, 4000);
      expect(pages.flatMap(({ blocks }) => blocks)).toEqual(whole.blocks);
      expect(pages.flatMap(({ notes }) => notes)).toEqual(whole.notes);
      const signs = (page: BookArticle) =>
        page.blocks.reduce((sum, { id }) => sum + (lengths[Number(id)] ?? 0), 0);
      for (const page of pages) expect(page.blocks.length === 1 || signs(page) <= 4000).toBe(true);
      expect(pages.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

test('beside a voice stands what its reader understands, and nothing beside words they read themselves', () => {
  const into = (language: string) => ({
    language,
    words: language,
    signedAs: null,
    madeHow: 'person' as const,
  });
  const voice: Voice = {
    ...{ key: 'v', kind: 'quote', stance: null, words: 'w', language: 'ar', called: null, roleThen: null },
    ...{ telling: null, renderings: [into('nl'), into('en')] },
  };
  expect(besideFor(voice, 'en', 'nl')?.language).toBe('en');
  expect(besideFor(voice, 'uk', 'nl')?.language).toBe('nl');
  expect(besideFor(voice, 'ar', 'nl')).toBeNull();
  expect(besideFor({ ...voice, renderings: [] }, 'nl', 'nl')).toBeNull();
});
