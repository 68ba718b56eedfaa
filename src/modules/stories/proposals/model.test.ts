import { expect, test } from 'vitest';
import { parseDoc } from '../document/input.ts';
import { textOf, type Block, type Doc } from '../document/model.ts';
import { aParagraph } from '../testing.ts';
import { compared, reworded, saysTheSameAs } from './model.ts';

const spoken = (id: number) => ({
  id: `0199d3a0-0000-7000-8000-00000000000${id}`,
  lang: 'nl',
  dir: 'ltr' as const,
});
const marked: Block = {
  type: 'paragraph',
  attrs: spoken(1),
  content: [
    { type: 'text', text: 'Ik ' },
    { type: 'text', text: 'kwam', marks: [{ type: 'em' }] },
  ],
};
const list: Block = {
  type: 'list',
  attrs: { ...spoken(2), ordered: false },
  content: [{ type: 'item', content: [{ type: 'text', text: 'brood' }] }],
};
const moment: Block = {
  type: 'moment',
  attrs: { ...spoken(3), moment: null, title: 'Begin', day: null, precision: 'unknown' },
};
const doc: Doc = { type: 'doc', content: [marked, list, moment] };
const words = (...pairs: [Block, string][]) => new Map(pairs.map(([block, text]) => [block.attrs.id, text]));

test('what was not touched keeps its marks, and the same words are the same telling', () => {
  expect(reworded(doc, words([marked, 'Ik kwam'], [list, 'brood']))).toEqual(doc);
  expect(saysTheSameAs(doc, reworded(doc, new Map()))).toBe(true);
});

test('other words are plain ones in the same block, and the whole still fits the schema of a telling', () => {
  const then = reworded(doc, words([marked, 'Ik ging'], [list, 'brood\n\nmelk'], [moment, '']));
  expect(then.content.map((block) => textOf(block))).toEqual(['Ik ging', 'brood\nmelk', 'Begin']);
  expect(then.content.map(({ attrs }) => attrs.id)).toEqual(doc.content.map(({ attrs }) => attrs.id));
  expect(parseDoc(then)).toMatchObject({ ok: true });
});

test('an emptied paragraph would be gone, and the teller sees that', () => {
  const one = aParagraph('Weg.');
  const whole: Doc = { type: 'doc', content: [one, marked] };
  expect(compared(whole, reworded(whole, words([one, ''])))).toMatchObject([
    { now: 'Weg.', then: null, changed: true },
    { now: 'Ik kwam', then: 'Ik kwam', changed: false },
  ]);
});
