import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { settleLives } from '../../commands.server.ts';
import { slugFrom } from '../../keeping/model.ts';
import type { Born, Teller } from '../model.ts';

/**
 * Brings entries that come forth from another: each waits for a verifier, lies where the other lies, and shows no more of
 * itself than the other does. Answers their keys in the same order. Asks the transaction of someone who may change the other.
 */
export async function bringForth(
  tx: Tx,
  from: string,
  born: readonly Born[],
  teller: Teller,
): Promise<string[]> {
  await insistOnRight(tx, 'change', [from]);
  const keys: string[] = [];
  for (const one of born) keys.push(await bringOne(tx, from, one, teller));
  return keys;
}

async function bringOne(tx: Tx, from: string, { shape, founded }: Born, teller: Teller): Promise<string> {
  const id = await addEntry(tx, from, shape.name, teller);
  const kind = founded.day === null ? 'noticed' : 'founded';
  await tx
    .insertInto('core.life_event')
    .values({
      fact: sql`uuidv7()`,
      initiative_id: id,
      key: `turn/${kind}`,
      kind,
      day: founded.day,
      precision: founded.precision,
      change: '{}',
      sources: [],
      said_by: teller,
    })
    .execute();
  // Nobody said at which door it is: the town is enough, and never more than the other shows.
  await sql`insert into vault.initiative_place (initiative_id, valid, lat, lon, precision, town, municipality, province)
    select ${id}, daterange(null, null), coalesce(t.lat, v.lat), coalesce(t.lon, v.lon),
      case when v.precision in ('exact','street') then 'town' else v.precision end, v.town, v.municipality, v.province
    from vault.initiative_place v left join pub.place t on t.id = v.town
    where v.initiative_id = ${from} order by v.valid desc limit 1`.execute(tx);
  await sql`insert into core.entry_field (initiative_id, field, visibility, reason)
    select ${id}, field, visibility, reason from core.entry_field
    where initiative_id = ${from} and field not in ('mail','phone') and visibility <> 'public'`.execute(tx);
  await settleLives(tx, id, shape);
  return id;
}

async function addEntry(tx: Tx, from: string, name: string, teller: Teller): Promise<string> {
  for (let tries = 0; tries < 5; tries++) {
    const slug = slugFrom(name, randomBytes(2).toString('hex'));
    const { rows } = await sql<{ id: string }>`
      insert into core.initiative (slug, origin, last_sign, sources, standing, added_by, visibility)
      select ${slug}, ${teller}, 'seen', '{}', 'proposed', core.viewer(), i.visibility from core.initiative i where i.id = ${from}
      on conflict (slug) do nothing returning id`.execute(tx);
    if (rows[0]) return rows[0].id;
  }
  throw new Error('Five addresses for a new entry were taken.');
}
