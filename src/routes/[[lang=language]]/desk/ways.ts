import { redirect } from '@sveltejs/kit';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';

interface Way {
  readonly to: string;
  readonly label: MessageKey;
  /** One sentence for the home of the desk. */
  readonly about?: MessageKey;
  readonly roles: readonly string[];
}

/** The ways through the back office, and as what one has to be trusted to see each. Every desk hangs its own here. */
const all: readonly Way[] = [
  {
    to: '/desk/queue',
    label: 'verifying.desk.ways.queue',
    about: 'verifying.desk.about.queue',
    roles: ['verifier', 'editor'],
  },
  {
    to: '/desk/duplicates',
    label: 'duplicates.desk.title',
    about: 'duplicates.desk.about',
    roles: ['verifier', 'editor'],
  },
  {
    to: '/desk/campaigns',
    label: 'verifying.desk.ways.campaigns',
    about: 'verifying.desk.about.campaigns',
    roles: ['verifier', 'editor', 'admin'],
  },
  {
    to: '/desk/selections',
    label: 'verifying.desk.ways.selections',
    about: 'verifying.desk.about.selections',
    roles: ['partner', 'editor'],
  },
  {
    to: '/desk/import',
    label: 'import.desk.ways',
    about: 'import.desk.about',
    roles: ['verifier', 'editor', 'admin'],
  },
  { to: '/desk/people', label: 'people.desk.title', about: 'people.desk.about', roles: ['admin'] },
  {
    to: '/desk/people/glass',
    label: 'people.desk.glass.title',
    about: 'people.desk.glass.about',
    roles: ['admin', 'privacy-officer'],
  },
  {
    to: '/desk/cards',
    label: 'people.card.title',
    about: 'people.card.about',
    roles: ['admin', 'verifier', 'facilitator', 'member'],
  },
  {
    to: '/desk/moments',
    label: 'stories.desk.moments',
    about: 'stories.desk.moments.about',
    roles: ['member', 'verifier', 'editor'],
  },
  {
    to: '/desk/stories',
    label: 'stories.desk.gather',
    about: 'stories.desk.gather.about',
    roles: ['member', 'editor', 'facilitator'],
  },
];

/** The ways that are open to this person. */
export const waysFor = (viewer: Viewer) =>
  all
    .filter(({ roles }) => viewer.entrusted.some(({ role }) => roles.includes(role)))
    .map(({ to, label, about }) => ({ to, label, about: about ?? null }));

/** The back office speaks Dutch and English: whoever reads another language is led to the English page. */
export function speakDesk(language: Language, url: URL): void {
  if (language === 'nl' || language === 'en') return;
  redirect(302, `${url.pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '/en')}${url.search}`);
}
