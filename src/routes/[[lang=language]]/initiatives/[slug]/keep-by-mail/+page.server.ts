import { redirect } from '@sveltejs/kit';
import { askForKeepLink } from '#modules/initiatives/keeping/letters/commands.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

// The same for every word, whether an entry stands behind it or not: who keeps a hidden entry must be able to come here too.
export const load: PageServerLoad = ({ params, url }) => ({
  slug: params.slug,
  done: url.searchParams.has('done'),
});

export const actions = {
  default: async ({ params, locals, url }: RequestEvent) => {
    await askForKeepLink(params.slug, locals.language, url.origin);
    redirect(303, `${url.pathname}?done`);
  },
};
