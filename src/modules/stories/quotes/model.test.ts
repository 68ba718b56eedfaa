import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { outsideData } from '../../../../tests/support/outside-data.ts';
import {
  asAnnotation,
  carry,
  hold,
  holds,
  isOwnVoice,
  mayCut,
  standsAt,
  type HoldingBlock,
} from './model.ts';

const paragraph = (block: string, text: string): HoldingBlock => ({ block, kind: 'paragraph', text });
const quoted = (block: HoldingBlock, exact: string) => {
  const start = block.text.indexOf(exact);
  return hold(block, start, start + exact.length) ?? expect.unreachable();
};

test('words that did not change are carried with their block, also when the block moves', () => {
  const [one, other] = [paragraph('a', 'Ik kwam in de winter.'), paragraph('b', 'Het was koud.')];
  const anchor = quoted(one, 'in de winter');
  expect(carry(anchor, [one, other], [other, one])).toEqual(anchor);
});

test('words that moved within their block are carried when they stand there once, before and after', () => {
  const was = paragraph('a', 'Ik kwam in de winter.');
  const is = paragraph('a', '❄️ Samen kwamen we aan. Ik kwam in de winter.');
  expect(carry(quoted(was, 'in de winter'), [was], [is])).toEqual(quoted(is, 'in de winter'));
});

test('a changed word, a block that is gone and a block of another kind are asked of the teller', () => {
  const was = paragraph('a', 'Ik kwam in de winter.');
  const anchor = quoted(was, 'in de winter');
  expect(carry(anchor, [was], [paragraph('a', 'Ik kwam in de herfst.')])).toBe('asked');
  expect(carry(anchor, [was], [paragraph('b', was.text)])).toBe('asked');
  expect(carry(anchor, [was], [{ ...was, kind: 'quote' }])).toBe('asked');
});

test('a twin sentence never inherits a quote: not in another block, and not in its own', () => {
  const twins = paragraph('a', 'Ja. Ja.');
  const first = hold(twins, 0, 3) ?? expect.unreachable();
  expect(carry(first, [twins], [paragraph('a', 'Ja.')])).toBe('asked');
  const one = paragraph('a', 'Ja. Nee.');
  expect(carry(quoted(one, 'Ja.'), [one], [paragraph('a', 'Ja. Ja. Nee.')])).toBe('asked');
  expect(
    carry(quoted(one, 'Ja.'), [one, paragraph('b', 'Ja.')], [paragraph('a', 'Nee.'), paragraph('b', 'Ja.')]),
  ).toBe('asked');
});

test('words that begin to carry a mark of the next sign are other words', () => {
  const was = paragraph('a', 'een cafe hier');
  expect(carry(quoted(was, 'cafe'), [was], [paragraph('a', 'een cafe\u0301 hier')])).toBe('asked');
});

test('an anchor that never held is not carried either', () => {
  const was = paragraph('a', 'Ik kwam in de winter.');
  expect(carry({ block: 'a', start: 3, end: 7, exact: 'kwaM' }, [was], [was])).toBe('asked');
});

test.each([
  ['within a pair of surrogates', 'a😀b', 2, false],
  ['after an emoji', 'a😀b', 3, true],
  ['before a combining accent', 'e\u0301a', 1, false],
  ['before an Arabic vowel sign', 'مُدن', 1, false],
  ['between Ethiopic syllables', 'ሰላም', 1, true],
  ['before an Ethiopic combining mark', 'ሰ\u135fላ', 1, false],
  ['within a family of emoji', '👩\u200d👧', 2, false],
  ['after a joiner', '👩\u200d👧', 3, false],
  ['before a tone of skin', '👍🏽', 2, false],
  ['within a flag', '🇳🇱🇺🇦', 2, false],
  ['between two flags', '🇳🇱🇺🇦', 4, true],
  ['past the end', 'ab', 3, false],
])('a quote %s: whether it may be cut there', (_where, text, at, may) => {
  expect(mayCut(text, at)).toBe(may);
});

test('overlapping places are counted too', () => {
  expect(standsAt('aaa', 'aa')).toEqual([0, 1]);
  expect(standsAt('aaa', '')).toEqual([]);
});

test('words that someone else says in a telling are not quoted as the teller’s', () => {
  const other = { block: 'a', kind: 'quote', text: 'Welkom.' } as const;
  expect(isOwnVoice(other)).toBe(false);
  expect(hold(other, 0, 3)).toBeNull();
  expect(holds({ block: 'a', start: 0, end: 3, exact: 'Wel' }, [other])).toBe(false);
});

const annotation = asAnnotation(
  {
    id: '0199d3a0-0000-7000-8000-000000000001',
    slug: 'abcdefghij',
    block: '0199d3a0-0000-7000-8000-000000000002',
    start: 3,
    end: 7,
    exact: 'كنا هنا',
    language: 'ar',
    direction: 'rtl',
    madeOn: '2026-11-23',
  },
  'https://example.org',
);

test('a quote for programs says its own words and none around them', () => {
  expect(JSON.stringify(annotation)).not.toMatch(/prefix|suffix/);
});

const folder = outsideData('data', 'qda', 'w3c-annotation');
test.skipIf(folder === null)('a quote for programs is a Web Annotation by the schemas of the W3C', () => {
  interface Schema {
    readonly id: string;
    readonly assertionType?: string;
    readonly expectedResult?: string;
  }
  const read = (kind: string) =>
    readdirSync(join(folder ?? '', kind), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder ?? '', kind, name), 'utf8')) as Schema);
  const ajv = addFormats.default(new Ajv({ strict: false }));
  for (const schema of read('definitions')) ajv.addSchema(schema);
  const musts = read('annotations').filter(({ assertionType }) => assertionType === 'must');
  const compiled = musts.map((schema) => ({ schema, validate: ajv.compile(schema) }));
  const brokenIn = (given: unknown) =>
    compiled
      .filter(({ schema, validate }) => validate(given) !== (schema.expectedResult === 'valid'))
      .map(({ schema }) => schema.id);
  expect(musts.length).toBeGreaterThan(20);
  expect(brokenIn(annotation)).toEqual([]);
  expect(brokenIn({ ...annotation, target: undefined })).not.toEqual([]);
  expect(brokenIn({ ...annotation, created: 'yesterday' })).not.toEqual([]);
});
