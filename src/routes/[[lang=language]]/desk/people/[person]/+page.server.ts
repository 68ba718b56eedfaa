import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { entryAt, scopesNamed } from '#modules/initiatives/members/queries.server.ts';
import { giverOf, stewardOf } from '#modules/people/access.ts';
import { endGrant, giveGrant, renewGrant } from '#modules/people/commands/grants.server.ts';
import { keyIn, parseGrant, parseReason, type PeopleProblem } from '#modules/people/input.ts';
import { latestEnd } from '#modules/people/model.ts';
import { grantsOf, personNamed, placesToChoose } from '#modules/people/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const stewardHere = ({ locals }: Pick<RequestEvent, 'locals'>) =>
  stewardOf(locals.viewer) ?? error(404, 'not found');

export const load: PageServerLoad = async ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  const steward = stewardHere({ locals });
  return withViewer(locals.viewer, async (tx) => {
    const person = (await personNamed(tx, params.person)) ?? error(404, 'not found');
    const grants = await grantsOf(tx, person.id);
    const places = await placesToChoose(tx, locals.language);
    const named = await scopesNamed(
      tx,
      grants.map(({ scope }) => scope),
      locals.language,
    );
    return {
      person,
      grants,
      named,
      places,
      today: today(),
      latest: latestEnd(today()),
      own: person.id === steward.person,
    };
  });
};

const back = (problems: readonly PeopleProblem[], typed: Readonly<Record<string, string>> = {}) =>
  fail(400, { typed, problems });
const whole = (reason: PeopleProblem['reason']) => [{ field: null, reason }];

async function change(event: RequestEvent, deed: typeof endGrant | typeof renewGrant) {
  const steward = stewardHere(event);
  const form = await event.request.formData();
  const reason = parseReason(form);
  if (reason === null) return back(whole('people.desk.problem.reason'));
  const done = await withViewer(event.locals.viewer, (tx) => deed(tx, steward, keyIn(form, 'grant'), reason));
  if (!done.ok) return back(whole(`people.desk.problem.${done.reason}`));
  redirect(303, event.url.pathname);
}

export const actions = {
  give: async (event) => {
    const { request, locals, params, url } = event;
    stewardHere(event);
    const { typed, said, problems } = parseGrant(await request.formData(), today());
    if (!said) return back(problems, typed);
    const entry = said.place ? null : await withViewer(locals.viewer, (tx) => entryAt(tx, said.slug));
    if (!said.place && !entry)
      return back([{ field: 'slug', reason: 'people.desk.problem.slug.unknown' }], typed);
    const giver = giverOf(
      locals.viewer,
      said.role,
      said.place ?? { kind: 'initiative', id: entry?.id ?? '' },
    );
    if (!giver) error(404, 'not found');
    const given = await withViewer(locals.viewer, async (tx) => {
      const person = (await personNamed(tx, params.person ?? '')) ?? error(404, 'not found');
      return giveGrant(tx, giver, person.id, said);
    });
    if (!given.ok) return back(whole(`people.desk.problem.${given.reason}`), typed);
    redirect(303, url.pathname);
  },
  end: (event) => change(event, endGrant),
  renew: (event) => change(event, renewGrant),
} satisfies Actions;
