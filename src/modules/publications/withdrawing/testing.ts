import { sql, type RawBuilder } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import type { Saying, Use } from '../../consent/model.ts';
import { aTelling } from '../../stories/testing.ts';
import { sawHow, sendOut, someOwnWords } from '../releasing/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../testing.ts';

const asked = (query: RawBuilder<unknown>, viewer: Viewer) => withViewer(viewer, (tx) => query.execute(tx));

/** What went out, and on which consents. */
export interface Out {
  readonly kind?: 'common-story' | 'magazine';
  readonly consents: readonly (Partial<Saying> & { readonly use: Use })[];
  readonly words: string;
  readonly beside?: string;
  readonly called?: string;
}

/** An edition in which Noor is quoted, retold, answered, and rendered, with Bram in its margin; its files lie ready. */
export async function anEditionOf(
  { editor, noor, bram }: Record<'editor' | 'noor' | 'bram', Viewer>,
  { kind = 'common-story', consents, words, beside = 'Bij ons niet.', called = 'Bram' }: Out,
) {
  const telling = await aTelling({
    teller: noor,
    says: [`Voor. ${words} Na.`],
    consents,
    otherName: 'De bakker',
  });
  const { id: publication, slug } = await aPublication({ by: editor, kind });
  const article = await anArticle({ publication, standing: 'ready' });
  const piece = await aPiece({ publication, by: editor, quote: { telling: telling.id, exact: words } });
  await aParagraph({ article: article.id, piece: piece.id });
  await aParagraph({
    article: article.id,
    text: `Zij zei ${words}`,
    draws: [{ piece: piece.id, way: 'paraphrases' }],
  });
  const answers = await aParagraph({
    article: article.id,
    text: 'Wij antwoorden.',
    draws: [{ piece: piece.id, way: 'answers' }],
  });
  const uses: Use[] = kind === 'magazine' ? ['web-book', 'print'] : ['quote-report'];
  const margin = await someOwnWords({
    by: bram,
    publication,
    words: beside,
    kind: 'margin',
    called,
    uses,
    beside: answers.id,
  });
  await asked(
    sql`insert into core.piece_rendering (piece, language, words, signed_as, made_how) values (${piece.id}, 'en', ${`EN ${words}`}, 'Ada', 'person')`,
    operator,
  );
  await sawHow(piece.id, noor);
  const edition = await sendOut(editor, publication);
  for (const file of ['book.epub', 'reading.pdf', 'archive.pdf'])
    await asked(
      sql`select core.keep_file(${edition}, ${file}, 1, ${Buffer.from(`bytes with ${words}`)}, 3)`,
      house,
    );
  return { telling, publication, slug, article: article.id, piece, margin, edition };
}
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
