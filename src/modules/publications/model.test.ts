import { expect, test } from 'vitest';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { chapterOf } from './e-book/chapter/model.ts';
import { colophonOf } from './e-book/front/model.ts';
import { aVoice } from './e-book/testing.ts';
import { restsTold, type Book, type BookBlock, type RestsOn } from './model.ts';
import { settingOf } from './setting/model.ts';
import { aBookToSet, anArticleToSet, aQuote } from './setting/testing.ts';

const say = speaker('nl', await catalogueOnDisk());
const binding = { say, origin: null, pictures: {}, drawings: {}, fonts: [] };
const onPaper = (book: Book) => settingOf(book, () => say);

/** The first chapter of a book as it reads aloud. */
function inEbook(book: Book): string {
  const [article] = book.articles;
  return article ? String(chapterOf(book, article, 1, binding).content).replaceAll(/<[^>]*>/g, '') : '';
}

const quoting = (block: BookBlock): Book =>
  aBookToSet({ articles: [anArticleToSet('nl', 'Aan tafel', [block])] });

test('what left late in the evening left on that day, on paper and in the e-book', () => {
  const late = {
    article: null,
    at: new Date('2026-05-02T22:30:00Z'),
    kind: 'voice-left',
    printed: false,
  } as const;
  const book = aBookToSet({ articles: [], errata: [late] });
  const line = say('print.erratum.voice-left.whole', { day: '3 mei 2026' });
  expect(onPaper(book).colophon.errata).toEqual([line]);
  expect(String(colophonOf(book, binding).content)).toContain(line);
});

test.each([
  ['Amal', 'newcomer', 'Amal, nieuwkomer'],
  ['Amal', 'other', 'Amal'],
  ['Amal', null, 'Amal'],
  [null, 'newcomer', 'Een nieuwkomer'],
  [null, 'other', 'Een stem'],
] as const)(
  'a voice named %s that was %s is called so on paper and in the e-book',
  (called, roleThen, told) => {
    const book = quoting(aQuote('nl', aVoice('nl', { called, roleThen })));
    const [block] = onPaper(book).articles[0]?.blocks ?? [];
    expect(block).toMatchObject({ voice: { who: told } });
    expect(inEbook(book)).toContain(told);
  },
);

test('a quote is told to rest on everything but its own voice, on every way out', () => {
  const voice = aVoice('nl');
  const itself: RestsOn = { kind: 'voice', key: voice.key, way: 'quotes', name: 'Ineke', address: null };
  const other: RestsOn = { kind: 'voice', key: 'b', way: 'answers', name: 'Oksana', address: null };
  const quote: BookBlock = { ...aQuote('nl', voice), restsOn: [itself, other] };
  expect(restsTold(quote)).toEqual([other]);
  expect(onPaper(quoting(quote)).articles[0]?.rests.map(({ name }) => name)).toEqual(['Oksana']);
  expect(inEbook(quoting(quote))).toContain('Oksana');
});
