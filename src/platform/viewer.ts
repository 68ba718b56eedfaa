/** Who is looking. Rooms widen what a kind may see; the database checks it again. */
export interface Viewer {
  /** visitor: anyone at the street door. operator: the person at the terminal of the machine itself. */
  readonly kind: 'visitor' | 'operator';
  readonly id: string | null;
}

export const visitor: Viewer = { kind: 'visitor', id: null };
export const operator: Viewer = { kind: 'operator', id: null };
