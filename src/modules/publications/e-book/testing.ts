import sharp from 'sharp';
import { trajectoryDrawing } from '../figures/views/trajectory-drawing.ts';
import type { Book, BookArticle, BookBlock, Voice } from '../model.ts';

const sayings: Readonly<Record<string, { title: string; line: string; called: string }>> = {
  nl: {
    title: 'Samen aan tafel',
    line: 'Niemand vroeg wat ik kon. Toen ben ik gaan koken.',
    called: 'Ineke',
  },
  ar: { title: 'معًا حول المائدة', line: 'لم يسألني أحد ماذا أُجيد. فبدأتُ أطبخ.', called: 'أمل' },
  ti: { title: 'ብሓባር ኣብ መኣዲ', line: 'እንታይ ክገብር ከም ዝኽእል ዝሓተተኒ የልቦን። ሽዑ ምኽሻን ጀሚረ።', called: 'ሰናይት' },
  fa: { title: 'با هم سر یک سفره', line: 'کسی نپرسید چه بلدم. پس شروع کردم به آشپزی.', called: 'نسرین' },
  uk: {
    title: 'Разом за столом',
    line: 'Ніхто не питав, що я вмію. Тоді я почала готувати.',
    called: 'Оксана',
  },
};

const saying = (language: string) =>
  sayings[language] ?? { title: language, line: language, called: language };

/** A voice in a language, with renderings in others. */
export const aVoice = (language: string, given: Partial<Voice> = {}): Voice => ({
  key: `voice-${language}`,
  kind: 'quote',
  stance: null,
  words: saying(language).line,
  language,
  called: saying(language).called,
  roleThen: 'newcomer',
  telling: 'abcdefghij',
  renderings: [],
  ...given,
});

const drawingIn = (language: string): string =>
  trajectoryDrawing({
    title: saying(language).title,
    direction: language === 'ar' || language === 'fa' ? 'rtl' : 'ltr',
    events: [
      { kind: 'founded', when: '2016', what: saying(language).line, after: 'active' },
      { kind: 'paused', when: '2020', what: 'a < b & "c"', after: 'paused' },
    ],
    now: saying(language).line,
  });

/** One block of each kind there is, in a language. */
export function blocksIn(language: string): BookBlock[] {
  const { line } = saying(language);
  const head = { language, restsOn: [], margin: [] };
  const other = language === 'ar' ? 'nl' : 'ar';
  return [
    {
      ...head,
      id: '1',
      type: 'heading',
      level: 2,
      inlines: [{ type: 'text', text: saying(language).title }],
    },
    {
      ...{ ...head, id: '2', type: 'paragraph' },
      restsOn: [
        {
          kind: 'voice',
          key: 'voice-x',
          way: 'paraphrases',
          name: saying(other).called,
          address: '/tellings/abcdefghij',
        },
        { kind: 'insight', key: 'insight', way: 'answers', name: null, address: null },
      ],
      inlines: [
        { type: 'text', text: `${line} ` },
        { type: 'text', text: line, strong: true },
        { type: 'note', number: 1 },
        { type: 'link', text: line, href: 'https://example.org/a b?c=[1]#d#e' },
        { type: 'foreign', text: saying(other).line, lang: other },
      ],
      margin: [
        aVoice(other, { kind: 'margin', stance: 'differs' }),
        aVoice('uk', { kind: 'margin', stance: 'remark', called: null, roleThen: 'official' }),
      ],
    },
    {
      ...{ ...head, id: '3', type: 'quote' },
      voice: aVoice(other, {
        renderings: [
          { language, words: line, signedAs: 'Samira', madeHow: 'person' },
          { language: 'ti', words: saying('ti').line, signedAs: null, madeHow: 'machine' },
        ],
      }),
    },
    {
      ...head,
      id: '4',
      type: 'list',
      ordered: true,
      items: [[{ type: 'text', text: line }], [{ type: 'note', number: 2 }]],
    },
    { ...head, id: '5', type: 'table', head: ['a', 'b'], rows: [['1'], ['2', line]] },
    { ...head, id: '6', type: 'image', picture: 'stones', width: 60, height: 40, alt: line, credit: 'Ineke' },
    {
      ...{ ...head, id: '7', type: 'figure' },
      figure: {
        ...{
          slug: `abcdefgh${language}`,
          kind: 'field',
          title: line,
          alt: line,
          language,
          takenOn: '2026-10-01',
        },
        ...{ address: '/map?day=2026-10-01', drawing: drawingIn(language) },
        facts: {
          columns: ['naam', 'sinds'],
          rows: [
            ['Het Huis', 2016],
            [line, null],
          ],
        },
      },
    },
    { ...head, id: '8', type: 'aside', inlines: [{ type: 'text', text: line, em: true }] },
    { ...head, id: '9', type: 'heading', level: 3, inlines: [{ type: 'text', text: line }] },
  ];
}

/** An article that holds one block of each kind. */
export const anArticleIn = (language: string, given: Partial<BookArticle> = {}): BookArticle => ({
  id: `article-${language}`,
  slug: `article-${language}`,
  kind: 'essay',
  title: saying(language).title,
  opening: saying(language).line,
  language,
  byline: [saying(language).called],
  blocks: blocksIn(language),
  notes: [
    { number: 1, inlines: [{ type: 'text', text: saying(language).line }] },
    { number: 2, inlines: [{ type: 'link', text: 'example', href: 'https://example.org/' }] },
  ],
  ...given,
});

/** A whole publication in a language, with articles in that language and others. */
export async function aBook(language: string, given: Partial<Book> = {}): Promise<Book> {
  const stones = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#6b6259' } })
    .webp()
    .toBuffer();
  const others = ['nl', 'ar', 'ti', 'uk', 'fa'].filter((one) => one !== language).slice(0, 2);
  return {
    slug: 'aan-tafel',
    kind: 'magazine',
    exit: 'web',
    title: saying(language).title,
    subtitle: saying(language).line,
    opening: saying(language).line,
    language,
    issue: 1,
    invented: true,
    edition: 2,
    releasedOn: '2026-10-20',
    address: 'https://steppingstones.example/publications/aan-tafel/2',
    changed: saying(language).line,
    credits: [
      { called: saying(language).called, part: 'editor' },
      { called: 'Samira', part: 'writer' },
    ],
    articles: [language, ...others].map((one) => anArticleIn(one)),
    errata: [
      {
        article: saying(language).title,
        at: new Date('2026-11-01T09:00:00Z'),
        kind: 'voice-left',
        printed: true,
      },
      { article: null, at: new Date('2026-11-02T09:00:00Z'), kind: 'mended', printed: false },
    ],
    pictures: { stones: { type: 'image/webp', bytes: new Uint8Array(stones) } },
    ...given,
  };
}
