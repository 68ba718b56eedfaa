import { isLanguage } from '#platform/i18n/languages.ts';
import type { LayoutServerLoad } from './$types';

export const csr = false;
export const prerender = false;

/** What every page needs: the language, the way to the same page in another one, and whether someone is signed in — not who. */
export const load: LayoutServerLoad = ({ locals, url }) => {
  const [, first = '', ...rest] = url.pathname.split('/');
  const path = isLanguage(first) ? `/${rest.join('/')}` : url.pathname;
  return {
    language: locals.language,
    path: path === '/' ? '' : path.replace(/\/$/, ''),
    search: url.search,
    signedIn: locals.session !== null,
  };
};
