import { expect, test } from 'vitest';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { readXml } from '#platform/xml.ts';
import { atomNews, type WordNews } from './model.ts';

const one: WordNews = {
  kind: 'new',
  key: '0193a000-0000-7000-8000-0000000000cc',
  slug: 'buur',
  term: `'buur' & "vrouw" <b> \u0000 ن\u200cم`,
  register: 'lived',
  text: 'een\ntwee',
  at: new Date('2026-11-25T10:00:00Z'),
};

test('a word with any signs is read back from the feed as it was typed, but for what XML cannot hold', () => {
  const feed = atomNews(speaker('nl', catalogue), [one], 'https://example.org');
  const read = readXml(feed, { depth: 6, elements: 60 });
  if (!read.ok) throw new Error(read.reason);
  const entry = read.root.children.find(({ name }) => name === 'entry');
  const told = (name: string) => entry?.children.find((each) => each.name === name)?.text;
  expect(told('title')).toContain(`'buur' & "vrouw" <b> \ufffd ن\u200cم`);
  expect(told('content')).toBe('een\ntwee');
});
