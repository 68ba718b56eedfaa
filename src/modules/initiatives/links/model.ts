import type { Viewer } from '#platform/viewer.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { LinkPurpose } from '../model.ts';

/** A link that was mailed to an address of an initiative and opens that one entry, as far as its holder may know it. */
export interface OpenedLink {
  readonly id: string;
  readonly initiative: string | null;
  readonly purpose: LinkPurpose;
  /** The relation, campaign or draft it is about. */
  readonly about: string | null;
  readonly language: Language;
  /** Who came by it, for `withViewer`. */
  readonly viewer: Viewer;
}

/** For how many days each kind of link opens; at most sixty, as the table checks. */
export const daysOpen: Readonly<Record<LinkPurpose, number>> = {
  keep: 14,
  add: 14,
  'still-true': 60,
  relation: 60,
};
