import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';

/** Every column of every table, also of bytes, in which these words stand as `schema.table.column`. */
export function hitsOf(words: string): Promise<string[]> {
  const inHex = Buffer.from(words, 'utf8').toString('hex');
  return withViewer(operator, async (tx) => {
    const { rows } = await sql<{ at: string; column: string }>`
      select format('%I.%I', n.nspname, c.relname) as at, format('%I', a.attname) as column
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname in ('pub', 'core', 'vault', 'jobs') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and has_table_privilege(c.oid, 'select')`.execute(
      tx,
    );
    const asked = rows.map(({ at, column }) => {
      const held = sql.raw(`${column}::text`);
      return sql`select ${`${at}.${column}`}::text as place where exists (select from ${sql.raw(at)} where strpos(${held}, ${words}) > 0 or strpos(${held}, ${inHex}) > 0)`;
    });
    const found = await sql<{ place: string }>`${sql.join(asked, sql` union all `)}`.execute(tx);
    return found.rows.map(({ place }) => place).sort();
  });
}
