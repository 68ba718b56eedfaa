import type { Day } from '#platform/clock.ts';
import { phases, themes, type Phase, type Theme } from '../../model.ts';

/** What is known of one theme in one phase in one municipality. */
export type Spot =
  | { readonly known: 'entries'; readonly count: number }
  /** Someone looked; what was found then is not, or no longer, on the map. */
  | { readonly known: 'looked'; readonly on: Day; readonly found: number }
  | { readonly known: 'nobody-looked' };

/** What an entry covers, where it can be said to be. */
export interface Covering {
  readonly municipality: string | null;
  readonly themes: readonly string[];
  readonly phases: readonly string[];
}

export interface Looking {
  readonly municipality: string;
  readonly theme: string;
  readonly phase: string;
  readonly on: Day;
  readonly found: number;
}

export interface SpotRow {
  readonly theme: Theme;
  readonly spots: readonly { readonly phase: Phase; readonly spot: Spot }[];
}

/** Every theme by every phase in one municipality; an empty spot says whether anyone has ever looked, and when last. */
export function blindSpots(
  municipality: string,
  entries: readonly Covering[],
  looked: readonly Looking[],
): SpotRow[] {
  const here = entries.filter((entry) => entry.municipality === municipality);
  const lookings = looked.filter((looking) => looking.municipality === municipality);
  return themes.map((theme) => ({
    theme,
    spots: phases.map((phase) => ({ phase, spot: spotOf(theme, phase, here, lookings) })),
  }));
}

function spotOf(theme: Theme, phase: Phase, here: readonly Covering[], lookings: readonly Looking[]): Spot {
  const count = here.filter((entry) => entry.themes.includes(theme) && entry.phases.includes(phase)).length;
  if (count > 0) return { known: 'entries', count };
  const last = lookings
    .filter((looking) => looking.theme === theme && looking.phase === phase)
    .reduce<Looking | null>((latest, each) => (latest === null || each.on > latest.on ? each : latest), null);
  return last ? { known: 'looked', on: last.on, found: last.found } : { known: 'nobody-looked' };
}

/** How many of the 14 themes are known in which way, in one phase of one municipality. */
export interface Tally {
  readonly phase: Phase;
  readonly entries: number;
  readonly looked: number;
  readonly nobodyLooked: number;
}

/** One municipality at a glance: per phase, how many themes have entries, were looked for in vain, or were never looked for. */
export function tallies(rows: readonly SpotRow[]): Tally[] {
  return phases.map((phase) => {
    const spots = rows.flatMap((row) =>
      row.spots.filter((each) => each.phase === phase).map((each) => each.spot.known),
    );
    const count = (known: Spot['known']) => spots.filter((each) => each === known).length;
    return {
      phase,
      entries: count('entries'),
      looked: count('looked'),
      nobodyLooked: count('nobody-looked'),
    };
  });
}
