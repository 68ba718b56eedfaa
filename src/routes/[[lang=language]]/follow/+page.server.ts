import { fail, redirect } from '@sveltejs/kit';
import { askToFollow } from '#modules/initiatives/following/commands/ask.server.ts';
import { followMyself } from '#modules/initiatives/following/commands/own.server.ts';
import { asFollowForm, parseFollowForm, readNews } from '#modules/initiatives/following/input.ts';
import { namesOf, unknownIn } from '#modules/initiatives/following/queries.server.ts';
import { oneself } from '#modules/people/access.ts';
import { withViewer } from '#platform/db.server.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import { house } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  const { wish } = readNews(url.searchParams);
  const self = oneself(locals.viewer);
  const names = await withViewer(locals.viewer, (tx) => namesOf(tx, wish, locals.language));
  return {
    typed: asFollowForm(names.entry === null ? { ...wish, entry: null } : wish, names),
    entryName: names.entry,
    wish,
    byMail: self === null,
    // Someone who came with a card has no address that anything could be sent to.
    mayFollow: self === null || (await mailOf(self.person)) !== null,
  };
};

export const actions = {
  default: async ({ request, url, locals }) => {
    const self = oneself(locals.viewer);
    const { typed, mail, wish, problems } = parseFollowForm(await request.formData(), self === null);
    const unknown =
      problems.length > 0
        ? null
        : await withViewer(locals.viewer, (tx) => unknownIn(tx, wish, locals.language));
    if (unknown) problems.push({ field: unknown, reason: `${unknown}_unknown` });
    if (problems.length > 0) return fail(400, { typed, problems });
    const followed = { wish, language: locals.language, home: url.origin };
    if (self === null) {
      await withViewer(house, (tx) => askToFollow(tx, { mail, ...followed }));
      return { sent: mail };
    }
    const mine = await withViewer(locals.viewer, (tx) => followMyself(tx, self, followed));
    if (!mine.ok) return fail(400, { typed, problems: [{ field: 'entry' as const, reason: mine.reason }] });
    redirect(303, `/${locals.language}/me/following?done`);
  },
} satisfies Actions;
