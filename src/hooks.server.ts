import { error } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { doors } from '#doors';
import { leaveDatabase } from '#platform/db.server.ts';
import { plainPage } from '#platform/http/plain-page.ts';
import { problem, toPrograms } from '#platform/http/problem.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { isLanguage, languageFor, tongues } from '#platform/i18n/languages.ts';
import { log } from '#platform/log.ts';
import { isShared, mayEnter } from '#platform/policy.ts';
import { visitor } from '#platform/viewer.ts';

export const init: ServerInit = () => {
  process.once('sveltekit:shutdown', () => void leaveDatabase());
};

/** Every request passes here: who is looking, in which language, and whether this door is open to them. */
export const handle: Handle = async (given) => {
  const { request, url } = given.event;
  const answer = toPrograms(url.pathname, request.headers.get('accept'), await answered(given));
  // For the log, which names doors and never addresses; the front door takes it off.
  if (given.event.route.id !== null) answer.headers.set('x-route', given.event.route.id);
  return answer;
};

const answered: Handle = async ({ event, resolve }) => {
  const { locals, request, route, url } = event;
  const said = url.pathname.split('/')[1] ?? '';
  const spoken = isLanguage(said) ? said : null;
  locals.viewer = visitor;
  locals.language = spoken ?? languageFor(request.headers.get('accept-language'));
  const forPrograms = /^\/(data|hsds|healthz|readyz|\.well-known)(\/|$)/.test(url.pathname);
  const verdict = mayEnter(doors, route.id, request.method, locals.viewer);
  if (forPrograms && verdict === 'no such door')
    return problem(404, 'Not found', 'There is nothing at this address.');
  if (verdict === 'not this way') {
    const allow = Object.keys(doors[route.id as keyof typeof doors]).join(', ');
    if (!forPrograms) return plainPage(speaker(locals.language, catalogue), 405, { allow });
    const refusal = problem(405, 'Method not allowed', `This address only answers ${allow}.`);
    refusal.headers.set('allow', allow);
    return refusal;
  }
  // What may not be seen looks the same as what is not there.
  if (verdict === 'not for you') error(404, 'not found');
  if (route.id?.startsWith('/[[lang=language]]') && spoken === null) {
    const location = `/${locals.language}${url.pathname === '/' ? '' : url.pathname}${url.search}`;
    return new Response(null, { status: 302, headers: { location, vary: 'accept-language' } });
  }
  const answer = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%house.lang%', locals.language)
        .replace('%house.dir%', tongues[locals.language].direction),
    preload: () => false,
  });
  const shared = locals.viewer.kind === 'visitor' && isShared(doors, route.id);
  if (answer.status === 200 && !forPrograms && shared) answer.headers.set('x-keep', 'page');
  if (!forPrograms && !isShared(doors, route.id) && verdict === 'admitted') {
    answer.headers.set('cache-control', 'no-store');
    answer.headers.set('referrer-policy', 'no-referrer');
    answer.headers.set('x-robots-tag', 'noindex');
  }
  return answer;
};

export const handleError: HandleServerError = ({ kind, error: cause, event }) => {
  if (kind === 'unknown') log.tellSurprise(cause, { route: event.route.id ?? 'none', status: 500 });
};
