import { error, type RequestEvent } from '@sveltejs/kit';
import { entryKey } from '#modules/initiatives/keeping/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Comes } from '../../keep/keeping.server.ts';

/** Who is signed in and which entry the address names; one they may not know of is not there. */
export async function comesSignedIn({
  locals,
  params,
}: Pick<RequestEvent<{ slug: string }>, 'locals' | 'params'>): Promise<Comes> {
  const id = await withViewer(locals.viewer, (tx) => entryKey(tx, params.slug));
  if (id === null) error(404, 'not found');
  return { viewer: locals.viewer, id };
}
