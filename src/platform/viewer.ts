/** Something entrusted to a person that stands today: a role, and where. Rooms say what the words mean. */
export interface Entrusted {
  readonly role: string;
  readonly scopeKind: string;
  /** Empty when it holds everywhere. */
  readonly scopeId: string;
}

/** Who is looking. Rooms widen what a kind may see; the database checks it again. */
export interface Viewer {
  /**
   * visitor: anyone at the street door. person: someone signed in. link: whoever came by a link that was mailed to an initiative.
   * operator: the person at the terminal of the machine itself. house: the house, doing what was put off for later.
   * phone: a phone that came into a room. ballot: a ballot that is being filled in, of which nobody knows whose it is.
   */
  readonly kind: 'visitor' | 'person' | 'link' | 'phone' | 'ballot' | 'operator' | 'house';
  /** The key of the person, the link or the phone, or the fingerprint of the ballot in hexadecimal. */
  readonly id: string | null;
  /** What stands for this person today, second factor considered; empty for everyone else. */
  readonly entrusted: readonly Entrusted[];
  /** Whether the person gave a second factor in this session. */
  readonly sure: boolean;
}

/** The person at the terminal of the machine itself; a deed that takes one cannot be asked by anyone else. */
export interface Operator extends Viewer {
  readonly kind: 'operator';
}

const nobody = { id: null, entrusted: [], sure: false } as const;

export const visitor: Viewer = { kind: 'visitor', ...nobody };
export const operator: Operator = { kind: 'operator', ...nobody };
export const house: Viewer = { kind: 'house', ...nobody };
/** Whoever came by this link; before the link is known, `null` may only ask which link a word is. */
export const byLink = (id: string | null): Viewer => ({ ...nobody, kind: 'link', id });

/** A phone that came into a room; before the phone is known, `null` may only ask which phone a word is, and what stands on a door. */
export const byPhone = (id: string | null): Viewer => ({ ...nobody, kind: 'phone', id });
/** A ballot, by its fingerprint of 64 hexadecimal signs; such a transaction must never know the phone. */
export const byBallot = (fingerprint: string): Viewer => ({ ...nobody, kind: 'ballot', id: fingerprint });
