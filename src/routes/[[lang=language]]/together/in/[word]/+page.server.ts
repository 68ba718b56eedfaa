import { fail, redirect } from '@sveltejs/kit';
import { oneself } from '#modules/people/access.ts';
import { calledIn } from '#modules/publications/beginning/input.ts';
import { comeIn } from '#modules/publications/inviting/commands.server.ts';
import { openedBy } from '#modules/publications/inviting/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
  setHeaders({ 'referrer-policy': 'no-referrer' });
  // Who scans the square of an invitation is often nobody here yet: they come in first, and hear nothing of it before.
  if (locals.viewer.kind !== 'person') return { opened: null, back: url.pathname };
  return {
    back: null,
    opened: await withViewer(locals.viewer, (tx) => openedBy(tx, params.word)),
  };
};

export const actions = {
  // A link that is only opened does nothing: what scans mails comes in nowhere.
  default: async ({ locals, params, request }) => {
    const self = oneself(locals.viewer);
    if (!self) return fail(404, { gone: true });
    const called = calledIn(await request.formData());
    const came = await withViewer(locals.viewer, (tx) => comeIn(tx, self, params.word, called));
    if (!came.ok) return fail(404, { gone: true });
    redirect(303, `/${locals.language}/together/${came.value.slug}`);
  },
} satisfies Actions;
