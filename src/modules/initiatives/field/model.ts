import { isDay, type Day } from '#platform/clock.ts';
import type { DatePrecision, EventKind, LifeEvent, Shape } from '../model.ts';

/** The field as a file tells it: the shape of `db/field`, parsed and checked, not yet in the database. */
export interface FieldFile {
  readonly entries: readonly FieldEntry[];
  readonly relations: readonly FieldRelation[];
  /** What audiences are called in other languages. */
  readonly audienceWords: readonly {
    readonly audience: string;
    readonly language: string;
    readonly word: string;
  }[];
}

export interface Told {
  readonly language: string;
  readonly text: string;
  readonly origin: 'public-sources' | 'rendering';
}

export interface FieldEntry {
  readonly slug: string;
  readonly shape: Shape;
  readonly names: readonly string[];
  readonly website: string | null;
  /** Addresses of the initiative itself, where a source tells them; they stay inside until it says otherwise. */
  readonly mail?: string | null;
  readonly phone?: string | null;
  readonly lastSign: 'seen' | 'none-recent';
  readonly sources: readonly string[];
  readonly texts: readonly Told[];
  readonly place: FieldPlace | null;
  readonly events: readonly FieldEvent[];
}

export interface FieldPlace {
  readonly municipality: string | null;
  readonly province: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: 'exact' | 'street' | 'town' | 'region' | 'hidden';
}

export interface FieldEvent extends LifeEvent {
  /** Name of the fact in its source, lasting through corrections. */
  readonly key: string;
  readonly sources: readonly string[];
  readonly texts: readonly Told[];
}

export interface FieldRelation {
  readonly key: string;
  readonly from: string;
  readonly type: string;
  readonly to: string;
  readonly since: FieldDate | null;
  readonly until: FieldDate | null;
  readonly sources: readonly string[];
  readonly texts: readonly Told[];
}

export interface FieldDate {
  readonly day: Day;
  readonly precision: DatePrecision;
}

/** '2016', '2016-02', '2016-02-09' or '~2016' as a day with its precision; null when it is no such date, or not in the calendar. */
export function fieldDate(text: string): FieldDate | null {
  const match = /^(~)?([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/.exec(text);
  if (!match) return null;
  const [, around, year = '', month, day] = match;
  const precision = around ? 'around' : day ? 'day' : month ? 'month' : 'year';
  const first = `${year}-${month ?? '01'}-${day ?? '01'}`;
  return isDay(first) ? { day: first, precision } : null;
}

export interface Beginnings {
  readonly slug: string;
  readonly startYear: number | null;
  readonly endYear: number | null;
  readonly status: 'active' | 'ended' | 'changed' | 'unknown';
  readonly sources: readonly string[];
}

/**
 * The life events of an entry with those added that its row tells without an event of its own: a beginning
 * (dated or not), an end, a change. `madeOn` is the day the file was made: what it calls ended was so by then.
 */
export function completed(events: readonly FieldEvent[], row: Beginnings, madeOn: Day): FieldEvent[] {
  const all = [...events];
  const add = (kind: EventKind, date: FieldDate | null) =>
    all.push({
      key: `${row.slug}/${kind}`,
      kind,
      day: date?.day ?? null,
      precision: date?.precision ?? 'unknown',
      change: {},
      sources: row.sources,
      texts: [],
    });
  const year = (value: number): FieldDate => ({ day: `${value}-01-01`, precision: 'year' });
  const has = (kind: EventKind) => events.some((event) => event.kind === kind);
  if (!has('founded')) add(row.startYear ? 'founded' : 'noticed', row.startYear ? year(row.startYear) : null);
  if (row.status === 'ended' && !has('ended')) {
    add('ended', row.endYear ? year(row.endYear) : { day: madeOn, precision: 'at-latest' });
  }
  if (row.status === 'changed' && !has('split') && !has('merged')) add('changed', null);
  const lastPause = all.filter((event) => event.kind === 'paused').at(-1);
  const movedOn = all.some(
    (event) => lastPause?.day && event.day && event.day > lastPause.day && event.kind !== 'award',
  );
  // Seen at work after its last told pause, though nobody noted when it woke up.
  if (row.status === 'active' && lastPause && !movedOn)
    add('revived', { day: madeOn, precision: 'at-latest' });
  return all;
}
