import { keyOf } from '#modules/languages/search/model.ts';
import { distanceKm, type Point } from '#modules/places/model.ts';
import { mailHomeOf, numberOf, siteOf, type MailHome, type Site } from './contacts/model.ts';
import {
  comparedNames,
  nameLikeness,
  ownWords,
  soundsOf,
  type ComparedName,
  type PlaceWords,
} from './names/model.ts';

/** What someone tells, or we hold, of an initiative that may be the same as another. */
export interface Told {
  /** In any script; the first is the one it goes by. */
  readonly names: readonly string[];
  /** Code of the municipality it is in. */
  readonly municipality: string | null;
  /** Where it is, when more exactly known than its town. */
  readonly point: Point | null;
  readonly website: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
}

/** The same, in the form it is compared in. */
export interface Compared {
  readonly names: readonly ComparedName[];
  readonly municipality: string | null;
  readonly point: Point | null;
  readonly site: Site | null;
  readonly mail: MailHome | null;
  readonly phone: string | null;
}

export const reasons = [
  'name',
  'name-in-other-script',
  'near',
  'town',
  'site',
  'mail',
  'mail-domain',
  'phone',
] as const;
/** Why two entries may be one. */
export type Reason = (typeof reasons)[number];

export interface Likeness {
  /** From 0 to 1; what is worth doing with it stands in `worth`. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** An open entry that may be the same as what someone is about to add. */
export interface Alike {
  readonly slug: string;
  readonly name: string;
  readonly town: string | null;
  readonly reasons: readonly Reason[];
}

/** From which score a likeness is worth asking whoever is adding an entry, and from which a verifier's time. */
export const worth = { asking: 0.4, proposing: 0.6 } as const;

/** How close two entries are to be neighbours, in kilometres. */
const close = 0.1;

export function comparedOf(told: Told, places: PlaceWords): Compared {
  return {
    names: told.names.flatMap((name) => comparedNames(name, places)),
    municipality: told.municipality,
    point: told.point,
    site: siteOf(told.website),
    mail: mailHomeOf(told.mail),
    phone: numberOf(told.phone),
  };
}

// How much each reason says by itself: from trying on the field, with its near-copies and its branches.
const weights = {
  name: 0.55,
  longName: 0.65,
  sort: 0.25,
  ear: 0.52,
  fewSounds: 0.4,
  near: 0.45,
  neighbour: 0.3,
  town: 0.3,
  elsewhere: 0.85,
};
const contacts = { page: 0.42, host: 0.15, mail: 0.5, domain: 0.38, phone: 0.42 };

/**
 * How likely two entries are one, and why. Reasons count as if independent of each other (noisy or), except that contacts of
 * one house often come together: each further one counts half. A shared town or site alone never reaches a proposal.
 */
export function likeness(one: Compared, other: Compared): Likeness {
  const found: Reason[] = [];
  const weighed: number[] = [];
  const say = (reason: Reason, weight: number) => {
    found.push(reason);
    weighed.push(weight);
  };
  const name = bestName(one, other);
  if (name) say(name.reason, name.weight);
  const bothTold = one.municipality !== null && other.municipality !== null;
  const near = one.point !== null && other.point !== null && distanceKm(one.point, other.point) <= close;
  // That two live next door says more when their names are alike: one house may hold many initiatives.
  if (near) say('near', name ? weights.near : weights.neighbour);
  else if (bothTold && one.municipality === other.municipality) say('town', weights.town);
  for (const [at, [reason, weight]] of contactReasons(one, other).entries())
    say(reason, at === 0 ? weight : weight / 2);
  const together = 1 - weighed.reduce((none, weight) => none * (1 - weight), 1);
  const elsewhere = bothTold && one.municipality !== other.municipality && !near;
  return { score: elsewhere ? together * weights.elsewhere : together, reasons: found };
}

function bestName(one: Compared, other: Compared): { reason: Reason; weight: number } | null {
  const likes = one.names.flatMap((mine) =>
    other.names.flatMap((theirs) => nameLikeness(mine, theirs) ?? []),
  );
  const ways = likes.map(({ apart, otherScript, onlySort, length }) => {
    const reason: Reason = otherScript ? 'name-in-other-script' : 'name';
    if (onlySort) return { reason, weight: weights.sort };
    if (otherScript)
      return { reason, weight: (length < 4 ? weights.fewSounds : weights.ear) * (1 - apart / 2) };
    return { reason, weight: apart === 0 && length >= 8 ? weights.longName : weights.name * (1 - apart) };
  });
  return ways.toSorted((a, b) => b.weight - a.weight)[0] ?? null;
}

function contactReasons(one: Compared, other: Compared): [Reason, number][] {
  const all: [Reason, number][] = [];
  const { site, mail } = one;
  if (mail && mail.address === other.mail?.address) all.push(['mail', contacts.mail]);
  if (one.phone !== null && one.phone === other.phone) all.push(['phone', contacts.phone]);
  if (site && other.site && site.host === other.site.host) {
    const samePage = site.path === other.site.path;
    if (site.shared ? samePage && site.path !== '' : samePage || site.path === '' || other.site.path === '')
      all.push(['site', contacts.page]);
    else if (!site.shared) all.push(['site', contacts.host]);
  } else if (homesOf(one).some((home) => homesOf(other).includes(home)))
    all.push(['mail-domain', contacts.domain]);
  return all.toSorted(([, a], [, b]) => b - a);
}

/** The domains it has for itself, of its site and its mail. */
function homesOf({ site, mail }: Compared): string[] {
  return [...(site && !site.shared ? [site.host] : []), ...(mail && !mail.shared ? [mail.domain] : [])];
}

// About 200 by 200 metres at 52 degrees, twice as wide as close is.
const cell = { lat: 0.0018, lon: 0.003 };

/**
 * Numbers that two entries have in common when they may be one; each find must still be weighed. Two places within 100 metres
 * share a cell of one of four grids, each half a cell aside; alike names share a word heard alike, or where they begin or end.
 */
export function marksOf(told: Compared): number[] {
  const marks: string[] = homesOf(told).map((home) => `home ${home}`);
  if (told.site?.shared && told.site.path !== '') marks.push(`page ${told.site.host}${told.site.path}`);
  if (told.mail) marks.push(`mail ${told.mail.address}`);
  if (told.phone !== null) marks.push(`phone ${told.phone}`);
  if (told.point) {
    for (const up of [0, 0.5])
      for (const aside of [0, 0.5])
        marks.push(
          `cell ${up} ${aside} ${Math.floor(told.point.lat / cell.lat + up)} ${Math.floor(told.point.lon / cell.lon + aside)}`,
        );
  }
  for (const name of told.names) {
    const own = ownWords(name);
    const wholes = [own, own.toSorted(), name.whole].flatMap(soundsOf);
    marks.push(`letters ${own.join('')}`, ...wholes.flatMap((whole) => around('whole', whole)));
    if (told.municipality === null) continue;
    const here = `in ${told.municipality}`;
    const words = new Set([...own, ...name.whole]);
    for (const word of words) for (const sound of soundsOf([word])) marks.push(...around(here, sound));
    for (const whole of soundsOf(own).filter((sound) => sound.length >= 4))
      marks.push(`${here} begins ${whole.slice(0, 3)}`, `${here} ends ${whole.slice(-3)}`);
  }
  return [...new Set(marks.map((mark) => keyOf('alike', mark)))];
}

/** A sound and what it may be with one consonant more, less or other; of long ones only where they begin and end. */
function around(where: string, heard: string): string[] {
  if (heard === '') return [];
  const pieces =
    heard.length <= 6
      ? [...heard].map((_, at) => heard.slice(0, at) + heard.slice(at + 1))
      : [heard.slice(0, 5), heard.slice(-5)];
  return [`${where} ${heard}`, ...(heard.length < 3 ? [] : pieces.map((piece) => `${where} near ${piece}`))];
}
