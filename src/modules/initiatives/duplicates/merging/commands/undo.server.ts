import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { layOpen, settleManyLives } from '../../../commands.server.ts';
import type { Shape } from '../../../model.ts';
import { settleRelations } from '../../../relations/commands.server.ts';
import { daysToUndo, type UndoRefusal } from '../model.ts';
import { markOf, mergedColumns, type Held } from '../queries.server.ts';
import '../../tables.ts';

interface Memory {
  readonly kept: string;
  readonly gone: string;
  readonly merged_at: string;
  readonly slug: string;
  readonly late: boolean;
  readonly mark_after: string | null;
  readonly before: {
    readonly before: Held;
    readonly standing: string;
    readonly grants: string[];
    readonly keys: string[];
  } | null;
}

/**
 * Makes two entries of one again, as they were before they were merged: within 30 days, and only while nobody told anything
 * of the one that lived on since. What was held meanwhile stays known as such. Refuses whoever does not watch over both.
 */
export async function undoMerger(
  tx: Tx,
  merger: string,
  why: string,
): Promise<Result<{ slug: string }, UndoRefusal>> {
  const { rows } = await sql<Memory>`
    select m.kept, m.gone, m.merged_at::text, g.slug, m.merged_at < now() - make_interval(days => ${daysToUndo}) as late, v.mark_after, v.before
    from core.merger m join core.initiative g on g.id = m.gone left join vault.merger_memory v on v.merger_id = m.id
    where m.id = ${merger} and m.undone_at is null for update of m`.execute(tx);
  const [memory] = rows;
  if (!memory || !(await hasRight(tx, 'watch', [memory.kept, memory.gone])))
    return refused('duplicates.desk.refused.gone');
  const { kept, gone, merged_at, before } = memory;
  if (memory.late || before === null) return refused('duplicates.desk.refused.too-late');
  await sql`select from core.initiative where id = any(${[kept, gone]}::uuid[]) order by id for update`.execute(
    tx,
  );
  if ((await markOf(tx, kept)) !== memory.mark_after) return refused('duplicates.desk.refused.changed-since');
  await sql`set constraints all deferred`.execute(tx);
  await tellEventsBack(tx, kept, gone, merged_at);
  await sql`select core.repoint_back(${gone}, ${kept}, ${merged_at}::timestamptz)`.execute(tx);
  await putBack(tx, kept, before.before);
  await sql`update core.initiative set standing = ${before.standing}, merged_into = null, changed_at = now() where id = ${gone}`.execute(
    tx,
  );
  await sql`select core.keepers_return(${before.grants}::uuid[], ${kept}, ${why})`.execute(tx);
  await sql`select core.outside_keys_follow(${kept}, ${gone}, ${before.keys}::text[])`.execute(tx);
  await settleAgain(tx, [kept, gone]);
  await sql`update core.likeness set standing = 'not-the-same', decided_by = core.viewer_person(), decided_at = now(), why = ${why}
    where one = least(${kept}::uuid, ${gone}::uuid) and other = greatest(${kept}::uuid, ${gone}::uuid)`.execute(
    tx,
  );
  await sql`delete from vault.merger_memory where merger_id = ${merger}`.execute(tx);
  await sql`update core.merger set undone_by = core.viewer_person(), undone_at = now() where id = ${merger}`.execute(
    tx,
  );
  await layOpen(tx, [kept, gone]);
  return ok({ slug: memory.slug });
}

/** Ends what was told in the deed of that moment, and tells anew what was told until then. */
async function tellEventsBack(tx: Tx, kept: string, gone: string, moment: string): Promise<void> {
  await sql`update core.life_event set recorded = tstzrange(lower(recorded), now())
    where initiative_id in (${kept}, ${gone}) and upper_inf(recorded) and lower(recorded) = ${moment}::timestamptz`.execute(
    tx,
  );
  await sql`insert into core.life_event (fact, initiative_id, key, kind, day, precision, change, sources, said_by, instead_of, words, words_language)
    select e.fact, e.initiative_id, e.key, e.kind, e.day, e.precision, e.change, e.sources, e.said_by, e.instead_of, e.words, e.words_language
    from core.life_event e where e.initiative_id in (${kept}, ${gone}) and upper(e.recorded) = ${moment}::timestamptz`.execute(
    tx,
  );
  await sql`update core.life_event_text t set initiative_id = ${gone} where t.initiative_id = ${kept}
    and exists (select from core.life_event e where e.fact = t.fact and e.initiative_id = ${gone} and upper_inf(e.recorded))`.execute(
    tx,
  );
}

async function putBack(tx: Tx, kept: string, held: Held): Promise<void> {
  const columns = mergedColumns.map((column) => sql`${sql.ref(column)} = b.${sql.ref(column)}`);
  const rows = (list: readonly object[], table: string) =>
    sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(list)}::jsonb)`;
  await sql`update core.initiative i set ${sql.join(columns)}, changed_at = now()
    from jsonb_populate_record(null::core.initiative, ${JSON.stringify(held.entry)}::jsonb) b where i.id = ${kept}`.execute(
    tx,
  );
  await sql`delete from core.initiative_name where initiative_id = ${kept}`.execute(tx);
  await sql`insert into core.initiative_name select ${kept}, n from unnest(${[...held.names]}::text[]) n`.execute(
    tx,
  );
  await sql`delete from core.initiative_text where initiative_id = ${kept}`.execute(tx);
  await sql`insert into core.initiative_text select * from ${rows(held.texts, 'core.initiative_text')}`.execute(
    tx,
  );
  await sql`delete from core.entry_field where initiative_id = ${kept}`.execute(tx);
  await sql`insert into core.entry_field select * from ${rows(held.fields, 'core.entry_field')}`.execute(tx);
  // In one deed: who watches over a region does so by the place, and would not in between.
  await sql`with taken as (delete from vault.initiative_place where initiative_id = ${kept} returning 1)
    insert into vault.initiative_place select r.* from ${rows(held.places, 'vault.initiative_place')} r where (select count(*) from taken) >= 0`.execute(
    tx,
  );
}

async function settleAgain(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ initiative: string; start: Shape }>`
    select i.id as initiative, coalesce(i.start_shape, (select jsonb_build_object('name', p.name, 'kind', p.kind, 'formality', p.formality,
      'ledBy', p.led_by, 'scope', p.scope, 'phases', p.phases, 'themes', p.themes, 'audiences', p.audiences, 'languages', p.languages)
      from core.initiative_period p where p.initiative_id = i.id order by p.valid limit 1)) as start
    from core.initiative i where i.id = any(${[...ids]}::uuid[])`.execute(tx);
  await settleManyLives(tx, rows);
  await settleRelations(tx, ids);
}
