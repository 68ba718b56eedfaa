import type { Viewer } from './viewer.ts';

/** Who may come through a door. Each door declares it in src/doors.ts; what is not declared stays shut. */
export interface Who {
  readonly name: string;
  admits(viewer: Viewer): boolean;
}

/** Open to anyone: only reads the schema `pub`. */
export const anyone: Who = { name: 'anyone', admits: () => true };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Door = Readonly<Partial<Record<Method, Who>>>;
export type Doors = Readonly<Record<string, Door>>;

export type Verdict = 'admitted' | 'no such door' | 'not this way' | 'not for you';

/** Whether this viewer may come through this door this way; a door nobody declared does not exist. HEAD is asked as GET. */
export function mayEnter(doors: Doors, route: string | null, method: string, viewer: Viewer): Verdict {
  const door = route !== null && Object.hasOwn(doors, route) ? doors[route] : undefined;
  if (!door) return 'no such door';
  const asked = method === 'HEAD' ? 'GET' : method;
  const who = Object.hasOwn(door, asked) ? door[asked as Method] : undefined;
  if (!who) return 'not this way';
  return who.admits(viewer) ? 'admitted' : 'not for you';
}
