import { error, type RequestEvent } from '@sveltejs/kit';
import { linkNamed } from '#modules/initiatives/links/queries.server.ts';
import type { Comes } from '../keeping.server.ts';

/** Who came by a link that was mailed to an initiative, and which entry it opens. */
export async function comesByWord({
  params,
}: Pick<RequestEvent<{ word: string }>, 'params'>): Promise<Comes> {
  const link = await linkNamed(params.word, 'keep', 'add', 'still-true');
  if (!link || link.initiative === null) error(404, 'not found');
  return { viewer: link.viewer, id: link.initiative };
}
