import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { wordHash } from '#platform/ids.ts';
import { byLink } from '#platform/viewer.ts';
import type { LinkPurpose } from '../model.ts';
import type { OpenedLink } from './model.ts';

/** Which link this word is, or null when it opens nothing (any more) or is for something else. */
export async function linkNamed(
  word: string,
  ...purposes: readonly LinkPurpose[]
): Promise<OpenedLink | null> {
  const { rows } = await withViewer(byLink(null), (tx) =>
    sql<{
      id: string;
      initiative_id: string | null;
      purpose: LinkPurpose;
      about: string | null;
      language: string;
    }>`
      select * from core.open_link(${wordHash(word)})`.execute(tx),
  );
  const [row] = rows;
  if (!row || !purposes.includes(row.purpose)) return null;
  return {
    id: row.id,
    initiative: row.initiative_id,
    purpose: row.purpose,
    about: row.about,
    language: isLanguage(row.language) ? row.language : 'nl',
    viewer: byLink(row.id),
  };
}
