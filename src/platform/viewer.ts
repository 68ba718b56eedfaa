/** Who is looking. Rooms widen what a kind may see; the database checks it again. */
export interface Viewer {
  /** visitor: anyone at the street door. operator: the person at the terminal of the machine itself. */
  readonly kind: 'visitor' | 'operator';
  readonly id: string | null;
}

/** The person at the terminal of the machine itself; a deed that takes one cannot be asked by anyone else. */
export interface Operator extends Viewer {
  readonly kind: 'operator';
}

export const visitor: Viewer = { kind: 'visitor', id: null };
export const operator: Operator = { kind: 'operator', id: null };
