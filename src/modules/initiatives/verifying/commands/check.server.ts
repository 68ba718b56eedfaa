import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { tellEvent } from '../../asking/commands/tell.server.ts';
import '../../asking/tables.ts';
import { layOpen } from '../../commands.server.ts';
import { lookAtPlace as noteLook } from '../../keeping/commands/look-at-place.server.ts';
import type { Checking, LookedPlace } from '../model.ts';

/**
 * Writes down how a verifier tried to find out whether an entry is right. Found right, it is an event of its own and the
 * entry is fresh again; found stopped, its end is told. Refuses whoever does not watch over it: nobody verifies their own.
 */
export async function checkEntry(
  tx: Tx,
  initiative: string,
  { channel, day, found, note, since }: Checking,
): Promise<Result<null, 'elsewhere' | 'gone'>> {
  if (!(await hasRight(tx, 'watch', [initiative]))) return refused('elsewhere');
  const entry = await tx
    .selectFrom('core.initiative')
    .select('checked_on')
    .where('id', '=', initiative)
    .where('standing', '=', 'laid')
    .forUpdate()
    .executeTakeFirst();
  if (!entry) return refused('gone');
  const by = sql<string | null>`core.viewer_person()`;
  await tx
    .insertInto('core.checking')
    .values({ initiative_id: initiative, checked_by: by, channel, day, found, note })
    .execute();
  if (found === 'right') {
    await tellEvent(tx, initiative, {
      key: `checked:${day}`,
      kind: 'checked',
      day,
      precision: 'day',
      saidBy: 'verifier',
    });
    // A visit that is written down late does not make a later call undone.
    if (entry.checked_on === null || entry.checked_on <= day)
      await tx
        .updateTable('core.initiative')
        .set({ checked_on: day, checked_through: channel, changed_at: sql<Date>`now()` })
        .where('id', '=', initiative)
        .execute();
    await layOpen(tx, [initiative]);
  }
  if (found === 'stopped') await tellEnd(tx, initiative, since ?? { day, precision: 'at-latest' });
  return ok(null);
}

async function tellEnd(tx: Tx, initiative: string, since: NonNullable<Checking['since']>): Promise<void> {
  const { rows } = await sql<{ state: string }>`
    select state from core.initiative_period where initiative_id = ${initiative} order by valid desc limit 1`.execute(
    tx,
  );
  if (rows[0]?.state === 'ended') return;
  await tellEvent(tx, initiative, {
    key: `ended:verifier:${since.day}`,
    kind: 'ended',
    ...since,
    saidBy: 'verifier',
  });
  await tx
    .updateTable('core.initiative')
    .set({ changed_at: sql<Date>`now()` })
    .where('id', '=', initiative)
    .execute();
  await layOpen(tx, [initiative]);
}

/**
 * Looks at the exact place of an entry, and writes down who looked, when and what for: its keepers can read that. Null when
 * no place is told. Refuses whoever does not watch over it.
 */
export async function lookAtPlace(
  tx: Tx,
  initiative: string,
): Promise<Result<LookedPlace | null, 'elsewhere'>> {
  if (!(await hasRight(tx, 'watch', [initiative])) || !(await noteLook(tx, initiative)))
    return refused('elsewhere');
  const { rows } = await sql<LookedPlace>`
    select v.precision, t.name as town, v.lat, v.lon from vault.initiative_place v left join pub.place t on t.id = v.town
    where v.initiative_id = ${initiative} order by v.valid desc limit 1`.execute(tx);
  return ok(rows[0] ?? null);
}
