import type { MessageKey } from '#platform/i18n/keys.ts';

interface Way {
  readonly to: string;
  readonly label: MessageKey;
  /** One sentence for the home of the desk. */
  readonly about: MessageKey;
  readonly roles: readonly string[];
}

const way = (to: string, label: MessageKey, about: MessageKey, ...roles: readonly string[]): Way => ({
  to,
  label,
  about,
  roles,
});

const network = ['member', 'verifier', 'editor', 'facilitator', 'partner', 'pool-member', 'researcher'];

/** The ways through the back office, and as what one has to be trusted to see each. Every desk hangs its own here. */
export const everyWay: readonly Way[] = [
  way('/desk/queue', 'verifying.desk.ways.queue', 'verifying.desk.about.queue', 'verifier', 'editor'),
  way('/desk/duplicates', 'duplicates.desk.title', 'duplicates.desk.about', 'verifier', 'editor'),
  way(
    '/desk/campaigns',
    'verifying.desk.ways.campaigns',
    'verifying.desk.about.campaigns',
    'verifier',
    'editor',
    'admin',
  ),
  way(
    '/desk/selections',
    'verifying.desk.ways.selections',
    'verifying.desk.about.selections',
    'partner',
    'editor',
  ),
  way('/desk/import', 'import.desk.ways', 'import.desk.about', 'verifier', 'editor', 'admin'),
  way('/desk/people', 'people.desk.title', 'people.desk.about', 'admin'),
  way('/desk/people/glass', 'people.desk.glass.title', 'people.desk.glass.about', 'admin', 'privacy-officer'),
  way('/desk/sessions', 'sessions.desk.title', 'sessions.desk.about', 'facilitator'),
  way('/desk/agendas', 'agendas.desk.title', 'agendas.desk.about', 'facilitator'),
  way('/desk/words', 'words.desk.title', 'words.desk.about', 'editor', 'facilitator'),
  way('/desk/learning', 'learning.desk.title', 'learning.desk.about', 'editor', 'facilitator'),
  way('/desk/learning/works', 'learning.desk.works.title', 'learning.desk.works.about', 'researcher'),
  way('/desk/publications', 'publications.desk.title', 'publications.desk.about', 'editor', 'facilitator'),
  way(
    '/desk/records',
    'figures.desk.records.title',
    'figures.desk.records.about',
    'editor',
    'facilitator',
    'researcher',
  ),
  way('/desk/tables', 'tables.desk.title', 'tables.desk.about', ...network),
  way('/desk/pools', 'pools.desk.title', 'pools.desk.about', 'facilitator'),
  way(
    '/desk/consultations',
    'consulting.desk.title',
    'consulting.desk.about',
    'partner',
    'member',
    'facilitator',
  ),
  way('/desk/cards', 'people.card.title', 'people.card.about', 'admin', 'verifier', 'facilitator', 'member'),
  way('/desk/moments', 'stories.desk.moments', 'stories.desk.moments.about', 'member', 'verifier', 'editor'),
  way('/desk/stories', 'stories.desk.gather', 'stories.desk.gather.about', 'member', 'editor', 'facilitator'),
  way('/desk/renderings', 'renderings.desk.title', 'renderings.desk.about', ...network),
  way('/desk/tellings', 'renderings.desk.edit.title', 'renderings.desk.edit.about', 'editor'),
  way('/desk/coding', 'coding.desk.title', 'coding.desk.ways.about', 'researcher'),
];
