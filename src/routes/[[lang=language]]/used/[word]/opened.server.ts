import { error } from '@sveltejs/kit';
import { byTheirWord } from '#modules/publications/telling-back/access.ts';
import { usedWith } from '#modules/publications/telling-back/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';

/** Whom this word lets in, to what is theirs in one publication. */
export async function openedBy(word: string) {
  const opened = await withViewer(house, (tx) => usedWith(tx, word));
  if (!opened) error(404, 'not found');
  return { ...opened, viewer: byTheirWord(opened.person) };
}
