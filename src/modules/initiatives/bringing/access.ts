import type { Viewer } from '#platform/viewer.ts';

/** What one has to hold, somewhere, to bring a file in. */
export const bringingRoles = ['admin', 'editor', 'verifier'] as const;

declare const importer: unique symbol;

/** A person who may bring files in, signed in with a second factor; what of a file counts at once is asked for each of its rows. */
export interface Importer extends Viewer {
  readonly id: string;
  readonly [importer]: true;
}

/** This viewer as one who may bring in, or null when they may not. */
export function asImporter(viewer: Viewer): Importer | null {
  const holds = viewer.entrusted.some(({ role }) => (bringingRoles as readonly string[]).includes(role));
  return viewer.kind === 'person' && viewer.sure && holds ? (viewer as Importer) : null;
}
