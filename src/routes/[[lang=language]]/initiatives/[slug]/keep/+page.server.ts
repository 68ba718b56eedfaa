import { error } from '@sveltejs/kit';
import { entryKey } from '#modules/initiatives/keeping/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { keepActions, keepLoad, type Comes } from '../../../keep/keeping.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

async function comes({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>): Promise<Comes> {
  const id = await withViewer(locals.viewer, (tx) => entryKey(tx, params.slug));
  if (id === null) error(404, 'not found');
  return { viewer: locals.viewer, id };
}

export const load: PageServerLoad = async (event) => keepLoad(await comes(event), event);

export const actions = keepActions<RequestEvent>(comes);
