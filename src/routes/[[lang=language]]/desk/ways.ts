import { redirect } from '@sveltejs/kit';
import type { Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';
import { everyWay } from './every-way.ts';

/** The ways that are open to this person. */
export const waysFor = (viewer: Viewer) =>
  everyWay
    .filter(({ roles }) => viewer.entrusted.some(({ role }) => roles.includes(role)))
    .map(({ to, label, about }) => ({ to, label, about }));

/** The back office speaks Dutch and English: whoever reads another language is led to the English page. */
export function speakDesk(language: Language, url: URL): void {
  if (language === 'nl' || language === 'en') return;
  redirect(302, `${url.pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '/en')}${url.search}`);
}
