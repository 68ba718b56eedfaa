import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { forgetTexts, indexTexts } from '../../../languages/search/commands.server.ts';

/** Makes these stories findable by title, opening and the names of their initiatives, as far as they are open; asks the operator's transaction. */
export async function indexStories(tx: Tx, ids: readonly string[]): Promise<void> {
  await insistOnOperator(tx);
  const { rows } = await sql<{
    id: string;
    title: string;
    opening: string;
    language: string;
    names: string[];
    about: string[];
  }>`
    select s.id, s.title, s.opening, s.language, s.initiatives as about,
      array(select i.name from pub.initiative i where i.id = any(s.initiatives)) as names
    from pub.story s where s.id = any(${[...ids]}::uuid[])`.execute(tx);
  await forgetTexts(
    tx,
    'story',
    ids.filter((id) => !rows.some((row) => row.id === id)),
  );
  await indexTexts(
    tx,
    rows.map(({ id, title, opening, language, names, about }) => ({
      subjectKind: 'story',
      subjectId: id,
      language,
      title,
      names: [],
      text: [opening, ...names].join('\n'),
      facets: about.map((initiative) => `about:${initiative}`),
      point: null,
      days: { from: null, until: null },
    })),
  );
}
