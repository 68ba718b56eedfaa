import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { today, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import type { Phase, Theme } from '../initiatives/model.ts';
import type { Form, Mandate, SeatState, Showing, TableAudience } from './model.ts';
import './tables.ts';

/** A seat of a made table: taken and named on the open page unless told otherwise, open when nobody holds it. */
export interface MadeSeat {
  readonly role?: string;
  readonly shell?: number;
  /** Key of the entry that it is offered to, or that holds or held it. */
  readonly initiative?: string;
  /** An organisation without an entry. */
  readonly body?: string;
  readonly state?: SeatState;
  readonly mandate?: Mandate;
  readonly shown?: Showing;
}

interface Made {
  readonly keeper: Viewer;
  readonly name?: string;
  readonly form?: Form;
  /** Code of a municipality that stands in pub.municipality; made where it is not there. */
  readonly municipality?: string;
  readonly openTo?: TableAudience;
  readonly themes?: readonly Theme[];
  readonly phases?: readonly Phase[];
  readonly seats?: readonly MadeSeat[];
}

const seatRow = (table: string, seat: MadeSeat, at: number) => {
  const state = seat.state ?? (seat.initiative || seat.body ? 'taken' : 'open');
  const asked = state !== 'open' && state !== 'put-away';
  const held = state === 'taken' || state === 'left';
  return {
    table_id: table,
    role: seat.role ?? `Stoel ${at + 1}`,
    shell: seat.shell ?? 1,
    state,
    initiative: asked ? (seat.initiative ?? null) : null,
    body: asked ? (seat.body ?? null) : null,
    mandate: seat.mandate ?? ('decides' as const),
    mandate_words: seat.mandate === 'speaks-for' ? 'voor wie er niet zijn' : null,
    chosen_by: asked ? 'de groep' : null,
    ground: asked ? 'kent de buurt' : null,
    offered_on: asked ? '2026-01-10' : null,
    since: held ? '2026-02-01' : null,
    since_precision: held ? ('month' as const) : null,
    until: state === 'left' ? '2026-08-01' : null,
    until_precision: state === 'left' ? ('month' as const) : null,
    shown: held ? (seat.shown ?? ('yes' as const)) : ('not-said' as const),
  };
};

/** A table in the database of this test: `aTable({ keeper, openTo: 'everyone', seats: [{ initiative }, { role: 'een buurtgroep' }] })`. The keys of its seats come in the order they were given. */
export async function aTable(made: Made): Promise<{ id: string; slug: string; seats: string[] }> {
  const slug = `tafel-${randomBytes(4).toString('hex')}`;
  const municipality = made.municipality ?? 'GM0202';
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .insertInto('core.collaboration_table')
      .values({
        slug,
        form: made.form ?? 'development',
        form_name: made.form === 'own' ? 'Een eigen tafel' : null,
        rings: made.form === 'own' ? ['de kring', 'eromheen'] : [],
        language: 'nl',
        name: made.name ?? 'Ontwikkeltafel Arnhem',
        purpose: 'Samen bedenken wat hier helpt.',
        agreed: made.form === 'single-partner' ? 'De partner houdt contact met alle initiatieven.' : null,
        municipality,
        province: null,
        region: null,
        themes: [...(made.themes ?? ['language'])],
        phases: [...(made.phases ?? ['landing'])],
        began_on: '2026-01-01',
        began_precision: 'year',
        ended_on: null,
        ended_why: null,
        open_to: made.openTo ?? 'table',
        director: null,
        director_ground: null,
        director_since: null,
        made_by: made.keeper.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('core.table_keeper')
      .values({ table_id: id, person: made.keeper.id ?? '', since: today() })
      .execute();
    const seats: string[] = [];
    for (const [at, seat] of (made.seats ?? []).entries()) {
      const row = await tx
        .insertInto('core.seat')
        .values(seatRow(id, seat, at))
        .returning('id')
        .executeTakeFirstOrThrow();
      seats.push(row.id);
    }
    await sql`select core.lay_table_open(${id})`.execute(tx);
    return { id, slug, seats };
  });
}

/** A table with everything that can stand at it: seats of every kind, a meeting, a decision for the table alone, a dissent, a place. */
export async function aFullTable({
  keeper,
  openTo,
  entries,
  on,
}: {
  readonly keeper: Viewer;
  readonly openTo: TableAudience;
  /** Keys of entries: seated, second, hidden, asked, gone and elsewhere. */
  readonly entries: Readonly<Record<string, string>>;
  readonly on: Day;
}): Promise<{ id: string; slug: string; seats: string[] }> {
  const table = await aTable({
    keeper,
    openTo,
    seats: [
      { initiative: entries.seated ?? '', role: 'zit en is genoemd' },
      { initiative: entries.second ?? '', role: 'zit en is niet genoemd', shown: 'no' },
      { initiative: entries.hidden ?? '', role: 'zit en staat niet op de kaart' },
      { initiative: entries.asked ?? '', role: 'is gevraagd', state: 'offered' },
      { initiative: entries.gone ?? '', role: 'is weg', state: 'left', shown: 'no' },
      { role: 'is leeg' },
      { body: 'Een bureau zonder pagina', role: 'staat niet op de kaart' },
    ],
  });
  const [seated = '', second = '', hidden = ''] = table.seats;
  await withViewer(operator, async (tx) => {
    await sql`insert into core.seat_news (seat, day, kind, told_by, initiative) values
      (${seated}, ${on}, 'taken', 'holder', ${entries.seated}), (${second}, ${on}, 'declined', 'holder', ${entries.elsewhere})`.execute(
      tx,
    );
    await sql`with m as (insert into core.table_meeting (table_id, day, about, language) values (${table.id}, ${on}, 'Taal', 'nl') returning id)
      insert into core.meeting_seat (meeting, seat) select id, unnest(${[seated, hidden]}::uuid[]) from m`.execute(
      tx,
    );
    await sql`with d as (insert into core.table_decision (table_id, day, what, reasons, language, open_to)
        values (${table.id}, ${on}, 'Voor de tafel', 'Daarom.', 'nl', 'table'), (${table.id}, ${on}, 'Voor iedereen', 'Daarom.', 'nl', 'everyone') returning id, what),
      p as (insert into core.decision_seat (decision, seat) select id, unnest(${[seated, second]}::uuid[]) from d)
      insert into core.decision_dissent (decision, seat, language, words, openly) select id, ${second}::uuid, 'nl', 'Zonder ons.', 'not' from d where what = 'Voor iedereen'
        union all select id, ${hidden}::uuid, 'nl', 'Ons niet gevraagd.', 'with-name' from d where what = 'Voor iedereen'
        union all select id, ${seated}::uuid, 'nl', 'Te snel.', 'with-name' from d where what = 'Voor iedereen'`.execute(
      tx,
    );
    await sql`insert into core.stance (table_id, by_seat, about_seat, position, language, words, placed_on, openly) values
      (${table.id}, ${seated}, ${seated}, 60, 'nl', 'Wij laten los.', ${on}, true), (${table.id}, ${second}, ${seated}, 20, 'nl', 'Zij sturen.', ${on}, true),
      (${table.id}, ${hidden}, ${hidden}, 90, 'nl', 'Los.', ${on}, false)`.execute(tx);
    await sql`select core.lay_table_open(${table.id})`.execute(tx);
  });
  return table;
}
