import { expect, test } from 'vitest';
import { align, howFar, isOfAPerson, saved, type RenderedBlock, type SourceBlock } from './model.ts';

const source = (block: string, text: string, hash = `hash of ${text}`): SourceBlock => ({
  block,
  kind: 'paragraph',
  language: 'ar',
  text,
  hash,
});
const held: RenderedBlock = {
  block: 'a',
  text: 'Wij waren samen',
  sourceHash: 'hash of كنا',
  goneThrough: false,
};
const typed = { block: 'a', text: 'Wij waren samen', seen: 'hash of كنا معا', through: false };

test('a block is stale when the words it was made from are others now, whatever the date', () => {
  const aligned = align([source('a', 'كنا'), source('b', 'ثم'), source('photo', '')], [held]);
  expect(aligned.map(({ state }) => state)).toEqual(['fresh', 'missing']);
  expect(align([source('a', 'كنا معا')], [held])[0]?.state).toBe('stale');
  expect(howFar(aligned)).toEqual({ done: 1, of: 2, stale: 0, machine: 1 });
});

test('what a machine drafted stays a machine’s until a person changed it or says they went through it', () => {
  expect(saved(typed, held)).toEqual(held);
  expect(saved({ ...typed, through: true }, held)).toMatchObject({
    goneThrough: true,
    sourceHash: typed.seen,
  });
  expect(saved({ ...typed, text: 'We waren samen' }, held)).toMatchObject({ goneThrough: true });
  expect(isOfAPerson([{ goneThrough: true }, { goneThrough: false }])).toBe(false);
});

test('saving a page does not make stale words fresh by itself', () => {
  const stale = { ...held, goneThrough: true };
  expect(saved(typed, stale)?.sourceHash).toBe('hash of كنا');
  expect(saved({ ...typed, through: true }, stale)?.sourceHash).toBe(typed.seen);
});

test('an emptied block is gone, and a new one is a person’s', () => {
  expect(saved({ ...typed, text: '' }, held)).toBeNull();
  expect(saved(typed, null)).toMatchObject({ goneThrough: true, sourceHash: typed.seen });
});
