import { sql } from 'kysely';
import { insistOnRight } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { settleLives } from '../../commands.server.ts';
import type { DatePrecision, EventKind, Shape } from '../../model.ts';
import { settleRelations } from '../../relations/commands.server.ts';

export interface ToldEvent {
  /** Names the fact, so that the same telling twice is one. */
  readonly key: string;
  readonly kind: EventKind;
  readonly day: Day;
  readonly precision: DatePrecision;
  readonly saidBy: 'own' | 'verifier';
  readonly said?: { readonly language: string; readonly words: string } | null;
}

/**
 * Tells a life event of an initiative and derives its life anew; answers false when it was told just so before. Told
 * otherwise under the same key, the earlier telling stays as what we held. Asks the transaction of someone who may change it.
 */
export async function tellEvent(tx: Tx, initiative: string, event: ToldEvent): Promise<boolean> {
  await insistOnRight(tx, 'change', [initiative]);
  const held = await sql<{ fact: string; same: boolean }>`
    select fact, (day, precision) = (${event.day}::date, ${event.precision}) as same from core.life_event
    where initiative_id = ${initiative} and key = ${event.key} and upper_inf(recorded)`.execute(tx);
  const before = held.rows[0];
  if (before?.same) return false;
  if (before) await endTelling(tx, initiative, event.key);
  const { rows } = await sql<{ fact: string }>`
    insert into core.life_event (fact, initiative_id, key, kind, day, precision, said_by)
    values (${before?.fact ?? sql`uuidv7()`}, ${initiative}, ${event.key}, ${event.kind}, ${event.day}, ${event.precision}, ${event.saidBy})
    returning fact`.execute(tx);
  const fact = rows[0]?.fact;
  if (fact && event.said)
    await sql`insert into core.life_event_text (fact, initiative_id, language, text, origin)
      values (${fact}, ${initiative}, ${event.said.language}, ${event.said.words}, 'own')
      on conflict (fact, language) do update set text = excluded.text`.execute(tx);
  await settle(tx, initiative);
  return true;
}

/** Takes back an event that was told under this key; answers whether there was one. It stays as what we held. */
export async function takeBackEvent(tx: Tx, initiative: string, key: string): Promise<boolean> {
  await insistOnRight(tx, 'change', [initiative]);
  if (!(await endTelling(tx, initiative, key))) return false;
  await settle(tx, initiative);
  return true;
}

/** What was told in this very moment was never held. */
async function endTelling(tx: Tx, initiative: string, key: string): Promise<boolean> {
  const now = sql`initiative_id = ${initiative} and key = ${key} and upper_inf(recorded)`;
  const gone = await sql`delete from core.life_event where ${now} and lower(recorded) >= now()`.execute(tx);
  const ended =
    await sql`update core.life_event set recorded = tstzrange(lower(recorded), now()) where ${now}`.execute(
      tx,
    );
  return Number(gone.numAffectedRows ?? 0) + Number(ended.numAffectedRows ?? 0) > 0;
}

async function settle(tx: Tx, initiative: string): Promise<void> {
  const { rows } = await sql<{ start: Shape | null }>`
    select coalesce(i.start_shape, (select jsonb_build_object('name', p.name, 'kind', p.kind, 'formality', p.formality, 'ledBy', p.led_by, 'scope', p.scope,
        'phases', p.phases, 'themes', p.themes, 'audiences', p.audiences, 'languages', p.languages)
      from core.initiative_period p where p.initiative_id = i.id order by p.valid limit 1)) as start
    from core.initiative i where i.id = ${initiative}`.execute(tx);
  const start = rows[0]?.start;
  if (!start) throw new Error('An entry without a shape cannot be settled.');
  await settleLives(tx, initiative, start);
  await settleRelations(tx, [initiative]);
}
