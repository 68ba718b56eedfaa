import type pg from 'pg';

const schemas = `('pub', 'core', 'vault', 'auth')`;
// What an extension brings along is its own.
const notOfAnExtension = (oid: string, catalog: string) =>
  `not exists (select from pg_depend d where d.objid = ${oid} and d.classid = '${catalog}'::regclass and d.deptype = 'e')`;

async function names(client: pg.Client, query: string): Promise<string[]> {
  return (await client.query<{ name: string }>(query)).rows.map((row) => row.name);
}

/** Columns of the house without a comment that begins with a privacy class. */
export function columnsWithoutClass(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `
    select format('%I.%I.%I', n.nspname, c.relname, a.attname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname in ${schemas} and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
      and ${notOfAnExtension('c.oid', 'pg_class')}
      and coalesce(col_description(c.oid, a.attnum), '') !~ '^\\[(open|inside|person|place|secret|machine)\\] \\S'
    order by 1`,
  );
}

/** Columns of the open schema that say of themselves they are not open. */
export function closedColumnsInTheOpen(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `
    select format('%I.%I.%I', n.nspname, c.relname, a.attname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'pub' and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
      and col_description(c.oid, a.attnum) ~ '^\\[(inside|person|place|secret)\\]'
    order by 1`,
  );
}

/** Tables of the house without a comment. */
export function tablesWithoutComment(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${schemas} and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and ${notOfAnExtension('c.oid', 'pg_class')} and obj_description(c.oid, 'pg_class') is null
    order by 1`,
  );
}

/** Tables behind the walls whose rows are not guarded for everyone, their owner too, or to which no policy speaks. */
export function unguardedTables(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('core', 'vault', 'auth') and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))
    order by 1`,
  );
}

/** Views behind the walls, or in the open, that read with the rights of their owner. */
export function viewsWithTheirOwnersEyes(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${schemas} and c.relkind = 'v' and ${notOfAnExtension('c.oid', 'pg_class')}
      and not coalesce(c.reloptions @> array['security_invoker=true'], false)
    order by 1`,
  );
}

/** Everything that can be read behind the walls, as schema.table. */
export function tablesBehindTheWalls(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('core', 'vault', 'auth') and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') order by 1`,
  );
}

/** Functions of the house that work with their owner's rights and that a visitor may call. */
export function masterKeysForVisitors(client: pg.Client, role: string): Promise<string[]> {
  return names(
    client,
    `
    select p.oid::regprocedure::text as name
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ${schemas} and p.prosecdef and p.prorettype <> 'trigger'::regtype
      and has_schema_privilege('${role}', n.oid, 'usage') and has_function_privilege('${role}', p.oid, 'execute')
    order by 1`,
  );
}

/** Foreign keys whose column is of another type than the column it points to: a cast there hands over another's row. */
export function keysOfAnotherType(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `
    select format('%s.%I', k.conrelid::regclass, a.attname) as name
    from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) as u(mine, theirs)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.mine
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.theirs
    join pg_namespace n on n.oid = k.connamespace
    where k.contype = 'f' and n.nspname in ${schemas} and a.atttypid <> b.atttypid
    order by 1`,
  );
}
