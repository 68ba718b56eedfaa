import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import { insistOnOperator, insistOnRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { FieldRelation } from '../field/model.ts';
import type { DatePrecision, Days } from '../model.ts';
import { standingDays, type RelationType } from './model.ts';

interface Standing {
  readonly id: string;
  readonly key: string;
  readonly type: RelationType;
  readonly since: Day | null;
  readonly since_precision: DatePrecision;
  readonly until: Day | null;
  readonly until_precision: DatePrecision;
  /** Whether anyone but public sources tells of the life of one of both. */
  readonly is_told: boolean;
  readonly lives_from: readonly Days[];
  readonly lives_to: readonly Days[];
}

/**
 * Fits the relations of these initiatives to the lives of both sides. Of those that stand in no day that both lived, the
 * ones are let go that were overtaken by what someone told of these lives; the keys of the others are answered, for then
 * their source contradicts itself. Asks the transaction of someone who may change the entries.
 */
export async function settleRelations(tx: Tx, initiatives: readonly string[]): Promise<string[]> {
  await insistOnRight(tx, 'change', initiatives);
  const { rows } =
    await sql<Standing>`select * from core.relations_beside(${[...initiatives]}::uuid[])`.execute(tx);
  const settled = rows.map((row) => ({
    ...row,
    days: standingDays(toldOf(row), row.lives_from, row.lives_to),
  }));
  const standing = settled.flatMap(({ id, days }) => (days ? [{ id, ...days }] : []));
  await sql`select core.fit_relations(${JSON.stringify(standing)}::jsonb)`.execute(tx);
  const outside = settled.filter(({ days }) => days === null);
  const overtaken = outside.filter(({ is_told }) => is_told).map(({ id }) => id);
  if (overtaken.length > 0) await sql`select core.let_go_relations(${overtaken}::uuid[])`.execute(tx);
  return outside.filter(({ is_told }) => !is_told).map(({ key }) => key);
}

const toldOf = (row: Standing) => ({
  type: row.type,
  since: { day: row.since, precision: row.since_precision },
  until: { day: row.until, precision: row.until_precision },
});

/** Lays one told relation between the entries of `ids` (by slug), and answers whether anything of it was told differently before. Asks an operator's transaction. */
export async function layRelation(
  tx: Tx,
  relation: FieldRelation,
  ids: ReadonlyMap<string, string>,
): Promise<boolean> {
  await insistOnOperator(tx);
  const from = ids.get(relation.from);
  const to = ids.get(relation.to);
  if (!from || !to) throw new Error(`The relation ${relation.key} names an entry that is not in the file.`);
  const told = {
    from_id: from,
    type: relation.type,
    to_id: to,
    since: relation.since?.day ?? null,
    since_precision: relation.since?.precision ?? 'unknown',
    until: relation.until?.day ?? null,
    until_precision: relation.until?.precision ?? 'unknown',
    sources: [...relation.sources],
  };
  const texts = JSON.stringify(relation.texts);
  const held = await sql<{ id: string; told_by: string; same: boolean; same_texts: boolean }>`
    select id, told_by, jsonb_build_object('from_id', from_id, 'type', type, 'to_id', to_id, 'since', since, 'since_precision', since_precision,
        'until', until, 'until_precision', until_precision, 'sources', sources) = ${JSON.stringify(told)}::jsonb as same,
      not exists (
        (select t.language, t.text from core.relation_text t where t.relation_id = id and t.origin <> 'own'
          except select n.language, n.text from jsonb_to_recordset(${texts}::jsonb) as n(language text, text text))
        union all
        (select n.language, n.text from jsonb_to_recordset(${texts}::jsonb) as n(language text, text text)
          except select t.language, t.text from core.relation_text t where t.relation_id = id)) as same_texts
    from core.relation where key = ${relation.key} and upper_inf(recorded)`.execute(tx);
  const before = held.rows[0];
  // What one of both sides told since is not told over.
  if (before && (before.told_by !== 'public-sources' || (before.same && before.same_texts))) return false;
  const id = before?.same ? before.id : await tellRelation(tx, relation.key, told, before?.id ?? null);
  await sql`insert into core.relation_voice (relation_id, who, stance) values (${id}, 'public-sources', 'asserts') on conflict do nothing`.execute(
    tx,
  );
  await sql`delete from core.relation_text where relation_id = ${id} and origin <> 'own'`.execute(tx);
  await sql`insert into core.relation_text (relation_id, language, text, origin)
    select ${id}, t.language, t.text, t.origin from jsonb_to_recordset(${texts}::jsonb) as t(language text, text text, origin text)
    on conflict do nothing`.execute(tx);
  return true;
}

interface ToldRelation {
  readonly from_id: string;
  readonly type: string;
  readonly to_id: string;
  readonly since: string | null;
  readonly since_precision: string;
  readonly until: string | null;
  readonly until_precision: string;
  readonly sources: string[];
}

/** Writes a telling of a relation; an earlier one of the same fact ends being what we hold. */
async function tellRelation(tx: Tx, key: string, told: ToldRelation, fact: string | null): Promise<string> {
  if (fact) {
    await sql`update core.relation set recorded = tstzrange(lower(recorded), now()) where id = ${fact} and upper_inf(recorded)`.execute(
      tx,
    );
  }
  // Its days are settled against the lives of both once all of them are known.
  const { rows } = await sql<{ id: string }>`
    insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources)
    values (${fact ?? sql`uuidv7()`}, ${key}, ${told.from_id}, ${told.type}, ${told.to_id}, ${told.since}, ${told.since_precision},
      ${told.until}, ${told.until_precision}, daterange(null, null), ${told.sources}) returning id`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error(`The relation ${key} was not written.`);
  return row.id;
}
