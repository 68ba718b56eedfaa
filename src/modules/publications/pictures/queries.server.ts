import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { PictureHeld } from './model.ts';

/** The pictures of a publication, newest first; none to who does not work on it. */
export async function picturesHeld(tx: Tx, publication: string): Promise<PictureHeld[]> {
  const { rows } = await sql<PictureHeld>`
    select p.id, p.width, p.height, p.alt, p.credit, exists (select from core.paragraph b where b.picture = p.id)
      or exists (select from core.edition_paragraph b where b.picture = p.id) as used
    from core.picture p where p.publication = ${publication} order by p.made_at desc, p.id`.execute(tx);
  return rows;
}

/** The bytes of a picture of a publication; null to who does not work on it. */
export async function pictureBytes(
  tx: Tx,
  publication: string,
  id: string,
): Promise<{ readonly type: string; readonly bytes: Buffer } | null> {
  const row = await tx
    .selectFrom('core.picture')
    .select(['type', 'bytes'])
    .where('id', '=', id)
    .where('publication', '=', publication)
    .executeTakeFirst();
  return row ?? null;
}
