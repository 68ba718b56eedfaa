import { expect, test } from 'vitest';
import { assemble } from './model.ts';
import type { DrawRow, EditionRows, ParagraphRow, VoiceRow } from './rows/model.ts';

const voice = (key: string, more: Partial<VoiceRow> = {}): VoiceRow => ({
  ...{ key, kind: 'quote', stance: null, words: key, language: 'nl', called: 'web', role_then: null },
  ...{ telling: null, on_web: true, on_paper: true, called_on_paper: 'paper', ...more },
});
const block = (paragraph: string, more: Partial<ParagraphRow> = {}): ParagraphRow => ({
  ...{ paragraph, article: 'a', place: Number(paragraph), kind: 'paragraph', level: null, language: 'nl' },
  ...{ text: paragraph, voice: null, figure: null, picture: null, ...more },
});
const rows = (
  paragraphs: readonly ParagraphRow[],
  draws: readonly DrawRow[],
  voices: readonly VoiceRow[],
): EditionRows => ({
  publication: { slug: 's', kind: 'magazine', language: 'nl', issue: 1, invented: false },
  edition: {
    number: 1,
    title: 't',
    subtitle: '',
    opening: '',
    changed: '',
    credits: [],
    released_on: '2026-11-20',
  },
  articles: [
    { article: 'a', slug: 'a', kind: 'essay', title: 'A', opening: '', language: 'nl', byline: [], place: 0 },
  ],
  ...{
    paragraphs,
    draws,
    voices,
    renderings: [],
    figures: [],
    pictures: [],
    errata: [],
    works: [],
    named: [],
  },
});
const drawn = (paragraph: string, key: string, way: DrawRow['way']): DrawRow => ({
  paragraph,
  kind: 'voice',
  key,
  way,
});
const blocksOf = (given: EditionRows, exit: 'web' | 'paper') =>
  assemble(given, exit, () => []).articles[0]?.blocks ?? [];

test('what answers a voice that left stays and no longer names it; what retells it is not there', () => {
  const draws = (['answers', 'differs', 'paraphrases', 'joins'] as const).map((way, at) =>
    drawn(`${at + 1}`, 'gone', way),
  );
  const left = blocksOf(
    rows(
      ['1', '2', '3', '4'].map((id) => block(id)),
      draws,
      [],
    ),
    'web',
  );
  expect(left.map(({ id, restsOn }) => [id, restsOn])).toEqual([
    ['1', []],
    ['2', []],
  ]);
});

test('a voice stands under the name it chose for this way out, and the margin in the order in which people said it', () => {
  const given = rows(
    [block('2', { kind: 'quote', voice: 'q' }), block('1')],
    [
      drawn('2', 'q', 'quotes'),
      drawn('1', 'm2', 'margin'),
      drawn('1', 'm1', 'margin'),
      drawn('1', 'm3', 'margin'),
    ],
    [voice('q'), voice('m1'), voice('m2'), voice('m3', { on_web: false })],
  );
  expect(blocksOf(given, 'web').map(({ id, margin }) => [id, margin.map(({ key }) => key)])).toEqual([
    ['1', ['m1', 'm2']],
    ['2', []],
  ]);
  const [, onPaper] = blocksOf(given, 'paper');
  expect(onPaper).toMatchObject({ type: 'quote', voice: { called: 'paper' }, restsOn: [{ name: 'paper' }] });
  expect(blocksOf(given, 'paper')[0]?.margin).toHaveLength(3);
});
