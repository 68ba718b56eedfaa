import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Standard } from '#platform/print/job.ts';
import { house } from '#platform/viewer.ts';
import { bindBook } from '../e-book/jobs.server.ts';
import type { Book, Exit, FileKind } from '../model.ts';
import { bookOf } from '../reading/queries.server.ts';
import { setBook } from '../setting/jobs.server.ts';
import '../tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'make-files': { readonly edition: string };
  }
}

interface Asked {
  readonly slug: string;
  readonly number: number;
  readonly state: number;
  readonly kinds: readonly FileKind[];
}

type Made = { readonly bytes: Uint8Array; readonly pages: number | null } | { readonly why: string };

const exits: Readonly<Record<FileKind, Exit>> = {
  'reading.pdf': 'paper',
  'archive.pdf': 'paper',
  'book.epub': 'web',
};
const standards: Readonly<Partial<Record<FileKind, Standard>>> = {
  'reading.pdf': 'ua-1',
  'archive.pdf': 'a-2a',
};

async function askedOf(tx: Tx, edition: string): Promise<Asked | null> {
  const { rows } = await sql<Asked>`
    select p.slug, e.number, e.state, array(select f.kind from core.edition_file f where f.edition = e.id and f.state = e.state and f.standing <> 'ready'
      order by array_position(array['reading.pdf','book.epub','archive.pdf'], f.kind)) as kinds
    from core.edition e join core.publication p on p.id = e.publication where e.id = ${edition}`.execute(tx);
  return rows[0] ?? null;
}

async function make(book: Book, kind: FileKind): Promise<Made> {
  const standard = standards[kind];
  if (standard === undefined) return { bytes: await bindBook(book), pages: null };
  const set = await setBook(book, standard);
  if (set.ok) return { bytes: set.value.pdf, pages: set.value.pages };
  // Who waits their turn is not a failure: the job comes back.
  if (set.reason === 'print_busy') throw new Error('The press is busy.');
  // With the letters no face of ours has, so that the editor knows which voice it is about.
  const letters = set.details?.letters;
  return { why: (letters === undefined ? set.reason : `${set.reason} ${letters}`).slice(0, 500) };
}

/**
 * Makes the files of an edition that are not there yet, and says how far it is as it goes. A file made of what has left meanwhile is
 * thrown away: whoever took it out put this off again. One that cannot be made says why to the editor.
 */
export async function makeFiles({ edition }: { readonly edition: string }): Promise<void> {
  const asked = await withViewer(house, (tx) => askedOf(tx, edition));
  if (!asked) return;
  for (const kind of asked.kinds) {
    const at = { edition, kind, state: asked.state };
    if (!(await goesOn(at, 10))) return;
    const book = await withViewer(house, (tx) => bookOf(tx, asked.slug, asked.number, exits[kind]));
    if (!book || !(await goesOn(at, 40))) return;
    const made = await make(book, kind);
    if (!(await keep(at, made))) return;
  }
}

interface At {
  readonly edition: string;
  readonly kind: FileKind;
  readonly state: number;
}

/** Says how far it is; false when the edition has changed since, and then this is for nothing. */
const goesOn = ({ edition, kind, state }: At, step: number): Promise<boolean> =>
  withViewer(house, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('core.edition_file')
      .set({ standing: 'making', step, why: null, changed_at: new Date() })
      .where('edition', '=', edition)
      .where('kind', '=', kind)
      .where('state', '=', state)
      .where('standing', '<>', 'ready')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  });

const keep = ({ edition, kind, state }: At, made: Made): Promise<boolean> =>
  withViewer(house, async (tx) => {
    if ('why' in made) {
      const { numUpdatedRows } = await tx
        .updateTable('core.edition_file')
        .set({ standing: 'failed', why: made.why, changed_at: new Date() })
        .where('edition', '=', edition)
        .where('kind', '=', kind)
        .where('state', '=', state)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }
    const { rows } = await sql<{ kept: boolean }>`
      select core.keep_file(${edition}, ${kind}, ${state}, ${Buffer.from(made.bytes)}, ${made.pages}) as kept`.execute(
      tx,
    );
    return rows[0]?.kept ?? false;
  });
