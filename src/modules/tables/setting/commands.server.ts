import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../languages/latin/model.ts';
import type { TableGoer, TableSetter } from '../access.ts';
import { parseKnownDay } from '../input.ts';
import type { TableAudience } from '../model.ts';
import { keepsTable, layTableOpen } from '../reading/queries.server.ts';
import '../tables.ts';
import type { TableWish } from './model.ts';

/** Sets up a table that whoever sets it up keeps, in the language they write in; refuses a partner where they are not. */
export async function setUpTable(
  tx: Tx,
  setter: TableSetter,
  wish: TableWish,
  language: string,
  today: Day,
): Promise<Result<{ readonly id: string; readonly slug: string }, 'tables.desk.problem.not-here'>> {
  const [kind, code = ''] = wish.where.split(' ');
  const municipality = kind === 'municipality' ? code : null;
  const province = kind === 'province' ? code : null;
  const { rows } = await sql<{ id: string; may: boolean }>`
    select uuidv7() as id, (core.holds(array['facilitator']) or core.holds_around(array['partner'], ${kind}, ${code}))
      and exists (select from pub.municipality where code = ${municipality} union all select from pub.province where code = ${province}) as may`.execute(
    tx,
  );
  const [made] = rows;
  if (!made?.may) return refused('tables.desk.problem.not-here');
  const began = parseKnownDay(wish.began, today);
  const slug = addressFor(wish.name, 'tafel', randomBytes(3).toString('hex'));
  await tx
    .insertInto('core.collaboration_table')
    .values({
      id: made.id,
      slug,
      form: wish.form,
      form_name: wish.form === 'own' ? wish.formName : null,
      rings: wish.form === 'own' ? [...wish.rings] : [],
      language,
      name: wish.name,
      purpose: wish.purpose,
      agreed: wish.agreed || null,
      municipality,
      province,
      region: wish.region || null,
      themes: [...wish.themes],
      phases: [...wish.phases],
      began_on: began?.day ?? null,
      began_precision: began?.precision ?? null,
      ended_on: null,
      ended_why: null,
      open_to: wish.openTo,
      director: null,
      director_ground: null,
      director_since: null,
      made_by: setter.id,
    })
    .execute();
  // The first keeper is who set it up; the key is not asked back, since nobody sees a table before somebody keeps it.
  await tx.insertInto('core.table_keeper').values({ table_id: made.id, person: setter.id }).execute();
  await layTableOpen(tx, made.id);
  return ok({ id: made.id, slug });
}

/** Opens a table to other people, or closes it to them; the street sees it at once, or no more. */
export async function openTableTo(
  tx: Tx,
  _goer: TableGoer,
  table: string,
  audience: TableAudience,
): Promise<Result<null, 'tables.desk.refused.not-there'>> {
  if (!(await keepsTable(tx, table))) return refused('tables.desk.refused.not-there');
  await tx
    .updateTable('core.collaboration_table')
    .set({ open_to: audience })
    .where('id', '=', table)
    .execute();
  await layTableOpen(tx, table);
  return ok(null);
}

/** Writes down that a table ended, and why; its seats, decisions and meetings stay to be read. */
export async function endTable(
  tx: Tx,
  _goer: TableGoer,
  { table, why }: { readonly table: string; readonly why: string },
  on: Day,
): Promise<Result<null, 'tables.desk.refused.not-there' | 'tables.desk.refused.reason'>> {
  if (!(await keepsTable(tx, table))) return refused('tables.desk.refused.not-there');
  if (why.length < 3 || why.length > 500) return refused('tables.desk.refused.reason');
  await tx
    .updateTable('core.collaboration_table')
    .set({ ended_on: on, ended_why: why })
    .where('id', '=', table)
    .where('ended_on', 'is', null)
    .execute();
  await layTableOpen(tx, table);
  return ok(null);
}

/** Lets someone else who may keep this table keep it too. */
export async function letKeep(
  tx: Tx,
  _goer: TableGoer,
  { table, person }: { readonly table: string; readonly person: string },
): Promise<Result<null, 'tables.desk.refused.not-there'>> {
  const { rows } = await sql`
    insert into core.table_keeper (table_id, person)
      select ${table}::uuid, p.id from core.possible_table_keepers(${table}::uuid) p where p.id = ${person}::uuid on conflict do nothing
    returning person`.execute(tx);
  return rows.length > 0 ? ok(null) : refused('tables.desk.refused.not-there');
}

/** Lets go of keeping a table, or lets another keeper go; a table never stays without anybody who keeps it. */
export async function letGoOfKeeping(
  tx: Tx,
  _goer: TableGoer,
  { table, person }: { readonly table: string; readonly person: string },
): Promise<Result<null, 'tables.desk.refused.last-keeper' | 'tables.desk.refused.not-there'>> {
  if (!(await keepsTable(tx, table))) return refused('tables.desk.refused.not-there');
  await sql`select from core.collaboration_table where id = ${table} for update`.execute(tx);
  const { rows } = await sql`
    delete from core.table_keeper k where k.table_id = ${table} and k.person = ${person}
      and exists (select from core.table_keeper o where o.table_id = k.table_id and o.person <> k.person) returning person`.execute(
    tx,
  );
  return rows.length > 0 ? ok(null) : refused('tables.desk.refused.last-keeper');
}
