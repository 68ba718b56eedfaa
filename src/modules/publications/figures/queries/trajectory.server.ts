import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { entryNamed } from '../../../initiatives/entry/queries.server.ts';
import type { EntryEvent, EntryPeriod } from '../../../initiatives/entry/model.ts';
import { apart } from '../../../initiatives/relations/model.ts';
import type { FigureAsk, Seen } from '../model.ts';
import { trajectoryDrawing } from '../views/trajectory-drawing.ts';

const most = 30;
const unshown = ['noticed', 'confirmed', 'checked'];

/** What happened to an initiative, oldest first, as far as it is dated; null when nothing is, or nobody by that name is open. */
export async function seeTrajectory(
  tx: Tx,
  { initiative }: Extract<FigureAsk, { kind: 'trajectory' }>,
  say: Speech,
  today: Day,
): Promise<Seen | null> {
  const entry = await entryNamed(tx, initiative, say.language);
  if (!entry) return null;
  const events = entry.events
    .flatMap((event) =>
      event.day === null || unshown.includes(event.kind) ? [] : [{ ...event, day: event.day }],
    )
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0))
    .slice(-most);
  const [first, last] = [events[0], entry.periods.at(-1)];
  if (!first) return null;
  const told = events.map((event) => ({
    kind: event.kind,
    when: whenTold(event, say),
    what: say(`initiatives.event.${event.kind}`),
    after: stateOn(entry.periods, event.day),
  }));
  const name = apart(entry.name);
  const title = say('figures.title.trajectory', { name });
  const state = stateOn(entry.periods, today) ?? last?.state ?? 'active';
  const now = say('figures.now', {
    day: dayIn(say.language, today),
    state: say(
      state === 'active' && entry.lastSign === 'none-recent'
        ? 'initiatives.state.none-recent'
        : `initiatives.state.${state}`,
    ),
  });
  return {
    title,
    alt: say('figures.alt.trajectory', {
      name,
      count: told.length,
      told: told.map(({ when, what }) => `${when}: ${what}`).join('; '),
      now,
    }).slice(0, 2000),
    facts: {
      columns: [say('figures.column.when'), say('figures.column.what')],
      rows: told.map(({ when, what }) => [when, what]),
    },
    drawing: trajectoryDrawing({ title, direction: say.direction, events: told, now }),
  };
}

const stateOn = (periods: readonly EntryPeriod[], day: Day): EntryPeriod['state'] =>
  (
    periods.find(({ from, until }) => (from === null || from <= day) && (until === null || day < until)) ??
    periods.at(-1)
  )?.state ?? 'active';

function whenTold({ day, precision }: EntryEvent & { readonly day: Day }, say: Speech): string {
  const part =
    precision === 'year' || precision === 'around' ? 'year' : precision === 'month' ? 'month' : 'day';
  const told = dayIn(say.language, day, part);
  return precision === 'around' || precision === 'at-latest' || precision === 'unknown'
    ? say(`initiatives.when.${precision === 'unknown' ? 'around' : precision}`, { day: told })
    : told;
}
