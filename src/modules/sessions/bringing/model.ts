import type { FieldDate } from '../../initiatives/field/model.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { SessionKind, Words } from '../model.ts';

export type NoteKind = 'question' | 'insight' | 'action' | 'source' | 'note';

/** A gathering as public sources tell it, parsed and checked, not yet in the database. */
export interface ToldSession {
  /** Row in the file, the first is 1. */
  readonly row: number;
  readonly slug: string;
  readonly kind: SessionKind;
  readonly number: number | null;
  readonly title: Words;
  readonly themes: readonly Theme[];
  readonly place: string | null;
  readonly held: FieldDate | null;
  readonly people: number | null;
  /** Words in the address of the initiatives that invited. */
  readonly organisers: readonly string[];
  readonly notes: readonly { readonly kind: NoteKind; readonly texts: Words }[];
  /** What was agreed there, and by whom as the sources say; the same texts stand among the notes. */
  readonly agreed: readonly { readonly texts: Words; readonly owners: readonly string[] }[];
  readonly confidence: 'high' | 'medium' | 'low';
}

/**
 * The place a source names, without what it adds about it: 'Amsterdam (assumed)' asks for Amsterdam, 'province of Utrecht' for the
 * province. Whether there is such a place, only the list of places knows.
 */
export function placeWords(told: string): { readonly name: string; readonly province: boolean } {
  const bare = told.replace(/\s*\(.*\)\s*$/, '').trim();
  const province = /^province of (.+)$/i.exec(bare)?.[1];
  return { name: province ?? bare, province: province !== undefined };
}
