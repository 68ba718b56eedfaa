import { belongingsLoad } from '../../belongings.server.ts';
import { comesByWord } from '../comes.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => belongingsLoad(await comesByWord(event));
