import { error, fail, redirect } from '@sveltejs/kit';
import { asVerifier, type Verifier } from '#modules/initiatives/verifying/access.ts';
import { forgetFilter, keepFilter } from '#modules/initiatives/verifying/commands/filters.server.ts';
import { workOff } from '#modules/initiatives/verifying/commands/work-off.server.ts';
import {
  isKey,
  parseDeed,
  parseFilterName,
  parseMatters,
  parseQueueWish,
  queueAddress,
} from '#modules/initiatives/verifying/input.ts';
import {
  colleagues,
  savedFilters,
  waiting,
  waitingWhere,
} from '#modules/initiatives/verifying/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const verifier = (viewer: Viewer): Verifier => asVerifier(viewer) ?? error(404, 'not found');

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const who = verifier(locals.viewer);
  const wish = parseQueueWish(url.searchParams);
  return withViewer(who, async (tx) => ({
    wish,
    asked: queueAddress(wish),
    ticked: url.searchParams.get('ticked') === 'all',
    queue: await waiting(tx, wish),
    places: await waitingWhere(tx),
    colleagues: await colleagues(tx),
    filters: await savedFilters(tx, who),
  }));
};

export const actions: Actions = {
  work: async ({ locals, request, url }) => {
    const form = await request.formData();
    const deed = parseDeed(form, { today: today(), home: url.origin, language: locals.language });
    const typed = Object.fromEntries(
      ['deed', 'to', 'why'].map((name) => [name, String(form.get(name) ?? '')]),
    );
    if (!deed.ok) return fail(400, { typed, problems: deed.problems });
    return {
      outcome: await withViewer(verifier(locals.viewer), (tx) => workOff(tx, parseMatters(form), deed.value)),
    };
  },
  take: async ({ locals, request }) => {
    const matters = parseMatters(await request.formData());
    return {
      outcome: await withViewer(verifier(locals.viewer), (tx) => workOff(tx, matters, { deed: 'take' })),
    };
  },
  keep: async ({ locals, request, url }) => {
    const form = await request.formData();
    const asked = queueAddress(parseQueueWish(new URLSearchParams(String(form.get('asked') ?? ''))));
    const name = parseFilterName(form);
    if (!name.ok)
      return fail(400, {
        typed: {},
        problems: name.problems.map((one) => ({ ...one, field: 'filter-name' })),
      });
    const who = verifier(locals.viewer);
    await withViewer(who, (tx) => keepFilter(tx, who, name.value, asked));
    redirect(303, `${url.pathname}?${asked}`);
  },
  forget: async ({ locals, request, url }) => {
    const id = String((await request.formData()).get('id'));
    const who = verifier(locals.viewer);
    if (isKey(id)) await withViewer(who, (tx) => forgetFilter(tx, who, id));
    redirect(303, url.pathname);
  },
};
