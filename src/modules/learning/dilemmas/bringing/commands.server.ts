import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { lastingKey } from '#platform/ids.ts';
import '../../tables.ts';
import type { SourceDilemma } from '../model.ts';

/**
 * Lays the dilemmas that sources tell of, open at once; a second time brings them up to date and leaves every position and link where it
 * stands. Answers how many are new. Asks the operator's transaction.
 */
export async function layDilemmas(tx: Tx, dilemmas: readonly SourceDilemma[]): Promise<number> {
  await insistOnOperator(tx);
  const there = await tx.selectFrom('core.dilemma').select('slug').where('origin', '=', 'sources').execute();
  const known = new Set(there.map(({ slug }) => slug));
  for (const dilemma of dilemmas) {
    const told = {
      level: dilemma.level,
      title: JSON.stringify(dilemma.title) as never,
      what: JSON.stringify(dilemma.what) as never,
      questions: JSON.stringify(dilemma.questions) as never,
      themes: [...dilemma.themes],
      source: JSON.stringify(dilemma.source) as never,
    };
    await tx
      .insertInto('core.dilemma')
      .values({
        id: lastingKey('dilemma', dilemma.slug),
        slug: dilemma.slug,
        origin: 'sources',
        language: 'nl',
        standing: 'open',
        told_by: null,
        called: null,
        ...told,
      })
      .onConflict((same) => same.column('slug').doUpdateSet(told))
      .execute();
  }
  return dilemmas.filter(({ slug }) => !known.has(slug)).length;
}
