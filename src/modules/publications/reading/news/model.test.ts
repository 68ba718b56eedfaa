import { execFileSync } from 'node:child_process';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { languages } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { aListedEdition } from '../testing.ts';
import { atomNews, jsonNews, newsOf } from './model.ts';

const origin = 'https://stones.example';
const hostile = `Stenen & "water" <b>]]> \u0000\u202e ن\u200cم 🌊`;
const editions = [
  aListedEdition({ title: hostile, opening: `een\n<script>alert(1)</script>` }),
  aListedEdition({
    number: 2,
    releasedAt: '2026-11-21T09:00:00.123456Z',
    changed: 'Twee brieven kwamen erbij.',
    errata: ['2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z', '2026-11-24T08:00:00Z'].map((at) => ({
      ...{ article: 'de-deur', on: at.slice(0, 10), at, kind: 'voice-left', printed: true },
    })),
  }),
];
const later = new Date('2027-01-01T00:00:00Z');
const feed = (since: Date | null = null) => ({
  ...newsOf(editions, since, later),
  origin,
  since: since?.toISOString() ?? null,
});
const say = speaker('nl', catalogue);

const reader = `
import sys, json, feedparser
d = feedparser.parse(sys.stdin.buffer.read())
print(json.dumps({'version': d.version, 'bozo': bool(d.bozo), 'lang': d.feed.get('language'), 'entries': [[e.id, e.title, e.link, e.updated] for e in d.entries]}))`;

/** What python3-feedparser reads of an Atom feed, or null where it is not installed. */
function feedparserReads(xml: string): { version: string; bozo: boolean; entries: string[][] } | null {
  try {
    const told = execFileSync('/usr/bin/python3', ['-c', reader], {
      input: xml,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return JSON.parse(told) as ReturnType<typeof feedparserReads>;
  } catch {
    return null;
  }
}
const judge = feedparserReads('<feed xmlns="http://www.w3.org/2005/Atom"></feed>') !== null;

test('an npm parser reads both feeds, in every language, with the same news in the same order', () => {
  for (const language of languages) {
    const spoken = speaker(language, catalogue);
    const atom = parseAtomFeed(atomNews(spoken, feed()));
    const json = parseJsonFeed(JSON.stringify(jsonNews(spoken, feed())));
    expect(atom.entries?.map(({ id }) => id)).toEqual(json.items?.map(({ id }) => id));
    expect(atom.entries?.map(({ title }) => title)?.length).toBe(4);
    expect(json.language).toBe(language);
    expect(json.items?.at(-1)?.content_text).toContain('<script>');
  }
});

test.skipIf(!judge)('python3-feedparser, where it is installed, reads the Atom feed as it was told', () => {
  const read = feedparserReads(atomNews(say, feed()));
  expect(read).toMatchObject({ version: 'atom10', bozo: false });
  expect(read?.entries.map(([, , link]) => link)).toEqual([
    `${origin}/nl/publications/stenen-in-het-water/2#errata`,
    `${origin}/nl/publications/stenen-in-het-water/2#errata`,
    `${origin}/nl/publications/stenen-in-het-water/2`,
    `${origin}/nl/publications/stenen-in-het-water/1`,
  ]);
  expect(new Set(read?.entries.map(([id]) => id)).size).toBe(4);
});

test('a feed tells that voices left, when and from which edition, and neither what nor whose', () => {
  const [last, before] = newsOf(editions, null, later).news;
  expect([last?.kind, before?.kind]).toEqual(['erratum', 'erratum']);
  const told = atomNews(say, { ...feed(), news: before ? [before] : [] });
  expect(told).toContain(say('publications.erratum.voice-left', { count: 2 }));
  expect(told).toContain(say('publications.erratum.printed'));
  expect(told).not.toContain('de-deur');
});

test('what was taken out in an hour is told when that hour is over, and not by the minute', () => {
  const kinds = (until: string) =>
    newsOf(editions, null, new Date(until)).news.map(({ kind, at }) => [kind, at.getTime()]);
  expect(kinds('2026-11-23T08:59:59Z').map(([kind]) => kind)).toEqual(['out', 'out']);
  expect(kinds('2026-11-23T09:00:00Z')[0]).toEqual(['erratum', Date.UTC(2026, 10, 23, 9)]);
});

test('whoever asks with the since of the answer before gets what came after it, and nothing twice', () => {
  const seen: string[] = [];
  let since: string | null = '2026-11-20T00:00:00Z';
  for (let round = 0; round < 3 && since; round++) {
    const told = jsonNews(say, feed(new Date(since))) as {
      items: { id: string }[];
      _steppingstones: { since: string | null };
    };
    seen.push(...told.items.map(({ id }) => id));
    since = told._steppingstones.since;
  }
  expect(seen).toHaveLength(4);
  const many = Array.from({ length: 120 }, (_, at) =>
    aListedEdition({ number: at + 1, releasedAt: new Date(Date.UTC(2027, 0, 1 + at)).toISOString() }),
  );
  const first = newsOf(many, new Date(0));
  expect([first.news.length, first.more, first.news.at(-1)?.edition.number]).toEqual([50, true, 1]);
  expect(newsOf(many).news[0]?.edition.number).toBe(120);
});
