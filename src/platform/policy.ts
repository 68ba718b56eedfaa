import type { Viewer } from './viewer.ts';

/** Who may come through a door. Each door declares it in src/doors.ts; what is not declared stays shut. */
export interface Who {
  readonly name: string;
  admits(viewer: Viewer): boolean;
  /** Whether a page behind this door is the same for every visitor, so that one rendering may serve all of them. */
  readonly shared: boolean;
  /** Whether a mail program may tap this door for its reader: the word in the address is then all there is to it. */
  readonly bare?: boolean;
}

/** Open to anyone, and the same for every visitor: only reads the schema `pub`. */
export const anyone: Who = { name: 'anyone', admits: () => true, shared: true };

/** Open to whoever has a word that was mailed or printed, or is about to ask for one; the room looks whether the word opens. */
export const withAWord: Who = { name: 'anyone with a word', admits: () => true, shared: false };

/** Open to whoever has a word, also to a mail program that taps it for its reader (RFC 8058), such as the end of a digest. */
export const inOneTap: Who = { ...withAWord, name: 'anyone with a word, in one tap', bare: true };

/** Open to everyone who is signed in. */
export const signedIn: Who = {
  name: 'signed in',
  admits: (viewer) => viewer.kind === 'person',
  shared: false,
};

/** Open to who holds one of these roles, anywhere; where exactly is asked again by the room and by the walls. */
export const entrustedAs = (...roles: readonly string[]): Who => ({
  name: `entrusted as ${roles.join(' or ')}`,
  admits: (viewer) => viewer.kind === 'person' && viewer.entrusted.some((held) => roles.includes(held.role)),
  shared: false,
});

/** Open in a development start that sends no mail, to read it here; in any other start there is no such door. */
export const atTheWorkbench: Who = {
  name: 'anyone at a development start',
  admits: () => process.env.STEPPINGSTONES_MAILBOX === 'open',
  shared: false,
};

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

/** Whether the page behind this door may be kept for the next visitor. */
export function isShared(doors: Doors, route: string | null): boolean {
  return route !== null && Object.hasOwn(doors, route) && doors[route]?.GET?.shared === true;
}

/** Whether this door may be tapped this way by a mail program, which says nothing of where it comes from. */
export function opensBare(doors: Doors, route: string | null, method: string): boolean {
  return route !== null && Object.hasOwn(doors, route) && doors[route]?.[method as Method]?.bare === true;
}
