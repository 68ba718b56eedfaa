import { withViewer } from '#platform/db.server.ts';
import { byLink, house, type Viewer } from '#platform/viewer.ts';
import { makeLink } from '../links/commands.server.ts';
import type { Shape } from '../model.ts';
import { asAdmin } from '../testing.ts';
import { tellTurn } from './commands.server.ts';
import { parseTurn, type Typed } from './input.ts';
import type { Life, Telling, Turn, TurnKind } from './model.ts';

export const aShape: Shape = {
  name: 'Taalcafé',
  kind: 'initiative',
  formality: 1,
  ledBy: 'refugee-led',
  scope: 'city',
  phases: ['landing'],
  themes: ['language'],
  audiences: ['newcomers'],
  languages: ['ar'],
};

/** A telling of public sources, with what differs from an undated beginning. */
export function aTelling(fact: string, given: Partial<Telling> = {}): Telling {
  return {
    fact,
    key: fact,
    kind: 'noticed',
    day: null,
    precision: 'unknown',
    change: {},
    saidBy: 'public-sources',
    insteadOf: null,
    sources: [],
    ...given,
  };
}

/** A life that began on 1 March 2016, with whatever else was told of it. */
export function aLife(...tellings: readonly Telling[]): Life {
  return {
    start: aShape,
    tellings: [aTelling('begin', { kind: 'founded', day: '2016-03-01', precision: 'day' }), ...tellings],
  };
}

/** A turn on 1 June 2020, with what differs from a hard time. */
export function aTurn(given: Partial<Turn> = {}): Turn {
  return {
    kind: 'crisis',
    day: '2020-06-01',
    precision: 'day',
    change: {},
    words: null,
    sources: [],
    others: [],
    into: null,
    goesOn: true,
    insteadOf: null,
    ...given,
  };
}

export const year = (of: string): Typed => ({ 'when-year': of });

/** For each turn what is typed in its form, on an entry in Arnhem that is at work since 2016. */
export const typedFor: Readonly<Record<TurnKind, Typed>> = {
  founded: year('2015'),
  moved: { ...year('2021'), place: 'Nijmegen' },
  renamed: { ...year('2021'), name: 'Een andere naam' },
  grew: { ...year('2021'), scope: 'region' },
  formalised: { ...year('2021'), formality: '3' },
  paused: year('2020'),
  revived: year('2022'),
  ended: year('2023'),
  split: { ...year('2021'), 'other-0': 'Zuiderhuis', 'which-0': 'new', goesOn: 'yes' },
  merged: { ...year('2021'), 'other-0': 'De Buren', 'which-0': 'buur', into: 'us' },
  contract: year('2021'),
  award: year('2021'),
  crisis: year('2021'),
  changed: { words: 'Het begon eerder, aan een keukentafel.' },
};

/** Whoever came by a link that was mailed to this entry. */
export async function aLinkTo(entry: string): Promise<Viewer> {
  const wish = { initiative: entry, purpose: 'keep', sentTo: 'post@example.org', language: 'nl' } as const;
  const { id } = await withViewer(house, (tx) => makeLink(tx, wish));
  return byLink(id);
}

interface OpenEvent {
  readonly kind: string;
  readonly day: string | null;
  readonly said_by: string;
  readonly corrected: boolean;
  readonly differs: boolean;
}

interface OpenPeriod {
  readonly state: string;
  readonly name: string;
  readonly valid: string;
  readonly town: string | null;
}

/** What tests of turns do and look at in the database of their file. */
export function fieldOf(database: { readonly adminUrl: string }) {
  const admin = <Row extends object>(text: string, values: unknown[] = []) =>
    asAdmin<Row>(database.adminUrl, text, values);
  const idOf = async (slug: string) =>
    (await admin<{ id: string }>('select id from core.initiative where slug = $1', [slug]))[0]?.id ?? '';
  return {
    admin,
    idOf,
    /** Tells what was typed; answers what came of it, with the problems when it came back. */
    async tell(
      viewer: Viewer,
      slug: string,
      kind: TurnKind,
      typed: Typed,
      more: { readonly fact?: string; readonly insteadOf?: string } = {},
    ) {
      const { asked, problems } = parseTurn(kind, typed, more.fact !== undefined);
      if (!asked) return { came: 'unread', problems };
      const entry = await idOf(slug);
      const way = { language: 'nl', home: 'https://steppingstones.example', ...more } as const;
      const told = await withViewer(viewer, (tx) => tellTurn(tx, entry, asked, way));
      return told.ok ? told.value : { came: told.reason };
    },
    /** What a visitor can read of the life of an entry, oldest first. */
    read: (slug: string) =>
      admin<OpenEvent>(
        `select e.kind, e.day::text, e.said_by, e.corrected, e.instead_of is not null as differs from pub.life_event e
         join pub.initiative i on i.id = e.initiative_id where i.slug = $1 order by e.day nulls first, e.recorded_at, e.kind`,
        [slug],
      ),
    periods: (slug: string) =>
      admin<OpenPeriod>(
        `select p.state, p.name, p.valid::text, p.town from pub.initiative_period p join pub.initiative i on i.id = p.initiative_id
         where i.slug = $1 order by p.valid`,
        [slug],
      ),
  };
}
