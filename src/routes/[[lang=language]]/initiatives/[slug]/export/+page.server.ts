import { belongingsLoad } from '../../../keep/belongings.server.ts';
import { comesSignedIn } from '../comes.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => belongingsLoad(await comesSignedIn(event));
