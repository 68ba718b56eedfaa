import { sql } from 'kysely';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { tableGoerOf, type TableGoer } from '#modules/tables/access.ts';
import {
  needsReason,
  seatDeeds,
  seatDeedsOf,
  seatStates,
  type SeatDeed,
  type SeatState,
} from '#modules/tables/model.ts';
import { openTable } from '#modules/tables/reading/queries.server.ts';
import { stepSeat } from '#modules/tables/seats/commands.server.ts';
import { aTable } from '#modules/tables/testing.ts';
import { daysLater, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { diagramOf, drawn, inTurns, type Diagram } from '../sequences/diagram.ts';

interface WalkedSeats {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  readonly disagreements: readonly string[];
}

interface Around {
  readonly keeper: TableGoer;
  readonly holder: TableGoer;
  readonly stranger: TableGoer;
  /** Key of an entry that is open on the map. */
  readonly entry: string;
  readonly slug: string;
}

const length = 10;
const first: Day = '2026-11-24';

const goer = (viewer: Viewer): TableGoer => {
  const found = tableGoerOf(viewer);
  if (!found) throw new Error('This viewer comes to no table.');
  return found;
};

/**
 * Walks random deeds of who keeps a table, who is asked and a stranger through PostgreSQL, and beside them along the diagram; also past
 * the deeds, with raw writes. After each deed it looks at the street: only a seat whose holder said yes is named there.
 */
export async function walkKeptSeats(
  times: number,
  seed: number,
  entry: { readonly id: string; readonly slug: string },
  atOnce = 4,
): Promise<WalkedSeats> {
  const diagram = await diagramOf('seat');
  const around: Around = {
    keeper: goer(await aPerson('Noor', [{ role: 'facilitator' }])),
    holder: goer(await aMember('Samira', entry.id)),
    stranger: goer(await aPerson('Bas', [{ role: 'facilitator' }])),
    entry: entry.id,
    slug: entry.slug,
  };
  const sums = { deeds: 0, refused: 0 };
  const disagreements: string[] = [];
  await inTurns(times, atOnce, (sequence) =>
    walkOne(around, diagram, chanceOf(seed + sequence), sums, disagreements),
  );
  return { sequences: times, ...sums, disagreements };
}

async function walkOne(
  around: Around,
  diagram: Diagram,
  chance: () => number,
  sums: { deeds: number; refused: number },
  disagreements: string[],
): Promise<void> {
  const table = await aTable({ keeper: around.keeper, openTo: 'everyone', seats: [{}] });
  const seat = table.seats[0] ?? '';
  let state: SeatState = 'open';
  let named = false;
  const told: string[] = [];
  for (let at = 0; at < length; at++) {
    const on = daysLater(first, at * 7);
    const who = drawn(['keeper', 'keeper', 'holder', 'stranger'] as const, chance);
    const forced = chance() < 0.15;
    const deed = wished(diagram, state, chance);
    const to = drawn(seatStates, chance);
    const reason = chance() < 0.8 ? 'Daarom.' : null;
    const shown = drawn(['yes', 'no'] as const, chance);
    const way = diagram.get(state)?.get(deed) as SeatState | undefined;
    const can = forced
      ? to === state || [...(diagram.get(state)?.values() ?? [])].includes(to)
      : way !== undefined && maySo(who, state, deed) && (reason !== null || !needsReason.includes(deed));
    const did = forced
      ? await force(around.keeper, seat, around.entry, to)
      : await withViewer(around[who], (tx) =>
          stepSeat(
            tx,
            around[who],
            { seat, deed, reason, shown, when: null, offer: offerOf(deed, around.slug) },
            'nl',
            on,
          ),
        ).then(({ ok }) => ok);
    told.push(forced ? `force ${to}` : `${who} ${deed}`);
    sums.deeds++;
    if (!did) sums.refused++;
    if (can && !forced && way) {
      if (deed === 'take') named = shown === 'yes';
      state = way;
    }
    const stands = await standing(around.keeper, seat, table.slug);
    const wanted = `${state}, ${namedOn(state, named)}`;
    if (did === can && stands === wanted) continue;
    disagreements.push(
      `${told.join(', ')}: the house ${did ? 'did' : 'refused'} it and has ${stands}; the page has ${wanted}`,
    );
    break;
  }
}

/** More often than not a deed that goes on from here, so that most walks come to an end. */
function wished(diagram: Diagram, state: SeatState, chance: () => number): SeatDeed {
  const ways = seatDeeds.filter((deed) => diagram.get(state)?.has(deed));
  return ways.length > 0 && chance() < 0.6 ? drawn(ways, chance) : drawn(seatDeeds, chance);
}

/** What the street sees of the seat: a chair that waits, a name, or nothing at all. */
function namedOn(state: SeatState, named: boolean): string {
  if (state === 'open' || state === 'offered') return 'waits';
  return named && state !== 'put-away' ? 'named' : 'nothing';
}

const maySo = (who: 'keeper' | 'holder' | 'stranger', state: SeatState, deed: SeatDeed): boolean =>
  who !== 'stranger' && seatDeedsOf(state, who).includes(deed);

const offerOf = (deed: SeatDeed, slug: string) =>
  deed === 'offer' ? { entry: slug, body: '', chosenBy: 'de groep', ground: 'kent de wijk' } : null;

/** Writes the state as it comes and takes it back, so that only what the walls say is heard. */
async function force(keeper: Viewer, seat: string, entry: string, to: string): Promise<boolean> {
  const back = new Error('taken back');
  return withViewer(keeper, async (tx) => {
    await sql`update core.seat set state = ${to},
        initiative = case when ${to} in ('open','put-away') then null else coalesce(initiative, ${entry}::uuid) end,
        chosen_by = case when ${to} not in ('open','put-away') then 'de groep' end, ground = case when ${to} not in ('open','put-away') then 'kent de wijk' end,
        offered_on = case when ${to} not in ('open','put-away') then ${first}::date end,
        since = case when ${to} in ('taken','left') then coalesce(since, ${first}::date) end,
        since_precision = case when ${to} in ('taken','left') then coalesce(since_precision, 'day') end,
        until = case when ${to} = 'left' then ${first}::date end, until_precision = case when ${to} = 'left' then 'day' end,
        shown = case when ${to} in ('taken','left') then shown else 'not-said' end
      where id = ${seat}`.execute(tx);
    throw back;
  }).catch((error: unknown) => {
    if (error === back) return true;
    if ((error as { code?: string }).code === '42501') return false;
    throw error;
  });
}

async function standing(keeper: Viewer, seat: string, slug: string): Promise<string> {
  const { state } = await withViewer(keeper, (tx) =>
    tx.selectFrom('core.seat').select('state').where('id', '=', seat).executeTakeFirstOrThrow(),
  );
  const street = await withViewer(visitor, (tx) => openTable(tx, slug, 'nl', first));
  const [seen] = street?.seats ?? [];
  return `${state}, ${seen ? (seen.holder ? 'named' : 'waits') : 'nothing'}`;
}
