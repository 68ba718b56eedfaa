import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { FigureKind, FigureShown } from '../model.ts';
import '../reading/tables.ts';
import '../tables.ts';
import type { FigureAsk, Seen } from './model.ts';
import { seeChain } from './queries/chain.server.ts';
import { seeField } from './queries/field.server.ts';
import { seeLandscape } from './queries/landscape.server.ts';
import { seePromises } from './queries/promises.server.ts';
import { seeShoreline } from './queries/shoreline.server.ts';
import { seeSilence } from './queries/silence.server.ts';
import { seeTrajectory } from './queries/trajectory.server.ts';

/** What a visitor sees of the house when asking this, in a language; null when there is nothing to show. Ask it in a visitor's transaction. */
export function seen(tx: Tx, ask: FigureAsk, say: Speech, today: Day): Promise<Seen | null> {
  switch (ask.kind) {
    case 'field':
      return seeField(tx, ask, say, today);
    case 'shoreline':
      return seeShoreline(tx, ask, say);
    case 'chain':
      return seeChain(tx, ask, say);
    case 'trajectory':
      return seeTrajectory(tx, ask, say, today);
    case 'landscape':
      return seeLandscape(tx, ask, say);
    case 'promises':
      return seePromises(tx, ask, say, today);
    case 'silence':
      return seeSilence(tx, ask, say, today);
  }
}

/** A figure that stands in a publication, with the question that made it and its fingerprint in hexadecimal. */
export interface FigureRead extends FigureShown {
  readonly asked: FigureAsk;
  readonly hash: string;
}

interface FigureRow {
  readonly slug: string;
  readonly kind: string;
  readonly title: string;
  readonly alt: string;
  readonly language: string;
  readonly taken_on: Day;
  readonly address: string;
  readonly drawing: string;
  readonly facts: unknown;
  readonly asked: unknown;
  readonly hash: Buffer;
}

const columns = [
  'slug',
  'kind',
  'title',
  'alt',
  'language',
  'taken_on',
  'address',
  'drawing',
  'facts',
  'asked',
  'hash',
] as const;

const figureOf = (row: FigureRow): FigureRead => ({
  slug: row.slug,
  kind: row.kind as FigureKind,
  title: row.title,
  alt: row.alt,
  language: row.language,
  takenOn: row.taken_on,
  address: row.address,
  drawing: row.drawing,
  facts: row.facts as FigureShown['facts'],
  asked: row.asked as FigureAsk,
  hash: row.hash.toString('hex'),
});

/** A figure of an edition that is out, by its word in the address, or null. Anyone may read it. */
export async function figureAt(tx: Tx, slug: string): Promise<FigureRead | null> {
  const row = await tx.selectFrom('pub.figure').select(columns).where('slug', '=', slug).executeTakeFirst();
  return row ? figureOf(row) : null;
}

/** A figure somebody took, also before it is out, by its word in the address or its key; null for who is not signed in. */
export async function figureTaken(
  tx: Tx,
  by: { readonly slug: string } | { readonly id: string },
): Promise<FigureRead | null> {
  const row = await tx
    .selectFrom('core.figure')
    .select(columns)
    .where('slug' in by ? 'slug' : 'id', '=', 'slug' in by ? by.slug : by.id)
    .executeTakeFirst();
  return row ? figureOf(row) : null;
}

/** A figure by its word in the address: one that is out for anyone, any that was taken for who is signed in. */
export const figureSeen = (tx: Tx, viewer: Viewer, slug: string): Promise<FigureRead | null> =>
  viewer.kind === 'person' ? figureTaken(tx, { slug }) : figureAt(tx, slug);

/** The figures that lie as a piece in a publication, newest first, each with its key. Asks who works on it. */
export async function figuresLaid(
  tx: Tx,
  publication: string,
): Promise<
  (Pick<FigureShown, 'slug' | 'kind' | 'title' | 'alt' | 'language' | 'takenOn'> & { readonly id: string })[]
> {
  const rows = await tx
    .selectFrom('core.figure as f')
    .select(['f.id', 'f.slug', 'f.kind', 'f.title', 'f.alt', 'f.language', 'f.taken_on as takenOn'])
    .where(
      'f.id',
      'in',
      tx
        .selectFrom('core.piece as p')
        .select('p.figure')
        .where('p.publication', '=', publication)
        .where('p.figure', 'is not', null)
        .$castTo<{ figure: string }>(),
    )
    .orderBy('f.made_at', 'desc')
    .execute();
  return rows;
}
