import { error } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/** A door that is not for this viewer is drawn as any page that is not there. */
export const load: LayoutServerLoad = ({ locals }) => {
  if (locals.refused) error(404, 'not found');
};
