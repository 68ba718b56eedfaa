import { error, fail, redirect } from '@sveltejs/kit';
import { beginnerOf } from '#modules/publications/access.ts';
import { beginPublication } from '#modules/publications/beginning/commands.server.ts';
import { calledIn, kindIn, parseCover } from '#modules/publications/beginning/input.ts';
import { typedIn } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  if (!beginnerOf(locals.viewer)) error(404, 'not found');
};

export const actions = {
  default: async ({ locals, request }) => {
    const beginner = beginnerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const kind = kindIn(form);
    const { cover, problems } = parseCover(form, locals.language);
    if (!kind || problems.length > 0)
      return fail(422, { typed: typedIn(form), problems, kind: kind === null });
    const { slug } = await withViewer(locals.viewer, (tx) =>
      beginPublication(tx, beginner, kind, cover, calledIn(form)),
    );
    redirect(303, `/${locals.language}/desk/publications/${slug}?done`);
  },
} satisfies Actions;
