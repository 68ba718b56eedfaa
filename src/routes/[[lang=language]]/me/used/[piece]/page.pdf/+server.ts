import { pageOfUse } from '../../../../used/printed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, locals }) =>
  pageOfUse(locals.viewer, params.piece, locals.language);
