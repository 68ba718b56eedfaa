import type { Viewer } from '#platform/viewer.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';

/** Someone whose words may be used, or who speaks by their word; which pieces that are, the walls look up (core.was_told). */
export interface Used extends Speaker {
  readonly used: true;
}

/** The proof that someone is there whose words may be used, or null. */
export function usedOf(viewer: Viewer): Used | null {
  const speaker = speakerOf(viewer);
  return speaker && { ...speaker, used: true };
}

/** As whom a word opens what it opens: the person it was mailed to, with nothing that is entrusted to them. */
export const byTheirWord = (person: string): Viewer => ({
  kind: 'person',
  id: person,
  entrusted: [],
  sure: false,
});
