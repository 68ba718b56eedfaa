import { languages } from '#platform/i18n/languages.ts';
import { answer, get, parameter, string } from '../parts/model.ts';

const news = [
  parameter('lang', 'The language of the texts.', { type: 'string', enum: languages, default: 'nl' }),
  parameter('since', 'The since of an earlier answer, or a moment; without it the latest fifty.', string),
];

const way = (
  name: string,
  summary: string,
  parameters: readonly object[],
  description: string,
  content: Readonly<Record<string, object>>,
) => get(name, 'field', summary, parameters, answer(description, content, ['400', '406']));

/** The doors of what was published, as the description of the open data tells them. */
export const publicationPaths = {
  '/publications': way(
    'publications',
    'Every edition that came out here: its articles, files and how it is cited. No words of voices stand in it.',
    [],
    'The editions.',
    { 'application/json': { type: 'object' } },
  ),
  '/publications.jsonld': way(
    'publicationsAsJsonLd',
    'The same as JSON-LD of schema.org: PublicationIssue, Report and CreativeWork with their articles and what they cite.',
    [],
    'A graph.',
    { 'application/ld+json': { type: 'object' } },
  ),
  '/publications.atom': way(
    'publicationsAsAtom',
    'What came out, and that something was taken out of an edition, never what or whose; for feed readers.',
    news,
    'A feed.',
    { 'application/atom+xml': string },
  ),
  '/publications.json': way(
    'publicationsAsJsonFeed',
    'The same as JSON Feed 1.1; what to ask after next time stands in _steppingstones.since.',
    news,
    'A feed.',
    { 'application/feed+json': { type: 'object' } },
  ),
};
