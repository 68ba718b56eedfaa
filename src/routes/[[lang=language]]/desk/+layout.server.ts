import type { LayoutServerLoad } from './$types';
import { waysFor } from './ways.ts';

/** Every page of the back office may show the ways that are open to who is there (verifying/views/DeskWays.svelte). */
export const load: LayoutServerLoad = ({ locals }) => ({ ways: waysFor(locals.viewer) });
