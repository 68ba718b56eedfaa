import { error } from '@sveltejs/kit';
import type { Layer, Writer } from '#modules/publications/access.ts';
import type { Worked } from '#modules/publications/beginning/model.ts';
import { articleHere, type WrittenArticle } from '#modules/publications/writing/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { workHere } from '../here.server.ts';

interface Come {
  readonly locals: App.Locals;
  readonly params: { readonly publication: string; readonly article: string };
}
interface Here {
  readonly work: Worked;
  readonly layer: Layer | null;
  /** Null for who only lays pieces, and once nobody works on the publication any more. */
  readonly writer: Writer | null;
  readonly article: WrittenArticle;
}

/** The article this door is about, and what who comes may do in it; who does not work on its publication finds nothing here. */
export async function articleAt(tx: Tx, { locals, params }: Come): Promise<Here> {
  const { work, layer, writer } = await workHere(tx, { locals, params });
  const article = (await articleHere(tx, work.id, params.article)) ?? error(404, 'not found');
  return { work, layer, writer, article };
}
