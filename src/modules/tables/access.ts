import type { Viewer } from '#platform/viewer.ts';
import { isEntrusted, type Role } from '../people/model.ts';

/** Someone who may set up tables; where a partner may, the walls look up. */
export interface TableSetter extends Viewer {
  readonly kind: 'person';
  readonly id: string;
  readonly setsTables: true;
}

/** Someone who is trusted with a role, and so may come to the tables of the desk; which of them, the walls look up. */
export interface TableGoer extends Viewer {
  readonly kind: 'person';
  readonly id: string;
  readonly comesToTables: true;
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

const isTrusted = (viewer: Viewer, roles: readonly Role[]) =>
  viewer.kind === 'person' && viewer.id !== null && isEntrusted(viewer.entrusted, roles);

/** The proof that someone may set up tables, or null. */
export const tableSetterOf = (viewer: Viewer): TableSetter | null =>
  isTrusted(viewer, ['facilitator', 'partner']) ? ({ ...viewer, setsTables: true } as TableSetter) : null;

/** The proof that someone may come to the tables of the desk, or null. */
export const tableGoerOf = (viewer: Viewer): TableGoer | null =>
  isTrusted(viewer, network) ? ({ ...viewer, comesToTables: true } as TableGoer) : null;
