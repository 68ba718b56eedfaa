import { carriedLoad } from '../../check-in/carrying.server.ts';
import { carriedActions } from '../../check-in/deeds.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => carriedLoad(event);

// A link that is only opened does nothing: what scans mails answers for nobody.
export const actions = carriedActions;
