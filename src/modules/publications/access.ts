import type { Viewer } from '#platform/viewer.ts';
import { speakerOf, type Speaker } from '../consent/access.ts';
import { isEntrusted } from '../people/model.ts';
import type { Part } from './model.ts';

/** What somebody is to one publication today, as the walls let them see it (core.publication_person). */
export interface Held {
  readonly publication: string;
  readonly part: Part;
}

/** Who may begin a publication. */
export interface Beginner extends Speaker {
  readonly begins: true;
}

/** Who works on this publication: may read what lies in it and lay pieces. The walls ask the same (core.works_on). */
export interface Layer extends Speaker, Held {
  readonly lays: true;
}

/** Who writes in this publication too. */
export interface Writer extends Layer {
  readonly writes: true;
}

/** Who decides what of this publication goes out. */
export interface Editor extends Writer {
  readonly edits: true;
}

/** The proof that someone may begin a publication, or null. */
export function beginnerOf(viewer: Viewer): Beginner | null {
  const speaker = speakerOf(viewer);
  return speaker && isEntrusted(viewer.entrusted, ['editor', 'facilitator'])
    ? { ...speaker, begins: true }
    : null;
}

/** The proof that someone works on this publication, or null. */
export function layerOf(viewer: Viewer, held: Held | null): Layer | null {
  const speaker = speakerOf(viewer);
  return speaker && held && { ...speaker, ...held, lays: true };
}

/** The proof that someone writes in this publication, or null. */
export function writerOf(viewer: Viewer, held: Held | null): Writer | null {
  const layer = layerOf(viewer, held);
  return layer && layer.part !== 'layer' ? { ...layer, writes: true } : null;
}

/** The proof that someone edits this publication, or null. */
export function editorOf(viewer: Viewer, held: Held | null): Editor | null {
  const writer = writerOf(viewer, held);
  return writer && writer.part === 'editor' ? { ...writer, edits: true } : null;
}
