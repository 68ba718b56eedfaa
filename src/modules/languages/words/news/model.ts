import type { Speech } from '#platform/i18n/speech.ts';
import { inXml } from '#platform/xml.ts';
import type { Register } from '../model.ts';

/** Something that happened to a word, as its feed tells it. */
export interface WordNews {
  readonly kind: 'new' | 'adopted' | 'disputed';
  readonly key: string;
  readonly slug: string;
  readonly term: string;
  readonly register: Register;
  readonly text: string | null;
  readonly at: Date;
}

export const newsPaths = { atom: '/data/v1/word-news.atom', json: '/data/v1/word-news.json' } as const;

const titleOf = (say: Speech, { kind, term, register }: WordNews) =>
  say(`words.feed.${kind}`, { term, register: say(`words.register.${register}`) });
const tagOf = (origin: string, { kind, key, slug }: WordNews) =>
  `tag:${new URL(origin).hostname},2026:word:${slug}:${kind}:${key}`;
const pageOf = (origin: string, say: Speech, { slug, register }: WordNews) =>
  `${origin}${say.to(`/words/${slug}`)}#${register}`;

/** The moment of the last news, for Last-Modified; the beginning of the house where there is none. */
export const lastNews = (news: readonly WordNews[]): Date =>
  new Date(Math.max(Date.UTC(2026, 10, 25), ...news.map(({ at }) => at.getTime())));

/** News of words as JSON Feed 1.1. */
export function jsonNews(say: Speech, news: readonly WordNews[], origin: string): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: say('words.feed.title'),
    description: say('words.feed.about'),
    home_page_url: `${origin}${say.to('/words')}`,
    feed_url: `${origin}${newsPaths.json}?lang=${say.language}`,
    language: say.language,
    authors: [{ name: say('platform.name'), url: `${origin}${say.to('/about')}` }],
    items: news.map((one) => ({
      id: tagOf(origin, one),
      url: pageOf(origin, say, one),
      title: titleOf(say, one),
      content_text: one.text ?? titleOf(say, one),
      date_published: one.at.toISOString(),
      tags: [say(`words.register.${one.register}`)],
    })),
  };
}

/** News of words as Atom (RFC 4287). */
export function atomNews(say: Speech, news: readonly WordNews[], origin: string): string {
  const link = (rel: string, href: string, type: string) =>
    `<link rel="${rel}" type="${type}" href="${inXml(href)}"/>`;
  const self = `${origin}${newsPaths.atom}?lang=${say.language}`;
  const entry = (one: WordNews) => `  <entry>
    <id>${inXml(tagOf(origin, one))}</id>
    <title>${inXml(titleOf(say, one))}</title>
    <updated>${one.at.toISOString()}</updated>
    ${link('alternate', pageOf(origin, say, one), 'text/html')}
    <content type="text">${inXml(one.text ?? titleOf(say, one))}</content>
  </entry>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${say.language}">
  <id>${inXml(self)}</id>
  <title>${inXml(say('words.feed.title'))}</title>
  <subtitle>${inXml(say('words.feed.about'))}</subtitle>
  <updated>${lastNews(news).toISOString()}</updated>
  <author><name>${inXml(say('platform.name'))}</name><uri>${inXml(`${origin}${say.to('/about')}`)}</uri></author>
  ${link('self', self, 'application/atom+xml')}
  ${link('alternate', `${origin}${say.to('/words')}`, 'text/html')}
${news.map(entry).join('\n')}
</feed>
`;
}
