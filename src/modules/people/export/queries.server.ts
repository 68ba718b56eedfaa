import { sql, type RawBuilder } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { house } from '#platform/viewer.ts';
import type { Oneself } from '../access.ts';
import {
  someoneElse,
  toldColumns,
  wholeColumns,
  type Belonging,
  type Row,
  type Shelf,
  type Through,
} from './model.ts';

const classOf = sql<string | null>`substring(col_description(a.attrelid, a.attnum) from '^\\[([a-z]+)\\]')`;

/**
 * Every column behind the walls that holds the key of a person, read from the database itself, so that no later room can be
 * forgotten: it points to core.person, or it is a key of the class [person]. A key of that class that points to a row of theirs
 * elsewhere, such as what they follow, is theirs through that row.
 */
export async function shelvesOf(tx: Tx): Promise<Shelf[]> {
  const { rows } = await sql<Shelf>`
    with shelf as (
      select c.oid, format('%s.%s', n.nspname, c.relname) as table, a.attname as column, k.confrelid as points_to,
        a.attname = any(${[...wholeColumns]}::text[]) or format('%s.%s.%s', n.nspname, c.relname, a.attname) = any(${[...wholeColumns]}::text[]) as whole,
        format('%s.%s.%s', n.nspname, c.relname, a.attname) = any(${[...toldColumns]}::text[]) as told
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
        left join pg_constraint k on k.contype = 'f' and k.conrelid = c.oid and k.conkey = array[a.attnum]
      where n.nspname in ('core', 'vault') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype
        and (${classOf} = 'person' or k.confrelid = 'core.person'::regclass or format('%s.%s.%s', n.nspname, c.relname, a.attname) = any(${[...toldColumns]}::text[])))
    select s.table, s.column, s.whole or s.told or t.table is not null or v.table is not null as whole,
      case when s.told then json_build_object('table', 'core.consent_item', 'column', 'teller')
        when t.table is not null then json_build_object('table', t.table, 'column', t.column)
        when v.table is not null then json_build_object('table', u.table, 'column', u.column, 'through', json_build_object('table', v.table, 'column', v.column)) end as through
    from shelf s left join shelf t on t.oid = s.points_to and t.whole and t.oid not in (s.oid, 'core.person'::regclass)
      left join shelf u on t.table is null and not s.whole and not s.told and u.oid = s.points_to and not u.whole and not u.told and u.oid not in (s.oid, 'core.person'::regclass)
        and u.points_to <> 'core.person'::regclass
      left join shelf v on v.oid = u.points_to and v.whole and v.oid not in (u.oid, 'core.person'::regclass)
    where u.table is null or v.table is not null or not exists (select from shelf w join shelf x on x.oid = w.points_to and x.whole and x.oid not in (w.oid, 'core.person'::regclass) where w.oid = s.points_to)
    order by 1, 2`.execute(tx);
  return rows;
}

/** The rows of a shelf that are of this person. */
function ofPerson(
  { column, through }: { readonly column: string; readonly through: Through | null },
  person: string,
): RawBuilder<unknown> {
  if (through === null) return sql`${sql.ref(column)} = ${person}`;
  const further = ofPerson({ column: through.column, through: through.through ?? null }, person);
  return sql`${sql.ref(column)} in (select id from ${sql.table(through.table)} where ${further})`;
}

interface Column {
  readonly name: string;
  /** Whether it holds bytes, which a file of words carries as base64. */
  readonly bytes: boolean;
  readonly class: string | null;
  readonly key: boolean;
  readonly moment: boolean;
}

/**
 * Everything here that is of this person, shelf by shelf: all but the secrets, and no key of anybody else. It is read by the house,
 * because a person may have left marks where they can no longer look.
 */
export async function belongingsOf({ person }: Oneself): Promise<Belonging[]> {
  return withViewer(house, async (tx) => {
    const told: Belonging[] = [];
    const shelves = await shelvesOf(tx);
    for (const shelf of shelves) {
      const columns = await columnsOf(tx, shelf);
      const ofPeople = new Set(
        shelves
          .filter(({ table, through }) => table === shelf.table && through === null)
          .map(({ column }) => column),
      );
      const names = columns.map(({ name, bytes }) =>
        bytes ? sql`encode(${sql.ref(name)}, 'base64') as ${sql.ref(name)}` : sql.ref(name),
      );
      const { rows } = await sql<Row>`select ${sql.join(names)} from ${sql.table(shelf.table)}
        where ${ofPerson(shelf, person)}`.execute(tx);
      if (rows.length > 0)
        told.push({ ...shelf, rows: rows.map((row) => withoutOthers(row, ofPeople, person)) });
    }
    return told;
  });
}

async function columnsOf(tx: Tx, { table, column, whole }: Shelf): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select a.attname as name, a.atttypid = 'bytea'::regtype as bytes, ${classOf} as class, a.atttypid in ('date'::regtype, 'timestamptz'::regtype) as moment,
      exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any(i.indkey)) as key
    from pg_attribute a where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`.execute(
    tx,
  );
  const open = rows.filter((each) => each.class !== null && each.class !== 'secret');
  return whole ? open : open.filter(({ name, key, moment }) => key || moment || name === column);
}

function withoutOthers(row: Row, ofPeople: ReadonlySet<string>, me: string): Row {
  const isOthers = (name: string, value: unknown) =>
    ofPeople.has(name) && typeof value === 'string' && isKey(value) && value !== me;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isOthers(name, value) ? someoneElse : value]),
  );
}
