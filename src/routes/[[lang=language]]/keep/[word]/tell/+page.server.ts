import { tellLoad } from '../../../keep/telling.server.ts';
import { comesByWord } from '../comes.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => tellLoad(await comesByWord(event), event);
