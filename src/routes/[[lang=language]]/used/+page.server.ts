import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const left = url.searchParams.has('left');
  if (locals.viewer.kind === 'person' && !left) redirect(303, `/${locals.language}/me/used`);
  return { left, back: `/${locals.language}/me/used` };
};
