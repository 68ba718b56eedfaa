import type { Day } from '#platform/clock.ts';
import type { Viewer } from '#platform/viewer.ts';
import { speakerOf, type Speaker } from '../consent/access.ts';
import { isEntrusted } from '../people/model.ts';
import type { Part } from './model.ts';

/** What somebody is to one publication today, as the walls let them see it (core.publication_person). */
export interface Held {
  readonly publication: string;
  readonly part: Part;
  /** Day since which nobody works on it any more. */
  readonly endedOn?: Day | null;
}

/** Who may begin a publication. */
export interface Beginner extends Speaker {
  readonly begins: true;
}

/** Who belongs to this publication, also once the work on it has ended: may read what lies in it, and leave it. */
export interface Member extends Speaker, Held {
  readonly belongs: true;
}

/** Who answers for this publication, also once the work on it has ended: may end the work and take it up again. */
export interface Keeper extends Member {
  readonly keeps: true;
}

/** Who works on this publication: may read what lies in it and lay pieces. The walls ask the same (core.works_on). */
export interface Layer extends Member {
  readonly lays: true;
}

/** Who writes in this publication too. */
export interface Writer extends Layer {
  readonly writes: true;
}

/** Who decides what of this publication goes out. */
export interface Editor extends Writer, Keeper {
  readonly edits: true;
}

/** The proof that someone may begin a publication, or null. */
export function beginnerOf(viewer: Viewer): Beginner | null {
  const speaker = speakerOf(viewer);
  return speaker && isEntrusted(viewer.entrusted, ['editor', 'facilitator'])
    ? { ...speaker, begins: true }
    : null;
}

/** The proof that someone belongs to this publication, or null. */
export function memberOf(viewer: Viewer, held: Held | null): Member | null {
  const speaker = speakerOf(viewer);
  return speaker && held && { ...speaker, ...held, belongs: true };
}

/** The proof that someone answers for this publication, or null. */
export function keeperOf(viewer: Viewer, held: Held | null): Keeper | null {
  const member = memberOf(viewer, held);
  return member && member.part === 'editor' ? { ...member, keeps: true } : null;
}

/** The proof that someone works on this publication, or null; nobody does once the work has ended. The walls ask it too. */
export function layerOf(viewer: Viewer, held: Held | null): Layer | null {
  const member = memberOf(viewer, held);
  return member && (member.endedOn ?? null) === null ? { ...member, lays: true } : null;
}

/** The proof that someone writes in this publication, or null. */
export function writerOf(viewer: Viewer, held: Held | null): Writer | null {
  const layer = layerOf(viewer, held);
  return layer && layer.part !== 'layer' ? { ...layer, writes: true } : null;
}

/** The proof that someone edits this publication, or null. */
export function editorOf(viewer: Viewer, held: Held | null): Editor | null {
  const writer = writerOf(viewer, held);
  return writer && writer.part === 'editor' ? { ...writer, keeps: true, edits: true } : null;
}
