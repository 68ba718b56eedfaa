import { tellLoad } from '../../../keep/telling.server.ts';
import { comesSignedIn } from '../comes.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => tellLoad(await comesSignedIn(event), event);
