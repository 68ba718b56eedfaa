import { sql } from 'kysely';
import { insistOnRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { settleLives } from '../../commands.server.ts';
import type { Shape } from '../../model.ts';
import { settleRelations } from '../../relations/commands.server.ts';
import type { Voice } from '../model.ts';
import type { Telling } from './model.ts';

/**
 * Lays what is told in the life of an initiative and derives its shape anew from what it was like `atFirst`. Answers false,
 * with nothing fit to be kept, when a relation would stand outside the life of either side: the caller then lets go of it all.
 * Asks the transaction of someone who may change the entry.
 */
export async function layTellings(
  tx: Tx,
  id: string,
  voice: Voice,
  tellings: readonly Telling[],
  atFirst: Shape,
): Promise<boolean> {
  await insistOnRight(tx, 'change', [id]);
  for (const { of, insteadOf, kind, day, precision, change, sources } of tellings) {
    if (of)
      await tx
        .updateTable('core.life_event')
        .set({ recorded: sql`tstzrange(lower(recorded), now())` })
        .where('fact', '=', of.fact)
        .where(sql<boolean>`upper_inf(recorded)`)
        .execute();
    await tx
      .insertInto('core.life_event')
      .values({
        fact: of ? of.fact : sql<string>`uuidv7()`,
        initiative_id: id,
        key: of
          ? sql<string>`(select e.key from core.life_event e where e.fact = ${of.fact} order by e.recorded desc limit 1)`
          : sql<string>`${voice} || '/' || uuidv7()`,
        kind,
        day,
        precision,
        change: JSON.stringify(change),
        sources: [...sources],
        said_by: voice,
        instead_of: insteadOf,
      })
      .execute();
  }
  const stood = await relationsOf(tx, id);
  await settleLives(tx, id, atFirst);
  const contradicted = await settleRelations(tx, [id]);
  return contradicted.length === 0 && (await relationsOf(tx, id)) === stood;
}

async function relationsOf(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from core.relations_beside(${[id]}::uuid[])`.execute(tx);
  return rows[0]?.n ?? 0;
}
