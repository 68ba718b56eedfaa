import type { Cookies } from '@sveltejs/kit';

/** The one cookie of the house. Browsers take it only over TLS or from this machine, for this host and every path. */
export const sessionCookie = '__Host-session';
/** Remembers for a while which address a code was asked for, sealed, so that it need not stand in an address bar. */
export const askedCookie = '__Host-asked';

const ours = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

/** Keeps the session in the browser for as long as it may lie idle. */
export function giveSession(cookies: Cookies, value: string, minutes: number): void {
  cookies.set(sessionCookie, value, { ...ours, maxAge: minutes * 60 });
}

export function giveAsked(cookies: Cookies, value: string): void {
  cookies.set(askedCookie, value, { ...ours, maxAge: 15 * 60 });
}

/** Takes a cookie of ours out of the browser. */
export function takeCookie(cookies: Cookies, name: typeof sessionCookie | typeof askedCookie): void {
  cookies.delete(name, ours);
}
