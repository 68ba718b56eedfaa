import { connectActions, connectLoad } from '../../connecting.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

const comes = ({ locals: { viewer } }: Pick<RequestEvent, 'locals'>) => ({
  viewer,
  keys: viewer.entrusted.flatMap(({ role, scopeId }) => (role === 'member' ? [scopeId] : [])),
});

export const load: PageServerLoad = (event) => connectLoad(comes(event), event);

export const actions = connectActions<RequestEvent>(comes);
