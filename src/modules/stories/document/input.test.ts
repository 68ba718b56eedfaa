import { expect, test } from 'vitest';
import { parseDoc } from './input.ts';
import { blocksOf, textOf } from './model.ts';

const attrs = { id: '0193a000-0000-7000-8000-000000000001', lang: 'ar', dir: 'rtl' } as const;
const other = { ...attrs, id: '0193a000-0000-7000-8000-000000000002' };
const doc = (...content: unknown[]) => ({ type: 'doc', content });
const paragraph = (text: string, marks?: unknown[]) => ({
  type: 'paragraph',
  attrs,
  content: [{ type: 'text', text, ...(marks ? { marks } : {}) }],
});

test('a paragraph, a list and a moment are read, and laid flat in order', () => {
  const read = parseDoc(
    doc(
      {
        type: 'moment',
        attrs: { ...other, moment: null, title: 'De eerste dag', day: '2016-03-01', precision: 'month' },
      },
      paragraph('مرحبا', [{ type: 'strong' }]),
      {
        type: 'list',
        attrs: { ...attrs, id: '0193a000-0000-7000-8000-000000000003', ordered: false },
        content: [
          { type: 'item', content: [{ type: 'text', text: 'een' }] },
          { type: 'item', content: [{ type: 'text', text: 'twee' }] },
        ],
      },
    ),
  );
  if (!read.ok) throw new Error(read.reason);
  expect(blocksOf(read.value).map(({ kind, place, text, saidDay }) => [kind, place, text, saidDay])).toEqual([
    ['moment', 0, 'De eerste dag', '2016-03-01'],
    ['paragraph', 1, 'مرحبا', null],
    ['list', 2, 'een\ntwee', null],
  ]);
  expect(read.value.content.map(textOf)).toHaveLength(3);
});

test.each([
  ['a block nobody knows', doc({ type: 'script', attrs })],
  ['HTML', '<p>hello</p>'],
  [
    'a link that runs script',
    doc(paragraph('x', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }])),
  ],
  [
    'a link with a control sign before its scheme',
    doc(paragraph('x', [{ type: 'link', attrs: { href: '\u0001javascript:alert(1)' } }])),
  ],
  [
    'an image without words for who cannot see it',
    doc({ type: 'image', attrs: { ...attrs, media: attrs.id, alt: '' } }),
  ],
  ['a level of heading that is the page’s own', doc({ type: 'heading', attrs: { ...attrs, level: 1 } })],
  ['the same key twice', doc(paragraph('een'), paragraph('twee'))],
  ['text where blocks belong', doc({ type: 'text', text: 'los' })],
  ['an attribute of another kind', doc({ type: 'paragraph', attrs: { ...attrs, id: 7 } })],
  ['nothing', null],
])('%s is refused', (_what, given) => {
  expect(parseDoc(given)).toMatchObject({ ok: false, reason: 'telling_unreadable' });
});

test('an attribute nobody asked for does not come along', () => {
  const read = parseDoc(doc({ type: 'paragraph', attrs: { ...attrs, onclick: 'alert(1)' } }));
  expect(JSON.stringify(read)).not.toContain('onclick');
});

test('a telling that would fill a book is refused as too long', () => {
  expect(parseDoc(doc(paragraph('a'.repeat(20_001))))).toMatchObject({ reason: 'telling_too_long' });
});
