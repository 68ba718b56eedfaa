import { byLink, type Viewer } from '#platform/viewer.ts';

/** Whoever holds the word of a draft, or began one a moment ago: proof that they may read and keep it. */
export interface DraftHolder {
  readonly draft: string;
  /** Who came by the word, for `withViewer`; nothing but this draft opens to them. */
  readonly viewer: Viewer;
}

/** The holder of the draft with this key, which only its word or its beginning tells. */
export const holderOf = (draft: string): DraftHolder => ({ draft, viewer: byLink(draft) });
