import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { house } from '#platform/viewer.ts';
import type { Breaker } from './access.ts';
import type { KeptThings } from './model.ts';

/**
 * Asks that the glass of one initiative be broken; nothing opens until a second person agrees. The house finds the initiative,
 * because the one who asks may not know that it is there.
 */
export async function askForGlass(
  tx: Tx,
  breaker: Breaker,
  { slug, reason, hours }: { readonly slug: string; readonly reason: string; readonly hours: number },
): Promise<Result<string, 'entry_unknown'>> {
  const entry = await withViewer(house, (asHouse) =>
    asHouse.selectFrom('core.initiative').select('id').where('slug', '=', slug).executeTakeFirst(),
  );
  if (!entry) return refused('entry_unknown');
  const { id } = await tx
    .insertInto('core.glass')
    .values({
      initiative_id: entry.id,
      asked_by: breaker.person,
      reason,
      hours,
      agreed_by: null,
      agreed_at: null,
      open_until: null,
      told_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(id);
}

/**
 * Breaks the glass as the second person: from now, for the hours that were asked, both see what the initiative keeps to itself. Its
 * people are told by mail, with the reason. Refuses who asked it, and what was decided already; the walls refuse it too.
 */
export async function breakGlass(
  tx: Tx,
  breaker: Breaker,
  glass: string,
): Promise<Result<null, 'glass_unknown'>> {
  const broken = await tx
    .updateTable('core.glass')
    .set({
      agreed_by: breaker.person,
      agreed_at: sql<Date>`now()`,
      open_until: sql<Date>`now() + make_interval(hours => hours)`,
    })
    .where('id', '=', glass)
    .where('agreed_by', 'is', null)
    .where('asked_by', '!=', breaker.person)
    .where('asked_at', '>', sql<Date>`now() - interval '7 days'`)
    .executeTakeFirst();
  if (broken.numUpdatedRows === 0n) return refused('glass_unknown');
  await putOff(tx, 'tell-of-glass', { glass });
  return ok(null);
}

/** Looks through broken glass at what the initiative keeps to itself, and writes down that it was looked at, and by whom. */
export async function lookThroughGlass(
  tx: Tx,
  breaker: Breaker,
  glass: string,
): Promise<Result<KeptThings, 'glass_unknown'>> {
  const { rows } = await sql<{ id: string; mail: string | null; phone: string | null }>`
    select i.id, i.mail, i.phone from core.glass g join core.initiative i on i.id = g.initiative_id
    where g.id = ${glass} and core.sees_through_glass(i.id)`.execute(tx);
  const [entry] = rows;
  if (!entry) return refused('glass_unknown');
  await tx
    .insertInto('core.place_look')
    .values({ initiative_id: entry.id, person_id: breaker.person, purpose: 'glass' })
    .execute();
  const places = await sql<KeptThings['places'][number]>`
    select p.lat, p.lon, t.name as town, lower(p.valid) as since
    from vault.initiative_place p left join pub.place t on t.id = p.town where p.initiative_id = ${entry.id} order by p.valid`.execute(
    tx,
  );
  const fields = await tx
    .selectFrom('core.entry_field')
    .select(['field', 'visibility', 'reason'])
    .where('initiative_id', '=', entry.id)
    .orderBy('field')
    .execute();
  return ok({ mail: entry.mail, phone: entry.phone, places: places.rows, fields });
}
