import { daysLater, type Day } from '#platform/clock.ts';
import type { Entrusted } from '#platform/viewer.ts';

export const roles = [
  'member',
  'verifier',
  'editor',
  'facilitator',
  'partner',
  'pool-member',
  'researcher',
  'admin',
  'privacy-officer',
] as const;
/** As what someone is trusted. A visitor and a teller need no grant. */
export type Role = (typeof roles)[number];

/** Roles that reach what others keep to themselves, or decide about others: they hold only in a session with a second factor. */
export const staffRoles: readonly Role[] = ['verifier', 'editor', 'facilitator', 'admin', 'privacy-officer'];

export const scopeKinds = ['all', 'province', 'municipality', 'initiative'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** Where a role holds. `id` is a code of a province or municipality or the key of an initiative; empty for everywhere. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly id: string;
}

export interface Grant {
  readonly id: string;
  readonly person: string;
  readonly role: Role;
  readonly scope: Scope;
  readonly from: Day;
  /** The first day on which it no longer holds, at most a year after the first. */
  readonly until: Day;
  /** Null when the operator gave it. */
  readonly grantedBy: string | null;
  readonly reason: string;
  readonly endedOn: Day | null;
}

/** The longest a grant may last; the same rule as the check of core.role_grant. */
export const longestGrant = 366;

/** Whether a grant holds on this day, in a session with or without a second factor; the same rule as core.grant_stands. */
export function stands(
  grant: Pick<Grant, 'role' | 'from' | 'until' | 'endedOn'>,
  today: Day,
  sure: boolean,
): boolean {
  if (grant.endedOn !== null || today < grant.from || today >= grant.until) return false;
  return sure || !staffRoles.includes(grant.role);
}

/** The kinds of scope a role can have; the same rule as the checks of core.role_grant. */
export function scopesOf(role: Role): readonly ScopeKind[] {
  if (role === 'member') return ['initiative'];
  if (role === 'admin' || role === 'privacy-officer') return ['all'];
  return ['all', 'province', 'municipality'];
}

export type GrantRefusal = 'grant_scope' | 'grant_too_long' | 'grant_backwards' | 'grant_to_oneself';

/** Why a grant cannot be given as it stands, or null when it can. */
export function refusalOf(
  grant: Pick<Grant, 'person' | 'role' | 'scope' | 'from' | 'until' | 'grantedBy'>,
): GrantRefusal | null {
  if (grant.person === grant.grantedBy) return 'grant_to_oneself';
  if (!scopesOf(grant.role).includes(grant.scope.kind)) return 'grant_scope';
  if ((grant.scope.kind === 'all') !== (grant.scope.id === '')) return 'grant_scope';
  if (grant.until <= grant.from) return 'grant_backwards';
  return grant.until > daysLater(grant.from, longestGrant) ? 'grant_too_long' : null;
}

/** Whether one of these roles was entrusted, anywhere or in this scope. */
export function isEntrusted(
  entrusted: readonly Entrusted[],
  wanted: readonly Role[],
  scope?: Scope,
): boolean {
  return entrusted.some(
    (held) =>
      (wanted as readonly string[]).includes(held.role) &&
      (!scope || held.scopeKind === 'all' || (held.scopeKind === scope.kind && held.scopeId === scope.id)),
  );
}

/** What is wished when something is entrusted; who gives it and to whom is known otherwise. */
export interface GrantWish {
  readonly role: Role;
  readonly scope: Scope;
  readonly until: Day;
  readonly reason: string;
}

/** The last day up to which something can be entrusted today. */
export const latestEnd = (today: Day): Day => daysLater(today, longestGrant);

/** From how many days before its end a grant is told to be ending. */
export const endingWithin = 60;

/** The first day of the quarter of this day: '2026-11-22' is in the quarter that begins on '2026-10-01'. */
export function quarterOf(day: Day): Day {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

/** A grant as the desk looks at it. */
export interface StandingGrant extends Omit<Grant, 'person'> {
  readonly person: { readonly id: string; readonly called: string | null };
  /** How the person who gave it is called; null when they did not say, or when the operator gave it. */
  readonly givenBy: string | null;
  readonly endedReason: string | null;
  /** When someone last found it still needed. */
  readonly lookedOn: Day | null;
}

/** Whether somebody should look this quarter whether this grant of staff is still needed. */
export function asksForALook(grant: Pick<StandingGrant, 'role' | 'from' | 'lookedOn'>, today: Day): boolean {
  const quarter = quarterOf(today);
  return staffRoles.includes(grant.role) && grant.from < quarter && (grant.lookedOn ?? grant.from) < quarter;
}

/** Someone as the desk knows them: never their address. */
export interface Known {
  readonly id: string;
  readonly called: string | null;
  readonly cameBy: 'mail' | 'card';
  readonly language: string | null;
  readonly madeAt: Date;
  readonly leftOn: Day | null;
}
