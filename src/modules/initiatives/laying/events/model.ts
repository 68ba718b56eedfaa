import type { FieldEvent } from '../../field/model.ts';
import { isSame, type HeldEvent, type Kept, type Reach } from '../model.ts';

export interface EventWish {
  /** The events of the entry as they are held now, whoever told them. */
  readonly held: readonly HeldEvent[];
  readonly told: readonly FieldEvent[];
  /** Keys of the events this source told last. */
  readonly before: readonly string[];
  readonly reach: Reach;
}

export interface EventChanges {
  /** What the source tells and is taken. */
  readonly taken: readonly FieldEvent[];
  /** Facts whose telling ends. */
  readonly closed: readonly string[];
  /** Tellings to write; `fact` is that of the telling it corrects. */
  readonly fresh: readonly (FieldEvent & { readonly fact: string | null })[];
  /** Keys the source spoke of, then or now. */
  readonly keys: readonly string[];
  readonly kept: readonly Kept[];
}

/** Corrections of what this source told before, and what it tells anew; what others told stays as it is. */
export function eventChanges({ held, told, before, reach }: EventWish): EventChanges {
  const mine = held.filter(
    (event) => event.said_by === 'public-sources' && (reach === 'all' || before.includes(event.key)),
  );
  const byKey = new Map(mine.map((event) => [event.key, event]));
  const isBeginning = (event: { kind: string }) => event.kind === 'founded' || event.kind === 'noticed';
  const begun = held.some((event) => isBeginning(event) && !byKey.has(event.key));
  const known = (event: FieldEvent) => reach === 'all' || held.length === 0 || byKey.has(event.key);
  // Of an entry that others speak of too a source tells no second beginning; of one that is confirmed, no end.
  const taken = told.filter(
    (event) => known(event) || !(isBeginning(event) ? begun : refusedEnd(event, reach)),
  );
  const kept = told
    .filter((event) => !known(event) && refusedEnd(event, reach))
    .map((event): Kept => ({ field: 'events', held: '', told: event.kind }));
  const gone = mine.filter((event) => !told.some(({ key }) => key === event.key));
  const fresh = taken.filter((event) => {
    const is = byKey.get(event.key);
    return is === undefined || tellsOtherwise(is, event);
  });
  const corrected = fresh.flatMap((event) => byKey.get(event.key) ?? []);
  return {
    taken,
    closed: [...gone, ...corrected].map(({ fact }) => fact),
    fresh: fresh.map((event) => ({ ...event, fact: byKey.get(event.key)?.fact ?? null })),
    keys: [...new Set([...byKey.keys(), ...taken.map(({ key }) => key)])],
    kept,
  };
}

const refusedEnd = (event: FieldEvent, reach: Reach) =>
  reach === 'gaps' && ['ended', 'paused', 'changed', 'revived'].includes(event.kind);

function tellsOtherwise(held: HeldEvent, event: FieldEvent): boolean {
  // 'At the latest' on an earlier day already says what it says on a later one.
  const knownEarlier =
    held.precision === 'at-latest' &&
    event.precision === 'at-latest' &&
    (held.day ?? '') <= (event.day ?? '');
  return (
    held.kind !== event.kind ||
    (held.day !== event.day && !knownEarlier) ||
    held.precision !== event.precision ||
    !isSame(held.change, event.change) ||
    !isSame(held.sources, event.sources)
  );
}
