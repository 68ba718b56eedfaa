import { beginnerOf } from '#modules/publications/access.ts';
import { workedOn } from '#modules/publications/beginning/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  return {
    works: await withViewer(locals.viewer, workedOn),
    begins: beginnerOf(locals.viewer) !== null,
  };
};
