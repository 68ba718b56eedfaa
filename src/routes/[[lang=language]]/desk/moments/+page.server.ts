import { fail, redirect } from '@sveltejs/kit';
import { tieMoments, untieMoment } from '#modules/stories/moments/commands.server.ts';
import { sideOf } from '#modules/stories/moments/tying/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['tied', 'untied'] as const;

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const [one, other] = [url.searchParams.get('one') ?? '', url.searchParams.get('other') ?? ''];
  return withViewer(locals.viewer, async (tx) => {
    const sides = [await sideOf(tx, one, locals.language), await sideOf(tx, other, locals.language)] as const;
    const found =
      sides[0] && sides[1] && sides[0].slug !== sides[1].slug ? { one: sides[0], other: sides[1] } : null;
    return {
      asked: { one, other },
      sides: found,
      done: dones.find((done) => url.searchParams.get('done') === done) ?? null,
    };
  });
};

const word = (form: FormData, name: string) => String(form.get(name) ?? '');
/** The same two sides, with what was done. */
const back = (url: URL, form: FormData, done: (typeof dones)[number]) =>
  `${url.pathname}?${new URLSearchParams({ one: word(form, 'one'), other: word(form, 'other'), done })}`;

export const actions: Actions = {
  tie: async ({ locals, request, url }) => {
    const form = await request.formData();
    const tied = await withViewer(locals.viewer, (tx) =>
      tieMoments(tx, word(form, 'fact-a'), word(form, 'fact-b')),
    );
    if (!tied.ok) return fail(409, { problem: `stories.desk.moments.problem.${tied.reason}` as const });
    redirect(303, back(url, form, 'tied'));
  },
  untie: async ({ locals, request, url }) => {
    const form = await request.formData();
    const untied = await withViewer(locals.viewer, (tx) => untieMoment(tx, word(form, 'fact')));
    if (!untied.ok) return fail(409, { problem: 'stories.desk.moments.problem.not_yours' as const });
    redirect(303, back(url, form, 'untied'));
  },
};
