import type { Doors } from '#platform/policy.ts';

/** The doors of what is published and printed. Who works on a publication needs no role: the room asks whether they were invited to it. */
export const publicationDoors = {} as const satisfies Doors;
