import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Viewer } from '#platform/viewer.ts';
import { madeAnew } from '../../stories/media/anew/workshop.server.ts';
import type { Writer } from '../access.ts';
import '../tables.ts';
import { mostPictures, type PictureRefusal, type PictureWords } from './model.ts';

/**
 * Makes a picture anew in a process of its own and keeps it for this publication; the original is not kept, nor anything that was told
 * in it. Without words for who cannot see it nothing is taken. No connection to the database waits for the work.
 */
export async function layPicture(
  viewer: Viewer,
  writer: Writer,
  bytes: Uint8Array,
  words: PictureWords | null,
): Promise<Result<{ readonly id: string }, PictureRefusal>> {
  if (words === null) return refused('no_alt');
  const full = await withViewer(viewer, (tx) => isFull(tx, writer));
  if (full) return refused('too_many');
  const made = await madeAnew('photo', bytes);
  if (!made.ok) return made;
  const { value } = made;
  if (!('width' in value)) return refused('photo_unknown');
  return withViewer(viewer, async (tx) => {
    const row = await tx
      .insertInto('core.picture')
      .values({
        publication: writer.publication,
        type: value.type,
        bytes: value.bytes,
        width: value.width,
        height: value.height,
        alt: words.alt,
        credit: words.credit,
        made_by: writer.person,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return ok(row);
  });
}

async function isFull(tx: Tx, { publication }: Writer): Promise<boolean> {
  const { rows } = await sql<{ full: boolean }>`
    select count(*) >= ${mostPictures} as full from core.picture where publication = ${publication}`.execute(
    tx,
  );
  return rows[0]?.full ?? true;
}

/** Says anew what can be seen in a picture and who made it; what is out already keeps the words it went out with. */
export async function describePicture(
  tx: Tx,
  writer: Writer,
  id: string,
  words: PictureWords | null,
): Promise<Result<null, PictureRefusal>> {
  if (words === null) return refused('no_alt');
  const said = await tx
    .updateTable('core.picture')
    .set(words)
    .where('id', '=', id)
    .where('publication', '=', writer.publication)
    .executeTakeFirst();
  return said.numUpdatedRows > 0n ? ok(null) : refused('not_there');
}

/** Takes a picture away that no block and no edition shows; one that is shown stays. */
export async function removePicture(
  tx: Tx,
  writer: Writer,
  id: string,
): Promise<Result<null, PictureRefusal>> {
  const gone =
    await sql`delete from core.picture p where p.id = ${id} and p.publication = ${writer.publication}
    and not exists (select from core.paragraph b where b.picture = p.id)
    and not exists (select from core.edition_paragraph b where b.picture = p.id)`.execute(tx);
  return (gone.numAffectedRows ?? 0n) > 0n ? ok(null) : refused('not_there');
}
