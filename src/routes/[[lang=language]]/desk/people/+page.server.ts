import { error } from '@sveltejs/kit';
import { stewardOf } from '#modules/people/access.ts';
import { peopleCalled, peopleOnAPage } from '#modules/people/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  if (!stewardOf(locals.viewer)) error(404, 'not found');
  const words = (url.searchParams.get('q') ?? '').trim().slice(0, 80);
  const page = Math.min(Math.max(Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1, 1), 1000);
  const { people, total } = await withViewer(locals.viewer, (tx) => peopleCalled(tx, words, page));
  return { words, page, pages: Math.ceil(total / peopleOnAPage), people, total };
};
