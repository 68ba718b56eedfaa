import { tablesToAsk } from '#modules/tables/connecting/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { connectActions, connectLoad } from '../../../../tables/connecting.server.ts';
import { comesByWord } from '../../comes.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

async function comes(event: Pick<RequestEvent, 'params'>) {
  const { viewer, id } = await comesByWord(event);
  return { viewer, keys: [id] };
}

export const load: PageServerLoad = async (event) => {
  const who = await comes(event);
  if (event.params.slug === undefined) return { tables: await withViewer(visitor, tablesToAsk), asked: null };
  return { tables: [], asked: await connectLoad(who, event) };
};

export const actions = connectActions<RequestEvent>(comes);
