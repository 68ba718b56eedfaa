import { expect, test } from 'vitest';
import type { BookArticle, BookBlock, RestsOn, Way } from '../model.ts';
import { aroundVoice, mayAnswer, standsAt } from './model.ts';

const draws = (key: string, way: Way): RestsOn => ({ kind: 'voice', key, way, name: null, address: null });
const block = (id: string, ...restsOn: RestsOn[]): BookBlock => ({
  id,
  type: 'paragraph',
  language: 'nl',
  restsOn,
  margin: [],
  inlines: [{ type: 'text', text: id }],
});
const article = (...blocks: BookBlock[]): BookArticle => ({
  ...{ id: 'a', slug: 'a', kind: 'section', title: 'A', opening: '', language: 'nl', byline: [], notes: [] },
  blocks,
});

test('somebody sees each block that rests on them with its neighbours, and that there is more between', () => {
  const around = aroundVoice(
    article(
      ...[block('1'), block('2', draws('mine', 'paraphrases')), block('3'), block('4'), block('5')],
      ...[block('6', draws('other', 'quotes')), block('7', draws('mine', 'joins'), draws('mine', 'answers'))],
    ),
    'mine',
  );
  expect(around.map((each) => (each === 'gap' ? each : [each.block.id, each.mine, each.ways]))).toEqual([
    ['1', false, []],
    ['2', true, ['paraphrases']],
    ['3', false, []],
    'gap',
    ['6', false, []],
    ['7', true, ['joins', 'answers']],
  ]);
});

test('one can always leave; any other answer is about what one saw, before it went out', () => {
  const draft = [{ id: 'a', released: false }];
  expect(mayAnswer({ seen: false, articles: draft }, 'out').ok).toBe(true);
  expect(mayAnswer({ seen: true, articles: [{ id: 'a', released: true }] }, 'out').ok).toBe(true);
  expect(mayAnswer({ seen: true, articles: draft }, 'agree').ok).toBe(true);
  expect(mayAnswer({ seen: false, articles: draft }, 'agree')).toMatchObject({ reason: 'used_changed' });
  expect(mayAnswer({ seen: true, articles: [{ id: 'a', released: true }] }, 'remark')).toMatchObject({
    reason: 'used_released',
  });
});

test('what changed since it was seen waits to be seen again, whatever was answered', () => {
  const told = { piece: 'p', words: 'w', language: 'nl', articles: [], hears: 'mail', told: 'nl' } as const;
  const of = (askedOn: string | null, shownOn: string | null, changed: boolean, answer: 'agree' | null) =>
    standsAt({ ...told, askedOn, shownOn, changed, answer });
  expect(of(null, null, false, null)).toBe('to-ask');
  expect(of('2026-11-22', null, false, null)).toBe('asked');
  expect(of('2026-11-22', '2026-11-22', false, null)).toBe('shown');
  expect(of('2026-11-22', '2026-11-22', false, 'agree')).toBe('agree');
  expect(of('2026-11-22', '2026-11-22', true, 'agree')).toBe('changed');
});
