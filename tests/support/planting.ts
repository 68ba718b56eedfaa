import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A word that stands nowhere else, planted in one column. */
export interface Planted {
  readonly column: string;
  readonly word: string;
}

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly holds: string;
}

/** What can be read of a row by whom it was not meant for, and columns that are the same as what is open. */
const columnsSql = `
  select format('%I.%I', n.nspname, c.relname) as table, quote_ident(a.attname) as column, format_type(a.atttypid, a.atttypmod) as type,
    coalesce(substring(col_description(c.oid, a.attnum) from '^\\[([a-z]+)\\]'), '') as holds
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    and format_type(a.atttypid, a.atttypmod) in ('text', 'text[]')
  order by 1, 2`;

const wordOf = (stem: string) =>
  `${stem}${[...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')}`;

/** Ways to write a word so that a column takes it: as it is, as an address, as a link. */
const shapes: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `${word}@example.org`,
  (word) => `https://${word}.example`,
];

/**
 * Puts a word of its own into every text column of these rows that holds something not meant for everyone, past every rule that
 * says how it may get there, in the words that `say` makes of it. `rows` names the rows of a table as a condition; a column that takes no free words is answered in `refused`.
 */
export async function plant(
  adminUrl: string,
  stem: string,
  rows: Readonly<Record<string, { readonly where: string; readonly values: readonly unknown[] }>>,
  holds: readonly string[] = ['inside', 'person', 'secret', 'place'],
  say: (word: string, at: number) => string = (word) => word,
): Promise<{ planted: Planted[]; refused: string[] }> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const planted: Planted[] = [];
  const refused: string[] = [];
  try {
    await client.query(`set session_replication_role = replica`);
    const { rows: columns } = await client.query<Column>(columnsSql, [['core', 'vault']]);
    for (const { table, column, type, holds: held } of columns) {
      const named = rows[table];
      if (!named || !holds.includes(held)) continue;
      const word = wordOf(stem);
      let took = false;
      for (const shape of shapes) {
        const said = shape(say(word, planted.length));
        const value = type === 'text[]' ? [said] : said;
        const done = await client
          .query(
            `update ${table} set ${column} = $${named.values.length + 1}::${type} where ${named.where}`,
            [...named.values, value],
          )
          .catch((error: { code?: string }) => {
            if (error.code?.startsWith('23') || error.code?.startsWith('22')) return null;
            throw error;
          });
        if (!done) continue;
        took = (done.rowCount ?? 0) > 0;
        break;
      }
      if (took) planted.push({ column: `${table}.${column}`, word });
      else refused.push(`${table}.${column}`);
    }
  } finally {
    await client.end();
  }
  return { planted, refused };
}

/** Every place of these schemas where one of these words stands, as 'schema.table: column where it was planted'. */
export async function foundInDatabase(
  adminUrl: string,
  planted: readonly Planted[],
  schemas: readonly string[],
): Promise<{ places: number; hits: string[] }> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = any($1) and c.relkind in ('r', 'm', 'v') order by 1`,
      [schemas],
    );
    const hits: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ word: string }>(
        `select w as word from unnest($1::text[]) w where exists (select from ${name} t where strpos(t::text, w) > 0)`,
        [planted.map(({ word }) => word)],
      );
      for (const { word } of rows)
        hits.push(`${name}: ${planted.find((one) => one.word === word)?.column ?? word}`);
    }
    return { places: tables.length, hits };
  } finally {
    await client.end();
  }
}

/** Which planted words stand in a text, as the columns they were planted in. */
export const foundIn = (text: string, planted: readonly Planted[]): string[] =>
  planted.filter(({ word }) => text.includes(word)).map(({ column }) => column);
