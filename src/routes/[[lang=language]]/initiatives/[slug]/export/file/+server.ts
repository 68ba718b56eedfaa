import { belongingsFile } from '../../../../keep/belongings.server.ts';
import { comesSignedIn } from '../../comes.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => belongingsFile(await comesSignedIn(event), event);
