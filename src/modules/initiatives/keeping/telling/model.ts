import { takesEffect, whatCounts, type LifeEvent, type Shape } from '../../model.ts';
import type { Answers, HeldEvent, Since, Voice } from '../model.ts';

/** Something to tell: a new event, the own telling of a fact corrected (`of`), or another voice's fact told differently (`insteadOf`). */
export interface Telling extends LifeEvent {
  readonly of: HeldEvent | null;
  readonly insteadOf: string | null;
  readonly sources: readonly string[];
}

export interface Plan {
  readonly tellings: readonly Telling[];
  /** What was already wrong at the beginning, before anything that is told changed it. */
  readonly atFirst: Partial<Shape>;
}

const dayOf = (event: LifeEvent): string => takesEffect(event) ?? '';

/** Tells an event anew: one's own is corrected, that of another voice stays beside it and no longer counts. */
function anew(event: HeldEvent, voice: Voice, told: Partial<LifeEvent>): Telling {
  const { kind, day, precision, change, sources } = event;
  const mine = event.saidBy === voice;
  return {
    ...{ kind, day, precision, change, sources },
    ...told,
    of: mine ? event : null,
    insteadOf: mine ? event.insteadOf : (event.insteadOf ?? event.fact),
  };
}

/**
 * What has to be told so that these parts of the shape become so. 'wrong' corrects the stretch that is wrong now: the last
 * event that brought the part is told otherwise, or the beginning where none did. A day adds an event, and what was told
 * from later days is told otherwise too, or it would undo the change.
 */
export function planOf(
  held: readonly HeldEvent[],
  changed: Partial<Shape>,
  since: Since,
  voice: Voice,
  today: string,
): Plan {
  const counting = whatCounts(held).toSorted((a, b) =>
    dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0,
  );
  // A verifier does not speak over the initiative: what it told of itself changes from today on, and stays what it was before.
  const isFirm = (event: HeldEvent) => voice === 'verifier' && event.saidBy === 'own';
  const retold = new Map<HeldEvent, Partial<Shape>>();
  const atFirst: Record<string, unknown> = {};
  const fresh: Record<string, unknown> = {};
  for (const [part, value] of Object.entries(changed)) {
    const bringing = counting.filter((event) => part in event.change);
    const last = bringing.at(-1);
    if (since.kind === 'wrong' && !last) atFirst[part] = value;
    else if (since.kind === 'day' || (last && isFirm(last))) fresh[part] = value;
    const wrong =
      since.kind === 'wrong' ? (last ? [last] : []) : bringing.filter((event) => dayOf(event) >= since.day);
    for (const event of wrong.filter((each) => !isFirm(each)))
      retold.set(event, { ...retold.get(event), [part]: value });
  }
  const again = [...retold].map(([event, change]) =>
    anew(event, voice, { change: { ...event.change, ...change } }),
  );
  const on = since.kind === 'day' ? since : { day: today, precision: 'day' as const };
  return { tellings: [...again, ...newEvents(fresh, on)], atFirst };
}

/** The events that say from when on these parts are so: a new name is an event of its own. */
function newEvents(
  { name, ...rest }: Partial<Shape>,
  { day, precision }: Pick<LifeEvent, 'day' | 'precision'>,
): Telling[] {
  const event = (kind: LifeEvent['kind'], change: Partial<Shape>): Telling => ({
    ...{ kind, day, precision, change },
    ...{ of: null, insteadOf: null, sources: [] },
  });
  return [
    ...(name === undefined ? [] : [event('renamed', { name })]),
    ...(Object.keys(rest).length === 0 ? [] : [event('changed', rest)]),
  ];
}

/** The event that tells of a move, without saying from where or whereto. */
export const moved = (day: string, precision: LifeEvent['precision']): Telling => ({
  ...{ kind: 'moved', day, precision, change: {} },
  ...{ of: null, insteadOf: null, sources: [] },
});

const isBeginning = (event: LifeEvent) => event.kind === 'founded' || event.kind === 'noticed';

/** The beginning that counts: the earliest that is dated, else any; null where none was ever told. */
export function beginningOf(held: readonly HeldEvent[]): HeldEvent | null {
  const all = whatCounts(held)
    .filter(isBeginning)
    .toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
  return all.find((event) => event.day !== null) ?? all[0] ?? null;
}

/** What has to be told so that it began then; null is that nobody knows when. */
export function beginningTold(held: readonly HeldEvent[], since: Answers['since'], voice: Voice): Telling {
  const told: Partial<LifeEvent> = since
    ? { kind: 'founded', ...since }
    : { kind: 'noticed', day: null, precision: 'unknown' };
  const before = beginningOf(held);
  if (before) return anew(before, voice, told);
  const bare: LifeEvent = { kind: 'noticed', day: null, precision: 'unknown', change: {} };
  return { ...bare, ...told, of: null, insteadOf: null, sources: [] };
}
