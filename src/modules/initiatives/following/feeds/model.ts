import type { Speech } from '#platform/i18n/speech.ts';
import { inXml } from '#platform/xml.ts';
import { addressOf, type Gone, type News, type NewsItem, type Wish, type WishNames } from '../model.ts';
import { headOf, newsLines, wishText } from '../telling/model.ts';

/** A feed of what changed: for whom it is written, of what, and where it stands. */
export interface Feed {
  readonly origin: string;
  readonly wish: Wish;
  readonly names: WishNames;
  readonly news: News;
  /** What was asked after, as in the address; null for the latest. */
  readonly since: string | null;
}

const paths = { atom: '/data/v1/changes.atom', json: '/data/v1/changes.json' } as const;

/** The address of a feed in a language. */
export const feedAddress = (
  form: keyof typeof paths,
  wish: Wish,
  language: string,
  since?: string | null,
): string => addressOf(paths[form], wish, { ...(since ? { since } : {}), lang: language });

/** The lasting name of what happened to an entry on a day (a tag URI, RFC 4151); the same in every language. */
const tagOf = (origin: string, { slug, day }: { slug: string; day: string }) =>
  `tag:${new URL(origin).hostname},2026:${slug}:${day}`;

const titleOf = (say: Speech, { wish, names }: Feed) =>
  say('following.feed.title', { what: wishText(say, wish, names) });
const entryAddress = ({ origin }: Feed, say: Speech, { slug }: NewsItem) =>
  `${origin}${say.to(`/initiatives/${slug}`)}`;

/** The moment of the last news, for Last-Modified; the beginning of the house where there is none. */
export function updatedAt({ items, gone }: News): Date {
  const moments = [...items, ...gone].map(({ at }) => at.getTime());
  return new Date(Math.max(Date.UTC(2026, 10, 22), ...moments));
}

/** A feed as JSON Feed 1.1; what left the map stands in `_steppingstones`, with the `since` to ask for next time. */
export function jsonFeed(say: Speech, feed: Feed): object {
  const { origin, wish, news, since } = feed;
  const address = (after: string | null) => `${origin}${feedAddress('json', wish, say.language, after)}`;
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: titleOf(say, feed),
    home_page_url: `${origin}${say.to(addressOf('/changes', wish))}`,
    feed_url: address(since),
    description: say('following.feed.about'),
    language: say.language,
    ...(news.more && { next_url: address(String(news.next)) }),
    authors: [{ name: say('platform.name'), url: `${origin}${say.to('/about')}` }],
    items: news.items.map((item) => ({
      id: tagOf(origin, item),
      url: entryAddress(feed, say, item),
      title: headOf(say, item),
      content_text: newsLines(say, item).join('\n'),
      date_published: item.at.toISOString(),
      date_modified: item.at.toISOString(),
      tags: item.themes.map((theme) => say(`initiatives.theme.${theme}`)),
    })),
    _steppingstones: {
      about: `${origin}/data/v1/openapi.json`,
      since: news.next,
      more: news.more,
      removed: news.gone.map((gone) => ({
        id: tagOf(origin, gone),
        slug: gone.slug,
        at: gone.at.toISOString(),
        moved_to: gone.movedTo === null ? null : `${origin}${say.to(`/initiatives/${gone.movedTo}`)}`,
      })),
    },
  };
}

/** A feed as Atom (RFC 4287), with a tombstone (RFC 6721) for what left the map. */
export function atomFeed(say: Speech, feed: Feed): string {
  const { origin, wish, news, since } = feed;
  const address = (after: string | null) => `${origin}${feedAddress('atom', wish, say.language, after)}`;
  const link = (rel: string, href: string, type: string) =>
    `<link rel="${rel}" type="${type}" href="${inXml(href)}"/>`;
  const entry = (item: NewsItem) => `  <entry>
    <id>${inXml(tagOf(origin, item))}</id>
    <title>${inXml(headOf(say, item))}</title>
    <updated>${item.at.toISOString()}</updated>
    ${link('alternate', entryAddress(feed, say, item), 'text/html')}
${item.themes.map((theme) => `    <category term="${theme}" label="${inXml(say(`initiatives.theme.${theme}`))}"/>\n`).join('')}    <content type="text">${inXml(newsLines(say, item).join('\n'))}</content>
  </entry>`;
  const tombstone = (gone: Gone) =>
    `  <at:deleted-entry ref="${inXml(tagOf(origin, gone))}" when="${gone.at.toISOString()}"${
      gone.movedTo === null
        ? '/>'
        : `>${link('related', `${origin}${say.to(`/initiatives/${gone.movedTo}`)}`, 'text/html')}</at:deleted-entry>`
    }`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="${say.language}">
  <id>${inXml(address(null))}</id>
  <title>${inXml(titleOf(say, feed))}</title>
  <subtitle>${inXml(say('following.feed.about'))}</subtitle>
  <updated>${updatedAt(news).toISOString()}</updated>
  <author><name>${inXml(say('platform.name'))}</name><uri>${inXml(`${origin}${say.to('/about')}`)}</uri></author>
  ${link('self', address(since), 'application/atom+xml')}
  ${link('alternate', `${origin}${say.to(addressOf('/changes', wish))}`, 'text/html')}
${news.more ? `  ${link('next', address(String(news.next)), 'application/atom+xml')}\n` : ''}${[...news.items.map(entry), ...news.gone.map(tombstone)].join('\n')}
</feed>
`;
}
