import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import type { Use } from '../../consent/model.ts';
import '../../consent/tables.ts';
import '../tables.ts';

/** Whose words this piece holds saw how they are used, as it stands now. */
export const sawHow = (piece: string, person: Viewer): Promise<unknown> =>
  withViewer(operator, (tx) =>
    sql`insert into core.told_back (piece, person_id, language, shown_hash, shown_at) values (${piece}, ${person.id}, 'nl', core.how_used(${piece}), now())
      on conflict (piece) do update set shown_hash = excluded.shown_hash, shown_at = excluded.shown_at`.execute(
      tx,
    ),
  );

interface MadeWords {
  readonly by: Viewer;
  readonly publication: string;
  readonly words: string;
  readonly kind?: 'own-words' | 'margin';
  readonly language?: string;
  readonly called?: string;
  readonly uses?: readonly Use[];
  /** Beside which paragraph, for words in the margin. */
  readonly beside?: string;
}

/** Words somebody gave to a publication themselves, on a consent for everyone to these uses (quoted in a report, unless said). */
export async function someOwnWords(made: MadeWords): Promise<string> {
  const { by, publication, words, kind = 'own-words', language = 'nl', called, uses, beside } = made;
  const hash = createHash('sha256').update(`${language}\n${words}`).digest();
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .insertInto('core.consent_item')
      .values({ kind, teller: by.id ?? '', recorded_by: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('core.own_word')
      .values({ id, publication, kind, words, language, hash, called: called ?? null })
      .execute();
    for (const use of uses ?? ['quote-report'])
      await sql`insert into core.consent (item, use, verdict, audience, name_form, seen_hash, shown_in, how, said_by)
        values (${id}, ${use}, 'given', 'public', ${called === undefined ? 'none' : 'other'}, ${hash}, 'nl', 'screen', ${by.id})`.execute(
        tx,
      );
    if (beside !== undefined)
      await tx.insertInto('core.margin').values({ own_word: id, paragraph: beside }).execute();
    return id;
  });
}

/** What is ready of a publication goes out, asked by this editor past the deed; answers the edition. */
export const sendOut = (editor: Viewer, publication: string): Promise<string> =>
  withViewer(editor, async (tx) => {
    const { rows } = await sql<{ edition: string }>`
      select core.release_edition(${publication}, '') as edition`.execute(tx);
    const [out] = rows;
    if (!out) throw new Error('What went out has no key.');
    return out.edition;
  });
