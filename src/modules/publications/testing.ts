import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { standsAt } from '../stories/quotes/model.ts';
import '../stories/tables.ts';
import { articlesIn, useOf, type ArticleKind, type Part, type PublicationKind, type Way } from './model.ts';
import './tables.ts';

const word = () => randomBytes(4).toString('hex');

interface MadePublication {
  /** Who began it and edits it. */
  readonly by: Viewer;
  readonly kind?: PublicationKind;
  readonly title?: string;
  readonly opening?: string;
  readonly language?: string;
  readonly issue?: number;
  readonly printed?: boolean;
  readonly people?: readonly { readonly viewer: Viewer; readonly part: Part; readonly called?: string }[];
}

/** A publication in the database of this test, edited by who began it: `aPublication({ kind: 'magazine', by: editor, people: [{ viewer, part: 'layer' }] })`. */
export async function aPublication(made: MadePublication): Promise<{ id: string; slug: string }> {
  const slug = `boek-${word()}`;
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .insertInto('core.publication')
      .values({
        slug,
        kind: made.kind ?? 'common-story',
        title: made.title ?? 'Wat we samen vertellen',
        opening: made.opening ?? '',
        language: made.language ?? 'nl',
        issue: made.issue ?? null,
        printed: made.printed ?? true,
        made_by: made.by.id,
        ended_on: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const people = [{ viewer: made.by, part: 'editor' as const, called: 'Redactie' }, ...(made.people ?? [])];
    for (const { viewer, part, called } of people)
      await tx
        .insertInto('core.publication_person')
        .values({
          publication: id,
          person_id: viewer.id ?? '',
          part,
          called: called ?? null,
          invited_by: made.by.id,
          left_on: null,
        })
        .execute();
    return { id, slug };
  });
}

interface MadeArticle {
  readonly publication: string;
  readonly by?: Viewer;
  readonly kind?: ArticleKind;
  readonly title?: string;
  readonly opening?: string;
  readonly language?: string;
  readonly byline?: readonly string[];
  readonly place?: number;
  readonly standing?: 'pitch' | 'draft' | 'told-back' | 'ready';
}

/** An article of a publication, a draft unless said otherwise: `anArticle({ publication: publication.id })`. */
export async function anArticle(made: MadeArticle): Promise<{ id: string; slug: string }> {
  const slug = `deel-${word()}`;
  return withViewer(operator, async (tx) => {
    const { kind } = await tx
      .selectFrom('core.publication')
      .select('kind')
      .where('id', '=', made.publication)
      .executeTakeFirstOrThrow();
    const { id } = await tx
      .insertInto('core.article')
      .values({
        slug,
        publication: made.publication,
        kind: made.kind ?? articlesIn[kind][0] ?? 'section',
        title: made.title ?? 'Aankomen',
        opening: made.opening ?? '',
        language: made.language ?? 'nl',
        byline: [...(made.byline ?? [])],
        place: made.place ?? 0,
        standing: made.standing ?? 'draft',
        told_back_on: null,
        made_by: made.by?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, slug };
  });
}

interface MadePiece {
  readonly publication: string;
  readonly by: Viewer;
  readonly why?: string;
  /** Words of a telling, which must stand in one of its blocks exactly once. */
  readonly quote?: { readonly telling: string; readonly exact: string };
  /** The whole first block of a telling in its teller’s own voice. */
  readonly telling?: string;
  readonly ownWord?: string;
  readonly insight?: string;
  readonly promise?: string;
  readonly figure?: string;
}

interface Standing {
  readonly version: number;
  readonly block: string;
  readonly start: number;
  readonly exact: string;
}

async function where(tx: Tx, telling: string, exact: string | null): Promise<Standing> {
  const { rows } = await sql<{ version: number; block: string; text: string }>`
    select b.version, b.block, b.text from core.telling_block b join core.telling t on t.id = b.telling and t.version = b.version
    where b.telling = ${telling} and b.kind in ('paragraph','heading','aside','list') order by b.place`.execute(
    tx,
  );
  for (const { version, block, text } of rows) {
    const [start, ...twins] = exact === null ? [0] : standsAt(text, exact);
    if (start !== undefined && twins.length === 0) return { version, block, start, exact: exact ?? text };
  }
  throw new Error('These words do not stand once in this telling.');
}

async function heldWords(tx: Tx, made: MadePiece): Promise<string | null> {
  const telling = made.quote?.telling ?? made.telling;
  if (telling === undefined) return null;
  const { version, block, start, exact } = await where(tx, telling, made.quote?.exact ?? null);
  const { kind } = await tx
    .selectFrom('core.publication')
    .select('kind')
    .where('id', '=', made.publication)
    .executeTakeFirstOrThrow();
  const { id } = await tx
    .insertInto('core.quote')
    .values({
      telling,
      version,
      block,
      start_at: start,
      end_at: start + exact.length,
      exact,
      exact_hash: createHash('sha256').update(exact, 'utf8').digest(),
      use: useOf(kind, 'web') as 'quote-report' | 'web-book',
      made_by: made.by.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * A piece of a publication: `aPiece({ publication: publication.id, by, quote: { telling: telling.id, exact: 'in de winter' } })`,
 * or a telling, own words, an insight, a promise or a figure by its key. Answers the piece and, for words of a telling, the quote.
 */
export async function aPiece(made: MadePiece): Promise<{ id: string; quote: string | null }> {
  return withViewer(operator, async (tx) => {
    const quote = await heldWords(tx, made);
    const kind = made.quote
      ? 'quote'
      : made.telling
        ? 'telling'
        : made.ownWord
          ? 'own-words'
          : made.insight
            ? 'insight'
            : made.promise
              ? 'promise'
              : 'figure';
    const { id } = await tx
      .insertInto('core.piece')
      .values({
        publication: made.publication,
        kind,
        quote,
        own_word: made.ownWord ?? null,
        insight: made.insight ?? null,
        promise: made.promise ?? null,
        figure: made.figure ?? null,
        why: made.why ?? '',
        laid_by: made.by.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, quote };
  });
}

interface MadeParagraph {
  readonly article: string;
  readonly by?: Viewer;
  readonly kind?: 'paragraph' | 'heading' | 'quote' | 'list' | 'image' | 'figure' | 'table' | 'aside';
  readonly level?: 2 | 3;
  readonly text?: string;
  readonly language?: string;
  /** The piece a quote or figure shows. */
  readonly piece?: string;
  readonly picture?: string;
  readonly draws?: readonly { readonly piece: string; readonly way: Way }[];
  /** After everything that is there, unless said. */
  readonly place?: number;
}

/** A block of an article with the pieces it rests on: `aParagraph({ article, text: 'Zij kwam.', draws: [{ piece, way: 'paraphrases' }] })`. A quote draws on its piece by itself. */
export async function aParagraph(made: MadeParagraph): Promise<{ id: string }> {
  const kind = made.kind ?? (made.piece ? 'quote' : 'paragraph');
  const draws =
    made.draws ?? (made.piece && kind === 'quote' ? [{ piece: made.piece, way: 'quotes' as const }] : []);
  return withViewer(operator, async (tx) => {
    const { rows } = await sql<{ next: string }>`
      select (coalesce(max(place), 0) + 1)::text as next from core.paragraph where article = ${made.article}`.execute(
      tx,
    );
    const { id } = await tx
      .insertInto('core.paragraph')
      .values({
        article: made.article,
        place: made.place === undefined ? (rows[0]?.next ?? '1') : String(made.place),
        kind,
        level: kind === 'heading' ? (String(made.level ?? 2) as '2' | '3') : null,
        language: made.language ?? 'nl',
        text: made.text ?? (kind === 'paragraph' ? 'Zo begon het.' : ''),
        piece: made.piece ?? null,
        picture: made.picture ?? null,
        changed_by: made.by?.id ?? null,
        gone_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const draw of draws)
      await tx
        .insertInto('core.draw')
        .values({ paragraph: id, ...draw })
        .execute();
    await tx
      .insertInto('core.paragraph_version')
      .values({
        paragraph: id,
        number: 1,
        deed: 'begun',
        text: made.text ?? (kind === 'paragraph' ? 'Zo begon het.' : ''),
        draws: JSON.stringify(draws),
        op: randomUUID(),
        by_person: made.by?.id ?? null,
        because: null,
      })
      .execute();
    return { id };
  });
}
