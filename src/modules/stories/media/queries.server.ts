import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import { mostOfATelling, type MediaKind, type MediaReason, type Medium } from './model.ts';

/** Where a photo or a voice is read: in the street, or behind the walls as whoever is asking. */
export type Shelf = 'pub' | 'core';

/** What is told of a photo or a voice before its bytes. */
export interface Label {
  readonly kind: MediaKind;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

async function labelOn(tx: Tx, shelf: Shelf, id: string): Promise<Label | null> {
  const { rows } = await sql<Label>`select kind, type, length(bytes) as size
    from ${sql.table(`${shelf}.media`)} where id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** A photo or a voice of an open telling; null when there is none by this key. */
export const mediaOpen = (tx: Tx, id: string): Promise<Label | null> => labelOn(tx, 'pub', id);

/** A photo or a voice that whoever is asking may see behind the walls: its teller, or a reader of what was released to them. */
export const mediaInside = (tx: Tx, id: string): Promise<Label | null> => labelOn(tx, 'core', id);

/** Some bytes of a photo or a voice; null when it went meanwhile, or may not be seen any more. */
export async function bytesOf(
  tx: Tx,
  shelf: Shelf,
  id: string,
  from: number,
  length: number,
): Promise<Buffer | null> {
  const { rows } = await sql<{
    part: Buffer;
  }>`select substring(bytes from ${from + 1}::int for ${length}::int) as part
    from ${sql.table(`${shelf}.media`)} where id = ${id}`.execute(tx);
  return rows[0]?.part ?? null;
}

/** A telling whose photos and voices its teller looks after. */
export interface TellingOfMedia {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly media: readonly Medium[];
}

/** A telling of whoever is asking, with its photos and voices of one kind in the order they came; null when it is not theirs. */
export async function mediaOfTelling(tx: Tx, id: string, kind: MediaKind): Promise<TellingOfMedia | null> {
  const telling = await tx
    .selectFrom('core.telling')
    .select(['id', 'title', 'language'])
    .where('id', '=', id)
    .where(sql<boolean>`core.tells(id)`)
    .executeTakeFirst();
  if (!telling) return null;
  const media = await tx
    .selectFrom('core.media')
    .select(['id', 'kind', 'width', 'height', 'seconds', 'alt'])
    .where('telling', '=', id)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
  return { ...telling, media };
}

/** Why nothing can be laid in this telling by whoever is asking; null when it can. */
export async function whyNoRoom(tx: Tx, telling: string): Promise<MediaReason | null> {
  const { rows } = await sql<{
    held: number;
  }>`select (select count(*) from core.media m where m.telling = t.id) as held
    from core.telling t where t.id = ${telling} and core.tells(t.id)`.execute(tx);
  if (!rows[0]) return 'not_there';
  return rows[0].held >= mostOfATelling ? 'too_many' : null;
}
