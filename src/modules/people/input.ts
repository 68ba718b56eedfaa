import { isMunicipalityCode, isProvinceCode } from '#modules/places/model.ts';
import { isDay, type Day } from '#platform/clock.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { parseMail } from './signing-in/input.ts';
import { latestEnd, roles, scopesOf, type Role, type Scope } from './model.ts';

export interface PeopleProblem {
  /** The id of the question; null when it is about the whole. */
  readonly field: string | null;
  readonly reason: MessageKey;
}

export type Given = Pick<FormData, 'get'>;

/** What was typed, so that nothing is lost when it cannot be taken. */
export type Typed = Readonly<Record<string, string>>;

/** One line of a form: without unseen signs, at most `most` signs long. */
export function line(given: Given, name: string, most: number): string {
  const value = given.get(name);
  if (typeof value !== 'string') return '';
  const said = value
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
  return [...said.replace(/\s+/g, ' ').trim()].slice(0, most).join('');
}

/** What is wished to be entrusted, as a form says it; the address of an entry stands for its key, which the door looks up. */
export interface GrantSaid {
  readonly role: Role;
  /** Null for a member, who belongs to the entry at `slug`. */
  readonly place: Scope | null;
  readonly slug: string;
  readonly until: Day;
  readonly reason: string;
}

export interface GrantParsed {
  readonly typed: Typed;
  readonly said: GrantSaid | null;
  readonly problems: readonly PeopleProblem[];
}

/** Where something holds, as the choice of a form names it: 'all', 'province PV25', 'municipality GM0202'; null for anything else. */
export function parseWhere(said: string): Scope | null {
  if (said === 'all') return { kind: 'all', id: '' };
  const [kind, id = ''] = said.split(' ');
  if (kind === 'province' && isProvinceCode(id)) return { kind, id };
  if (kind === 'municipality' && isMunicipalityCode(id)) return { kind, id };
  return null;
}

/** Reads what is to be entrusted: a role, where, until which day and why. Every problem at once, each with its question. */
export function parseGrant(given: Given, today: Day): GrantParsed {
  const typed = {
    role: line(given, 'role', 40),
    where: line(given, 'where', 40),
    slug: line(given, 'slug', 200).replace(/^.*\//, ''),
    until: line(given, 'until', 10),
    reason: line(given, 'reason', 500),
  };
  const problems: PeopleProblem[] = [];
  const tell = (field: string, reason: MessageKey) => void problems.push({ field, reason });
  const role = roles.find((each) => each === typed.role);
  const place = parseWhere(typed.where);
  if (!role) tell('role', 'people.desk.problem.role');
  if (role === 'member' && typed.slug === '') tell('slug', 'people.desk.problem.slug');
  if (role && role !== 'member' && !(place && scopesOf(role).includes(place.kind)))
    tell('where', 'people.desk.problem.where');
  if (!isDay(typed.until) || typed.until <= today || typed.until > latestEnd(today))
    tell('until', 'people.desk.problem.until');
  if ([...typed.reason].length < 3) tell('reason', 'people.desk.problem.reason');
  const said =
    role && problems.length === 0
      ? { role, place, slug: typed.slug, until: typed.until, reason: typed.reason }
      : null;
  return { typed, said, problems };
}

export interface InvitationParsed extends Omit<GrantParsed, 'said'> {
  readonly said:
    | (GrantSaid & { readonly mail: string; readonly language: Language; readonly called: string | null })
    | null;
}

/** Reads whom to invite, in which language to write them, and what is to be entrusted to them. */
export function parseInvitation(given: Given, today: Day): InvitationParsed {
  const grant = parseGrant(given, today);
  const typed = {
    ...grant.typed,
    mail: line(given, 'mail', 300),
    language: line(given, 'language', 2),
    called: line(given, 'called', 80),
  };
  const mail = parseMail(typed.mail);
  const language = parseTongue(given) ?? 'nl';
  const problems: PeopleProblem[] = [
    ...(mail === null ? [{ field: 'mail', reason: 'people.sign-in.problem.mail' } as const] : []),
    ...grant.problems,
  ];
  return {
    typed,
    said:
      grant.said && mail !== null ? { ...grant.said, mail, language, called: typed.called || null } : null,
    problems,
  };
}

/** A language of the house, or null. */
export function parseTongue(given: Given, name = 'language'): Language | null {
  const said = line(given, name, 2);
  return isLanguage(said) ? said : null;
}

/** Why something is done, of at least three signs; null when nothing is said. */
export function parseReason(given: Given): string | null {
  const reason = line(given, 'reason', 500);
  return [...reason].length < 3 ? null : reason;
}

/** The key of nobody and nothing. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** The key of a row in a form; one that nothing has when it is none, for the database is asked for a key in any case. */
export const keyIn = (given: Given, name: string): string => {
  const said = line(given, name, 40);
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(said) ? said : nobody;
};
