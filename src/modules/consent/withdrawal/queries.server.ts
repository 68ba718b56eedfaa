import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';

interface Column {
  readonly table: string;
  readonly column: string;
  /** Whether it holds keys; else it holds words in which a key may stand. */
  readonly keys: boolean;
}

// What is kept on purpose: that it was there, what was said of it and that it was taken back, and never what it told.
const kept = ['core.consent_item', 'core.consent', 'core.lineage', 'core.receipt', 'core.manifest_line'];

/** Every column of every table of the house that can hold a key or words, but for the list of jobs: those know keys and nothing else. */
async function columnsThatHold(tx: Tx): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select format('%I.%I', n.nspname, c.relname) as table, a.attname as column, a.atttypid = 'uuid'::regtype as keys
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname in ('pub', 'core', 'vault') and c.relkind in ('r', 'm') and a.attnum > 0 and not a.attisdropped
      and a.atttypid = any(array['uuid', 'uuid[]', 'text', 'text[]', 'jsonb', 'jsonb[]', 'json']::regtype[])
      and format('%s.%s', n.nspname, c.relname) <> all(${kept}::text[])
      and has_table_privilege(current_user, c.oid, 'select')
    order by 1, 2`.execute(tx);
  return rows;
}

/** Where an item, or anything that was made of it, still stands, as `schema.table.column`; asked by the house, which sees all. */
export async function whereItStands(tx: Tx, item: string): Promise<string[]> {
  const { rows: made } = await sql<{ derivative: string }>`
    select derivative from core.lineage where item = ${item}`.execute(tx);
  const keys = [item, ...made.map(({ derivative }) => derivative)];
  const columns = await columnsThatHold(tx);
  const asked = columns.map(({ table, column, keys: holdsKeys }) => {
    const held = sql.ref(column);
    const stands = holdsKeys
      ? sql`${held} = any(${keys}::uuid[])`
      : sql`${held}::text like any(${keys.map((key) => `%${key}%`)}::text[])`;
    return sql`select ${`${table}.${column}`}::text as place where exists (select from ${sql.table(table)} where ${stands})`;
  });
  const { rows } = await sql<{ place: string }>`${sql.join(asked, sql` union all `)}`.execute(tx);
  return rows.map(({ place }) => place).sort();
}
