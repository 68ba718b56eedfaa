import type { Day } from '#platform/clock.ts';
import { attendances } from '../../sessions/model.ts';
import { smallest } from '../../people/counting/model.ts';
import { standings, type Alive, type Gathering, type Pledge } from '../model.ts';
import type { Told } from '../periods/model.ts';
import type { Region } from '../regions/model.ts';

/** What is known of a region, as its page knows it. */
export interface KnownRegion {
  readonly region: Region;
  readonly gatherings: readonly Gathering[];
  readonly pledges: readonly Pledge[];
  readonly told: readonly Told[];
  readonly counted: Day | null;
  readonly alive: readonly Alive[];
}

/** A region as programs read it; names and numbers, no words that were said. */
export const regionRecord = ({ slug, kind, name, province, municipalities }: Region) => ({
  slug,
  kind,
  name,
  province,
  municipalities,
});

/** Everything that is known of a region, for programs: numbers with the rows they rest on. People are told of from five up, in steps. */
export function wholeOf({ region, gatherings, pledges, told, counted, alive }: KnownRegion) {
  return {
    licence: 'CC BY 4.0',
    region: regionRecord(region),
    smallest,
    peopleCountedOn: counted,
    themes: alive.map((each) => ({
      theme: each.theme,
      gatherings: each.gatherings.map(({ id }) => id),
      since: each.since,
      withoutDay: each.undated,
      raisedByRole: each.by,
      roleNotTold: each.unsaid,
      inviters: each.inviters,
      invited: each.invited,
      promises: each.standing,
      takenUp: each.takenUp,
      toldByAtLeast: told
        .filter(({ theme }) => theme === each.theme)
        .map(({ year, atLeast }) => ({ year, people: atLeast })),
    })),
    toldByAtLeast: told.map(({ theme, year, atLeast }) => ({ theme, year, people: atLeast })),
    gatherings: gatherings.map(
      ({ id, slug, title, on, precision, municipality, themes, issues, inviters, series }) => ({
        id,
        slug,
        title,
        on,
        precision,
        municipality,
        themes,
        issues: issues.map((issue) => ({
          title: issue.title,
          language: issue.language,
          themes: issue.themes,
          raisedByRoles: issue.roles,
        })),
        inviters: inviters.map(({ name, slug: entry }) => ({ name, slug: entry })),
        tellsOfSeries: series,
      }),
    ),
    promises: pledges.map(({ id, agenda, number, gathering, themes, standing, on }) => ({
      id,
      agenda,
      number,
      gathering,
      themes,
      standing,
      on,
    })),
  };
}

/** The same by theme as a table for a spreadsheet, the names of the columns first. */
export function tableOf({ told, alive }: KnownRegion): string[][] {
  const head = [
    'theme',
    'gatherings',
    'since',
    'precision',
    'without_day',
    ...attendances.map((role) => `raised_by_${role}`),
    'role_not_told',
    'invited_by_official',
    'invited_by_initiative',
    ...standings.map((standing) => `promises_${standing.replace('-', '_')}`),
    'taken_up',
    'told_by_at_least',
  ];
  const rows = alive.map((each) => [
    each.theme,
    each.gatherings.length,
    each.since?.on ?? '',
    each.since?.precision ?? '',
    each.undated,
    ...attendances.map((role) => each.by[role]),
    each.unsaid,
    each.invited.official,
    each.invited.initiative,
    ...standings.map((standing) => each.standing[standing]),
    each.takenUp,
    told
      .filter(({ theme }) => theme === each.theme)
      .map(({ year, atLeast }) => `${year}: ${atLeast}`)
      .join('; '),
  ]);
  return [head, ...rows.map((row) => row.map(String))];
}
