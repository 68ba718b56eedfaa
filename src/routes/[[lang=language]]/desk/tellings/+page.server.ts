import { tellingsToEdit } from '#modules/stories/proposals/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  return { tellings: await withViewer(locals.viewer, tellingsToEdit) };
};
