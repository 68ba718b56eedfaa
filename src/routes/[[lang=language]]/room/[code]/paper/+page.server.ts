import { withViewer } from '#platform/db.server.ts';
import { keptOf, paperHere, typeIn } from '../../../desk/sessions/[session]/paper/typing.server.ts';
import { phoneHere } from '../here.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** A phone that helps types in what came on paper; for every other phone there is no such page. */
export const load: PageServerLoad = async (event) => {
  const { phone, session, code } = await phoneHere(event);
  const paper = await withViewer(phone, (tx) => paperHere(tx, session));
  return { paper, code, done: keptOf(event.url) };
};

const takes = (deed: 'card' | 'stones' | 'written') => async (event: RequestEvent) => {
  const { phone, session } = await phoneHere(event);
  return typeIn({ helper: phone, session, home: event.url.pathname }, deed, await event.request.formData());
};

export const actions: Actions = { card: takes('card'), stones: takes('stones'), written: takes('written') };
