import { error } from '@sveltejs/kit';
import { translatorOf } from '#modules/stories/access.ts';
import { parseDeskWish } from '#modules/stories/renderings/input.ts';
import { tellingsToRender } from '#modules/stories/renderings/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  const translator = translatorOf(locals.viewer) ?? error(404, 'not found');
  const wish = parseDeskWish(url.searchParams, locals.language);
  const tellings = await withViewer(locals.viewer, (tx) => tellingsToRender(tx, translator, wish));
  return { wish, tellings };
};
