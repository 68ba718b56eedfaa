import { now } from '#platform/clock.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { inXml } from '#platform/xml.ts';
import type { ErratumKind } from '../../model.ts';
import { addressOf, type ListedEdition } from '../library/model.ts';

/** That an edition came out, or that something was taken out of one; of the latter never what or whose. */
export type PublicationNews =
  | { readonly kind: 'out'; readonly at: Date; readonly edition: ListedEdition }
  | {
      readonly kind: 'erratum';
      readonly at: Date;
      readonly edition: ListedEdition;
      readonly what: ErratumKind;
      readonly printed: boolean;
      readonly count: number;
    };

export const newsPaths = { atom: '/data/v1/publications.atom', json: '/data/v1/publications.json' } as const;

const most = 50;

const anHour = 3_600_000;

/**
 * What happened after a moment, newest first, fifty at most; without a moment the latest fifty. What was taken out of one edition in one
 * hour is one piece of news, told when that hour is over: so nobody who follows misses what came later in it, and nobody reads by the
 * minute who left.
 */
export function newsOf(
  editions: readonly ListedEdition[],
  since: Date | null = null,
  until: Date = now(),
): { readonly news: readonly PublicationNews[]; readonly more: boolean } {
  const all = editions.flatMap((edition): PublicationNews[] => {
    const moments = Map.groupBy(edition.errata, ({ at, kind, printed }) => `${at} ${kind} ${printed}`);
    return [
      { kind: 'out', at: new Date(edition.releasedAt), edition },
      ...[...moments.values()].flatMap(([first, ...rest]): PublicationNews[] =>
        first
          ? [
              {
                ...{
                  kind: 'erratum',
                  at: new Date(Date.parse(first.at) + anHour),
                  edition,
                  what: first.kind,
                },
                ...{ printed: first.printed, count: 1 + rest.length },
              },
            ]
          : [],
      ),
    ];
  });
  const told = all.filter(({ kind, at }) => kind === 'out' || at <= until);
  const after = since ? told.filter(({ at }) => at > since) : told;
  // Whoever follows reads on from the oldest they miss; whoever comes new reads the newest.
  const inOrder = after.sort((one, other) => one.at.getTime() - other.at.getTime());
  const news = since ? inOrder.slice(0, most) : inOrder.slice(-most);
  return { news: news.reverse(), more: since !== null && after.length > most };
}

/** The moment of the last news, for Last-Modified; the beginning of the house where there is none. */
export const lastNews = (news: readonly PublicationNews[]): Date =>
  new Date(Math.max(Date.UTC(2026, 10, 26), ...news.map(({ at }) => at.getTime())));

const titleOf = (say: Speech, one: PublicationNews): string =>
  one.kind === 'out'
    ? say('publications.feed.out', { title: one.edition.title, number: one.edition.number })
    : say('publications.feed.erratum', { title: one.edition.title, number: one.edition.number });

const textOf = (say: Speech, one: PublicationNews): string =>
  one.kind === 'out'
    ? [one.edition.subtitle, one.edition.opening, one.edition.changed].filter(Boolean).join('\n') ||
      say(`publications.kind.${one.edition.kind}`)
    : [
        say(`publications.erratum.${one.what}`, { count: one.count }),
        ...(one.printed ? [say('publications.erratum.printed')] : []),
      ].join(' ');

const tagOf = (origin: string, { kind, at, edition }: PublicationNews): string =>
  `tag:${new URL(origin).hostname},2026:publication:${edition.slug}:${edition.number}${
    kind === 'out' ? '' : `:erratum:${at.toISOString()}`
  }`;

const pageOf = (origin: string, say: Speech, { kind, edition }: PublicationNews): string =>
  `${origin}${say.to(addressOf(edition))}${kind === 'out' ? '' : '#errata'}`;

/** What a feed tells: its news, whether there is more after it, and what was asked after, as in the address. */
export interface Feed {
  readonly origin: string;
  readonly news: readonly PublicationNews[];
  readonly more: boolean;
  readonly since: string | null;
}

const feedAddress = (form: keyof typeof newsPaths, language: string, since: string | null): string =>
  `${newsPaths[form]}?lang=${language}${since === null ? '' : `&since=${encodeURIComponent(since)}`}`;

/** What to ask after next time. */
const nextOf = ({ news, since }: Feed): string | null => news[0]?.at.toISOString() ?? since;

/** News of publications as JSON Feed 1.1; `_steppingstones.since` is what to ask after next time. */
export function jsonNews(say: Speech, feed: Feed): object {
  const { origin, news, more, since } = feed;
  const next = nextOf(feed);
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: say('publications.feed.title'),
    description: say('publications.feed.about'),
    home_page_url: `${origin}${say.to('/publications')}`,
    feed_url: `${origin}${feedAddress('json', say.language, since)}`,
    ...(more && { next_url: `${origin}${feedAddress('json', say.language, next)}` }),
    language: say.language,
    authors: [{ name: say('platform.name'), url: `${origin}${say.to('/about')}` }],
    items: news.map((one) => ({
      id: tagOf(origin, one),
      url: pageOf(origin, say, one),
      title: titleOf(say, one),
      content_text: textOf(say, one),
      date_published: one.at.toISOString(),
      ...(one.kind === 'out' && { language: one.edition.language }),
      tags: [say(`publications.kind.${one.edition.kind}`)],
    })),
    _steppingstones: { about: `${origin}/data/v1/openapi.json`, since: next, more },
  };
}

/** News of publications as Atom (RFC 4287). */
export function atomNews(say: Speech, feed: Feed): string {
  const { origin, news, more, since } = feed;
  const link = (rel: string, href: string, type: string) =>
    `<link rel="${rel}" type="${type}" href="${inXml(href)}"/>`;
  const address = (after: string | null) => `${origin}${feedAddress('atom', say.language, after)}`;
  const entry = (one: PublicationNews) => `  <entry>
    <id>${inXml(tagOf(origin, one))}</id>
    <title>${inXml(titleOf(say, one))}</title>
    <updated>${one.at.toISOString()}</updated>
    ${link('alternate', pageOf(origin, say, one), 'text/html')}
    <category term="${one.edition.kind}" label="${inXml(say(`publications.kind.${one.edition.kind}`))}"/>
    <content type="text">${inXml(textOf(say, one))}</content>
  </entry>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${say.language}">
  <id>${inXml(address(null))}</id>
  <title>${inXml(say('publications.feed.title'))}</title>
  <subtitle>${inXml(say('publications.feed.about'))}</subtitle>
  <updated>${lastNews(news).toISOString()}</updated>
  <author><name>${inXml(say('platform.name'))}</name><uri>${inXml(`${origin}${say.to('/about')}`)}</uri></author>
  ${link('self', address(since), 'application/atom+xml')}
  ${link('alternate', `${origin}${say.to('/publications')}`, 'text/html')}
${more ? `  ${link('next', address(nextOf(feed)), 'application/atom+xml')}\n` : ''}${news.map(entry).join('\n')}
</feed>
`;
}
