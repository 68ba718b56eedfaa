import type { OpenedLink } from '../../links/model.ts';

/** Someone who may speak of one relation for one side, because a letter about it was mailed to that side. */
export interface Addressee {
  readonly link: string;
  readonly relation: string;
  readonly initiative: string;
}

/** Who came by a link about a relation; null when the link is about something else. */
export function addresseeOf({ id, purpose, about, initiative }: OpenedLink): Addressee | null {
  if (purpose !== 'relation' || about === null || initiative === null) return null;
  return { link: id, relation: about, initiative };
}
