import { turnActions, turnLoad } from '../../../../keep/telling.server.ts';
import { comesByWord } from '../../comes.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) =>
  turnLoad(await comesByWord(event), event.params.deed, event);

export const actions = turnActions<RequestEvent>(comesByWord);
