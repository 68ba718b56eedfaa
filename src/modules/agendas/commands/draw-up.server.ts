import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../sessions/access.ts';
import '../../sessions/tables.ts';
import { yearAfter } from '../model.ts';
import '../tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'invite-carrier': { readonly carrier: string };
  }
}

interface Drawing {
  readonly session: string;
  /** Where the house is: 'https://example.org'. */
  readonly home: string;
  readonly on: Day;
}

/**
 * Draws up the agenda of a session from what was promised in it, for a year from this day, and lets each carrier be asked to confirm.
 * It is for the room until who leads it opens it to everyone. A session in which nothing was promised gets none.
 */
export async function drawUpAgenda(
  tx: Tx,
  _who: Facilitator,
  { session, home, on }: Drawing,
): Promise<Result<{ readonly agenda: string; readonly slug: string }, 'nothing_promised' | 'drawn_already'>> {
  const { slug } = await tx
    .selectFrom('core.session')
    .select('slug')
    .where('id', '=', session)
    .executeTakeFirstOrThrow();
  const promised = await tx
    .selectFrom('core.promise')
    .select('id')
    .where('session', '=', session)
    .where('state', '=', 'said')
    .execute();
  if (promised.length === 0) return refused('nothing_promised');
  const agenda = crypto.randomUUID();
  const drawn = await tx
    .insertInto('core.agenda')
    .values({
      id: agenda,
      session,
      slug,
      drawn_on: on,
      drawn_precision: 'day',
      until_day: yearAfter(on),
      home,
    })
    .onConflict((clash) => clash.column('session').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!drawn) return refused('drawn_already');
  await tx
    .updateTable('core.promise')
    .set({ agenda })
    .where('session', '=', session)
    .where('state', '=', 'said')
    .execute();
  const carriers = await tx.selectFrom('core.carrier').select('id').where('session', '=', session).execute();
  for (const { id } of carriers) await putOff(tx, 'invite-carrier', { carrier: id }, { onlyOnce: id });
  return ok({ agenda, slug });
}

/** Opens an agenda to everyone, or keeps it for the room again. */
export async function openAgendaTo(
  tx: Tx,
  _who: Facilitator,
  agenda: string,
  openTo: 'room' | 'everyone',
): Promise<boolean> {
  const opened = await tx
    .updateTable('core.agenda')
    .set({ open_to: openTo })
    .where('id', '=', agenda)
    .where('origin', '=', 'room')
    .returning('id')
    .executeTakeFirst();
  if (opened) await sql`select core.lay_agenda_open(${agenda}::uuid)`.execute(tx);
  return opened !== undefined;
}
