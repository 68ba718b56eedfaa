import { error } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { doors } from '#doors';
import { idleMinutes, type Visit } from '#modules/people/signing-in/model.ts';
import { leaveDatabase } from '#platform/db.server.ts';
import { comesAsForm, comesBare, comesFromOwnPage, readsForm } from '#platform/http/own-page.ts';
import { plainPage } from '#platform/http/plain-page.ts';
import { problem, toPrograms } from '#platform/http/problem.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { isLanguage, languageFor, tongues } from '#platform/i18n/languages.ts';
import { log } from '#platform/log.ts';
import { isShared, mayEnter, opensBare } from '#platform/policy.ts';
import { giveSession, sessionCookie, takeCookie } from '#platform/sign-in/cookie.ts';
import { leaveSignIn } from '#platform/sign-in/way.server.ts';
import { visitor } from '#platform/viewer.ts';

type Asking = Parameters<Handle>[0]['event'];

// Only these can be drawn as the page that is not there; everything else answers in a line.
const pages = new Set(
  Object.keys(import.meta.glob('/src/routes/**/+page.svelte')).map((file) =>
    file.slice('/src/routes'.length, -'/+page.svelte'.length),
  ),
);

// Where someone records their voice, they listen back to it before it is sent: it is then in their browser only.
const recordVoices = [
  '/[[lang=language]]/tell/[telling]/voice',
  '/[[lang=language]]/room/[code]/voice',
  '/[[lang=language]]/room/[code]/promise',
];

// Where whoever still has to give their second factor comes already.
const onTheWay = ['/[[lang=language]]/me/second-factor', '/[[lang=language]]/sign-out'];

export const init: ServerInit = () => {
  process.once('sveltekit:shutdown', () => void Promise.all([leaveDatabase(), leaveSignIn()]));
};

/** Every request passes here: who is looking, in which language, and whether this door is open to them. */
export const handle: Handle = async (given) => {
  const { event } = given;
  const { request, url } = given.event;
  const answer = toPrograms(url.pathname, request.headers.get('accept'), await answered(given));
  // For the log, which names doors and never addresses; the front door takes it off.
  if (event.route.id !== null) answer.headers.set('x-route', event.route.id);
  if (event.locals.session !== null) answer.headers.set('cache-control', 'no-store');
  return answer;
};

/** Whoever has no cookie of ours is a visitor, and nothing is asked for them. */
async function whoComes(event: Asking): Promise<Visit | 'over' | null> {
  const cookie = event.cookies.get(sessionCookie);
  if (cookie === undefined) return null;
  const { whoComesWith } = await import('#modules/people/signing-in/queries.server.ts');
  const visit = await whoComesWith(cookie);
  if (visit === 'unknown' || visit === 'over') takeCookie(event.cookies, sessionCookie);
  else if (visit.keepOn) giveSession(event.cookies, cookie, idleMinutes.others);
  return visit === 'unknown' ? null : visit;
}

const answered: Handle = async ({ event, resolve }) => {
  const { locals, request, route, url } = event;
  const said = url.pathname.split('/')[1] ?? '';
  const spoken = isLanguage(said) ? said : null;
  locals.viewer = visitor;
  locals.session = null;
  locals.refused = false;
  locals.language = spoken ?? languageFor(request.headers.get('accept-language'));
  const forPrograms = /^\/(data|hsds|healthz|readyz|\.well-known)(\/|$)/.test(url.pathname);
  const say = speaker(locals.language, catalogue);
  const bare = opensBare(doors, route.id, request.method) && comesBare(request);
  if (!bare && !comesFromOwnPage(request, url.origin))
    return forPrograms
      ? problem(403, 'Forbidden', 'What changes something here is only taken from a page of this house.')
      : plainPage(say, 403);
  const visit = await whoComes(event);
  if (visit !== null && visit !== 'over') {
    locals.session = visit.session;
    if (!visit.session.halfway || onTheWay.includes(route.id ?? '')) locals.viewer = visit.viewer;
  }
  const verdict = mayEnter(doors, route.id, request.method, locals.viewer);
  if (forPrograms && verdict === 'no such door')
    return problem(404, 'Not found', 'There is nothing at this address.');
  if (verdict === 'not this way') {
    const allow = Object.keys(doors[route.id as keyof typeof doors]).join(', ');
    if (!forPrograms) return plainPage(say, 405, { allow });
    const refusal = problem(405, 'Method not allowed', `This address only answers ${allow}.`);
    refusal.headers.set('allow', allow);
    return refusal;
  }
  if (verdict === 'not for you') {
    const way = wayOn(event, visit);
    if (way !== null) return way;
    // What may not be seen looks the same as what is not there.
    if (event.isDataRequest || !pages.has(route.id ?? '') || !route.id?.startsWith('/[[lang=language]]'))
      error(404, 'not found');
    locals.refused = true;
  }
  if (verdict === 'admitted' && pages.has(route.id ?? '') && !comesAsForm(request))
    return plainPage(say, 415);
  readsForm(request, () => error(415, 'not a form'));
  if (route.id?.startsWith('/[[lang=language]]') && spoken === null) {
    const location = `/${locals.language}${url.pathname === '/' ? '' : url.pathname}${url.search}`;
    return new Response(null, { status: 302, headers: { location, vary: 'accept-language' } });
  }
  const asked = locals.refused
    ? { ...event, request: new Request(url, { headers: request.headers }) }
    : event;
  const answer = await resolve(asked, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%house.lang%', locals.language)
        .replace('%house.dir%', tongues[locals.language].direction),
    preload: () => false,
  });
  if (recordVoices.includes(route.id ?? '')) {
    const policy = answer.headers.get('content-security-policy') ?? '';
    answer.headers.set(
      'content-security-policy',
      policy.replace("media-src 'self'", "media-src 'self' blob:"),
    );
  }
  const shared = locals.session === null && isShared(doors, route.id);
  if (answer.status === 200 && !forPrograms && shared) answer.headers.set('x-keep', 'page');
  if (!forPrograms && !isShared(doors, route.id) && verdict === 'admitted') {
    answer.headers.set('cache-control', 'no-store');
    answer.headers.set('referrer-policy', 'no-referrer');
    answer.headers.set('x-robots-tag', 'noindex');
  }
  return answer;
};

/** Where someone is led whose session ended, or whose second factor is still to be given; null when there is no such way. */
function wayOn(event: Asking, visit: Visit | 'over' | null): Response | null {
  const { locals, request, route, url } = event;
  if (visit === null) return null;
  const to = (path: string) => {
    const headers = new Headers({ location: path, 'cache-control': 'no-store' });
    if (visit === 'over') headers.append('set-cookie', event.cookies.serialize(sessionCookie, '', gone));
    return new Response(null, { status: 303, headers });
  };
  const looks = request.method === 'GET' || request.method === 'HEAD';
  const back = looks ? `back=${encodeURIComponent(`${url.pathname}${url.search}`)}` : '';
  if (visit === 'over') {
    // Nothing that was typed may be lost: the way back in their browser still has it.
    if (!looks) return plainPage(speaker(locals.language, catalogue), 'ended');
    return to(`/${locals.language}/sign-in?ended=1&${back}`);
  }
  const stands = mayEnter(doors, route.id, request.method, visit.wouldBe) === 'admitted';
  return stands ? to(`/${locals.language}/me/second-factor?${back}`) : null;
}

const gone = { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: 0 } as const;

export const handleError: HandleServerError = ({ kind, error: cause, event }) => {
  if (kind === 'unknown') log.tellSurprise(cause, { route: event.route.id ?? 'none', status: 500 });
};
