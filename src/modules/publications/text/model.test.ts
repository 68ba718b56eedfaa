import { expect, test } from 'vitest';
import { inlinesOf, isOrdered, itemsOf, noNotes, notebook, plainText, tableOf } from './model.ts';

const text = (words: string) => ({ type: 'text', text: words });

test('emphasis, strong words, a link and words in another language are read as what they are', () => {
  expect(inlinesOf('Zo *dus*, **echt *heel* sterk** en ***beide***.', noNotes)).toEqual([
    text('Zo '),
    { ...text('dus'), em: true },
    text(', '),
    { ...text('echt '), strong: true },
    { ...text('heel'), strong: true, em: true },
    { ...text(' sterk'), strong: true },
    text(' en '),
    { ...text('beide'), strong: true, em: true },
    text('.'),
  ]);
  expect(inlinesOf('Zie [het huis](https://example.org/a_(b)?c=1) en [سلام]{ar}', noNotes)).toEqual([
    text('Zie '),
    { type: 'link', text: 'het huis', href: 'https://example.org/a_(b)?c=1' },
    text(' en '),
    { type: 'foreign', text: 'سلام', lang: 'ar' },
  ]);
});

test('notes and works are counted in their order; a work the library does not have stays as it was typed', () => {
  const book = notebook((key, at) =>
    key === 'freire1970' ? [{ type: 'text', text: `Freire ${at}` }] : null,
  );
  const inlines = inlinesOf(
    'Eerst[^zie *ook* [hier](https://example.org/)] dan[@freire1970, p. 3] en [@wie].',
    book,
  );
  expect(inlines).toEqual([
    text('Eerst'),
    { type: 'note', number: 1 },
    text(' dan'),
    { type: 'note', number: 2 },
    text(' en [@wie].'),
  ]);
  expect(book.notes).toEqual([
    {
      number: 1,
      inlines: [
        text('zie '),
        { ...text('ook'), em: true },
        text(' '),
        { type: 'link', text: 'hier', href: 'https://example.org/' },
      ],
    },
    { number: 2, inlines: [text('Freire p. 3')] },
  ]);
});

test.each([
  '<script>alert(1)</script> & "quotes"',
  '#set page(fill: red) $x^2$ @label <label> = not a heading',
  '[weg](javascript:alert(1)) [weg](data:text/html,x) [weg](https://a:b@example.org/)',
  '3*4*5 en * los * en ** ook ** en [haak en [[dubbel]]',
  '*niet dicht en **ook niet',
  '{{mustache}} ${dollar} %s %n \\u0000',
])('what is no mark of ours stays text: %s', (typed) => {
  expect(inlinesOf(typed, noNotes)).toEqual([text(typed)]);
});

test('a star or bracket after a backslash is itself', () => {
  expect(inlinesOf('\\*niet\\* \\[^geen noot]', { note: () => 1 })).toEqual([text('*niet* [^geen noot]')]);
});

test.each(['*', '**', '[', '[^', '[@a', '[a](https://', '[^[', '* a', '**a*', '[^[]', '\\*', '(]['])(
  'a megabyte of %s is read within seconds, and none of it is lost that is text',
  (sign) => {
    const typed = sign.repeat(1_000_000 / sign.length);
    const started = performance.now();
    const found = inlinesOf(typed, noNotes);
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(found.length).toBeGreaterThan(0);
  },
);

test('read aloud, a text has neither marks nor notes', () => {
  expect(plainText('Zo *dus* [hier](https://example.org/)[^noot] en\n[@werk] verder')).toBe(
    'Zo dus hier en  verder',
  );
});

test('a list has an item a line, a table a row a line', () => {
  expect(itemsOf('- een\n\n• twee\n3. drie\nvier')).toEqual(['een', 'twee', 'drie', 'vier']);
  expect([isOrdered('1. een\n2) twee'), isOrdered('1. een\ntwee'), isOrdered('')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(tableOf('| jaar | wat |\n|---|---|\n2016 | *begin* | meer\n2019')).toEqual({
    head: ['jaar', 'wat', ''],
    rows: [
      ['2016', 'begin', 'meer'],
      ['2019', '', ''],
    ],
  });
  expect(tableOf('')).toEqual({ head: [], rows: [] });
});
