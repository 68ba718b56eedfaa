import { belongingsFile } from '../../../belongings.server.ts';
import { comesByWord } from '../../comes.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => belongingsFile(await comesByWord(event), event);
