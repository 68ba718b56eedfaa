import { relateActions, relateLoad } from '../../../keep/relating.server.ts';
import { comesSignedIn } from '../comes.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => relateLoad(await comesSignedIn(event), event);

export const actions = relateActions<RequestEvent>(comesSignedIn);
