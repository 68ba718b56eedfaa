import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import type { Register } from './model.ts';
import './tables.ts';

/** How a made word is said in one way; a register and a term say enough. */
export interface MadeVersion {
  readonly register: Register;
  readonly term: string;
  readonly language?: string;
  readonly also?: string[];
  readonly meaning?: string;
  readonly until?: string;
}

/** A word that stands on the street: `aWord('opvang', [{ register: 'policy', term: 'opvanglocatie' }])`. */
export async function aWord(
  slug: string,
  versions: readonly MadeVersion[],
): Promise<{ id: string; slug: string; versions: string[] }> {
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .insertInto('core.word')
      .values({ slug, origin: 'sources' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const made: string[] = [];
    for (const { register, term, language = 'nl', also = [], meaning, until } of versions) {
      const version = await tx
        .insertInto('core.word_version')
        .values({
          word: id,
          register,
          term,
          language,
          also,
          meaning: meaning ?? null,
          until_day: until ?? null,
          status: 'sources',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      made.push(version.id);
    }
    await sql`select core.lay_word_open(${id})`.execute(tx);
    return { id, slug, versions: made };
  });
}

/** A between-word that someone proposed; `by` is null for someone who left. It waits unless it is `open`. */
export async function aBetweenWord(
  by: Viewer | null,
  wish: { term: string; word?: string; language?: string; open?: boolean },
): Promise<{ proposal: string; word: string | null; version: string | null }> {
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .insertInto('core.word_proposal')
      .values({
        kind: 'between',
        word: wish.word ?? null,
        language: wish.language ?? 'nl',
        term: wish.term,
        meaning: `Wat wij samen bedoelen met ${wish.term}.`,
        person_id: by?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (wish.open)
      await sql`select core.open_word_proposal(${id}, ${`w-${id.slice(0, 8)}`}, null)`.execute(tx);
    const row = await tx
      .selectFrom('core.word_proposal')
      .select(['word', 'version'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { proposal: id, ...row };
  });
}

/** Someone who is signed in, and entrusted everywhere with these roles; staff gave their second factor unless `sure` is false. */
export async function aStranger(roles: readonly string[] = [], sure = true): Promise<Viewer> {
  return withViewer(operator, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`insert into core.person (called, came_by) values ('Iemand', 'mail') returning id`.execute(tx);
    const id = rows[0]?.id ?? '';
    for (const role of roles)
      await sql`insert into core.role_grant (person_id, role, scope_kind, scope_id, until_day, reason)
        values (${id}, ${role}, 'all', '', core.today() + 300, 'for a test')`.execute(tx);
    return {
      kind: 'person',
      id,
      entrusted: roles.map((role) => ({ role, scopeKind: 'all', scopeId: '' })),
      sure,
    };
  });
}
