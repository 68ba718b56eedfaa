/** That something was taken away and must never come back, also not with an older backup. It knows nothing but a fingerprint. */
export interface Tombstone {
  readonly kind: 'telling' | 'person';
  /** SHA-256 of its key, in hexadecimal digits. */
  readonly hash: string;
  readonly at: string;
  readonly reason: 'taken-back' | 'left' | 'rights';
}

/** A tombstone as one line of a file. */
export const asLine = ({ kind, hash, at, reason }: Tombstone): string =>
  `${JSON.stringify({ kind, hash, at, reason })}\n`;
