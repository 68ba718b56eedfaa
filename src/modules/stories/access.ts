import type { Viewer } from '#platform/viewer.ts';
import { speakerOf, type Speaker } from '../consent/access.ts';
import { isEntrusted, type Role } from '../people/model.ts';

/** Someone who may be the teller of a telling, or who wrote it down; of which one, the walls look up (core.tells). */
export interface Teller extends Speaker {
  readonly tells: true;
}

/** Who belongs to the network: they may put tellings into other languages where the teller lets them (core.renders). */
export interface Translator extends Speaker {
  readonly renders: true;
}

/** An editor, who may propose and never change; where, the walls look up (core.edits). */
export interface Editor extends Speaker {
  readonly edits: true;
}

/** A researcher with a grant that stands today (core.codes). */
export interface Researcher extends Speaker {
  readonly codes: true;
}

const network: readonly Role[] = [
  'member',
  'verifier',
  'editor',
  'facilitator',
  'partner',
  'pool-member',
  'researcher',
];

/** The proof that someone is signed in and may tell, or null. */
export function tellerOf(viewer: Viewer): Teller | null {
  const speaker = speakerOf(viewer);
  return speaker && { ...speaker, tells: true };
}

/** The proof that someone belongs to the network and may translate, or null. */
export function translatorOf(viewer: Viewer): Translator | null {
  const speaker = speakerOf(viewer);
  return speaker && isEntrusted(viewer.entrusted, [...network]) ? { ...speaker, renders: true } : null;
}

/** The proof that someone edits somewhere, or null. */
export function editorOf(viewer: Viewer): Editor | null {
  const speaker = speakerOf(viewer);
  return speaker && isEntrusted(viewer.entrusted, ['editor']) ? { ...speaker, edits: true } : null;
}

/** The proof that someone does research here, or null. */
export function researcherOf(viewer: Viewer): Researcher | null {
  const speaker = speakerOf(viewer);
  return speaker && isEntrusted(viewer.entrusted, ['researcher']) ? { ...speaker, codes: true } : null;
}
