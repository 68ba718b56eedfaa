import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Layer } from '../../access.ts';
import '../../tables.ts';
import { writingChannel, type Here } from './model.ts';

/** Tells who else is in this article at which block someone is; nothing of it is kept. False when the article is not theirs. */
export async function tellWhere(
  tx: Tx,
  layer: Layer,
  article: string,
  here: Pick<Here, 'page' | 'at'> & { readonly gone: boolean },
): Promise<boolean> {
  const found = await tx
    .selectFrom('core.article')
    .innerJoin('core.publication_person', 'core.publication_person.publication', 'core.article.publication')
    .select('core.publication_person.called')
    .where('core.article.id', '=', article)
    .where('core.article.publication', '=', layer.publication)
    .where('core.publication_person.person_id', '=', layer.person)
    .executeTakeFirst();
  if (!found) return false;
  const words = `${article} here ${JSON.stringify({ ...here, called: found.called })}`;
  await sql`select pg_notify(${writingChannel}, ${words})`.execute(tx);
  return true;
}
