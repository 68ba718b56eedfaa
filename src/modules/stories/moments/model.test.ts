import { expect, test } from 'vitest';
import type { ReadBlock, Voice } from '../reading/model.ts';
import { datesOf, momentsFrom, momentsWithVoices, type MomentFact } from './model.ts';

const fact = (name: string, more: Partial<MomentFact> = {}): MomentFact => ({
  fact: name,
  kind: 'founded',
  day: '2016-01-01',
  precision: 'year',
  saidBy: 'public-sources',
  initiative: { id: 'one', slug: 'one', name: 'One' },
  text: null,
  ...more,
});
const block = (text: string, more: Partial<ReadBlock> = {}): ReadBlock => ({
  block: text,
  kind: 'paragraph',
  level: null,
  language: 'nl',
  text,
  content: [],
  moment: null,
  saidDay: null,
  saidPrecision: null,
  media: null,
  rendered: null,
  ...more,
});
const moment = (key: string | null, text = '', more: Partial<ReadBlock> = {}) =>
  block(text, { kind: 'moment', moment: key, block: `moment ${key} ${text}`, ...more });
const voice = (id: string, blocks: readonly ReadBlock[], more: Partial<Voice> = {}): Voice => ({
  id,
  slug: id,
  language: 'nl',
  title: '',
  name: null,
  roleThen: null,
  toldHow: 'alone',
  invented: false,
  findable: false,
  themes: [],
  province: null,
  openedOn: '2026-01-01',
  readAs: 'public',
  renderings: [],
  media: [],
  rendering: null,
  blocks,
  ...more,
});

test('two dates for one moment stay both, each with who says so; one that all agree on stands once', () => {
  const [differs] = momentsFrom([
    { ...fact('a'), moment: 'k' },
    { ...fact('b', { day: '2017-03-01', precision: 'month', saidBy: 'own' }), moment: 'k' },
  ]);
  expect(
    differs && datesOf(differs).map(({ day, saidBy }) => [day, saidBy.map((one) => one.saidBy)]),
  ).toEqual([
    ['2016-01-01', ['public-sources']],
    ['2017-03-01', ['own']],
  ]);
  const [agrees] = momentsFrom([
    { ...fact('a'), moment: 'k' },
    { ...fact('b', { saidBy: 'own' }), moment: 'k' },
  ]);
  expect(agrees && datesOf(agrees)).toHaveLength(1);
});

test('a moment that two initiatives lived stands once, and voices that named either fact stand under it', () => {
  const other = { id: 'two', slug: 'two', name: 'Two' };
  const moments = momentsFrom([
    { ...fact('a'), moment: 'k' },
    { ...fact('b', { initiative: other }), moment: 'k' },
  ]);
  const { rows } = momentsWithVoices(moments, [
    voice('x', [moment('a'), block('Zo was het.')]),
    voice('y', [moment('b'), block('Anders was het.')]),
  ]);
  expect(rows.map(({ passages }) => passages.map((passage) => passage.voice.id))).toEqual([['x', 'y']]);
});

test('a moment nobody told stays, with nobody; what a voice tells elsewhere stands under its own words', () => {
  const moments = momentsFrom([{ ...fact('a'), moment: 'a' }]);
  const told = [block('Vooraf.'), moment(null, 'Mijn eerste dag'), block('Ik kwam.')];
  const { rows, beside } = momentsWithVoices(moments, [voice('x', told)]);
  expect(rows.map(({ passages }) => passages.length)).toEqual([0]);
  expect(beside.map(({ called, blocks }) => [called, blocks.length])).toEqual([
    ['', 1],
    ['Mijn eerste dag', 1],
  ]);
});

test('real voices are never brought under a moment that no open record holds: that could tell of one that is kept back', () => {
  const told = (id: string, invented: boolean) =>
    voice(id, [moment('hidden', 'Die avond'), block('Het was stil.')], { invented });
  expect(momentsWithVoices([], [told('x', false), told('y', false)])).toMatchObject({ rows: [] });
  expect(momentsWithVoices([], [told('x', true), told('y', true)]).rows).toHaveLength(1);
});

test('a long passage is shown up to a whole block, and says that there is more', () => {
  const long = [moment('a'), block('a'.repeat(1_400)), block('Nog meer.')];
  const { rows } = momentsWithVoices(momentsFrom([{ ...fact('a'), moment: 'a' }]), [voice('x', long)]);
  expect(rows[0]?.passages[0]).toMatchObject({ cut: true, blocks: [{ text: 'a'.repeat(1_400) }] });
});
