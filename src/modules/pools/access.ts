import type { Viewer } from '#platform/viewer.ts';
import { isEntrusted } from '../people/model.ts';

/** Someone who may keep pools; which, the walls look up (core.keeps_pool). */
export interface PoolKeeper extends Viewer {
  readonly kind: 'person';
  readonly id: string;
  readonly keepsPools: true;
}

/** The proof that someone may keep pools, or null. Facilitators do; their role holds with a second factor only. */
export function poolKeeperOf(viewer: Viewer): PoolKeeper | null {
  const keeps =
    viewer.kind === 'person' && viewer.id !== null && isEntrusted(viewer.entrusted, ['facilitator']);
  return keeps ? ({ ...viewer, keepsPools: true } as PoolKeeper) : null;
}
