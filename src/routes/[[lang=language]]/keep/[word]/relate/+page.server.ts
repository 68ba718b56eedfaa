import { relateActions, relateLoad } from '../../../keep/relating.server.ts';
import { comesByWord } from '../comes.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => relateLoad(await comesByWord(event), event);

export const actions = relateActions<RequestEvent>(comesByWord);
