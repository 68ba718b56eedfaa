import { CompiledQuery, sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { refused, ok, type Result } from '#platform/result.ts';
import { belongings, type KeptRow, type KeptTable } from './model.ts';

interface Column {
  readonly table: string;
  readonly about: string;
  readonly column: string;
  readonly meaning: string;
}

/**
 * All that this house keeps of an initiative, table by table, as far as the walls let its keepers read it: also what nobody
 * else may see. What only the machine needs, and secrets such as fingerprints of links, are left out by the class that
 * each column has in the database. Refuses who does not keep it.
 */
export async function belongingsOf(tx: Tx, initiative: string): Promise<Result<KeptTable[], 'not_yours'>> {
  if (!(await hasRight(tx, 'keep', [initiative]))) return refused('not_yours');
  const { rows: columns } = await sql<Column>`
    select format('%s.%s', n.nspname, c.relname) as table, coalesce(obj_description(c.oid, 'pg_class'), '') as about, a.attname as column,
      regexp_replace(col_description(c.oid, a.attnum), '^\\[\\w+\\] ', '') as meaning
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where format('%s.%s', n.nspname, c.relname) = any(${Object.keys(belongings)}::text[]) and a.attnum > 0 and not a.attisdropped
      and coalesce(col_description(c.oid, a.attnum), '') !~ '^\\[(machine|secret)\\]'
    order by a.attnum`.execute(tx);
  const of = Map.groupBy(columns, ({ table }) => table);
  const tables: KeptTable[] = [];
  for (const [name, { group, where }] of Object.entries(belongings)) {
    const mine = of.get(name) ?? [];
    const list = mine.map(({ column }) => `"${column}"`).join(', ');
    const { rows } = await tx.executeQuery<KeptRow>(
      CompiledQuery.raw(`select ${list} from ${name} where ${where} order by 1, 2`, [initiative]),
    );
    const meanings = Object.fromEntries(mine.map(({ column, meaning }) => [column, meaning]));
    tables.push({ name, group, about: mine[0]?.about ?? '', columns: meanings, rows });
  }
  return ok(tables);
}
