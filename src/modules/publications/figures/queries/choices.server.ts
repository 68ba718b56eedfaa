import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { openAgendas } from '../../../agendas/reading/queries.server.ts';
import { provinces } from '../../../places/queries.server.ts';
import { openAdvices } from '../../../pools/following/queries.server.ts';
import type { Words } from '../../../sessions/model.ts';
import { wordsFor } from '../../../sessions/room/model.ts';
import type { FigureKind } from '../../model.ts';
import type { Choosable } from '../model.ts';

/** What someone can choose from for a kind of figure, by the part of the question; a part that is typed has no list. Ask it as a visitor. */
export async function choicesFor(
  tx: Tx,
  kind: FigureKind,
  say: Speech,
): Promise<Readonly<Partial<Record<string, readonly Choosable[]>>>> {
  const named = (slug: string, words: Words, more: string | null): Choosable => ({
    value: slug,
    text: [wordsFor(words, [say.language])?.text ?? slug, more].filter(Boolean).join(', '),
  });
  if (kind === 'field')
    return {
      province: (await provinces(tx, say.language)).map(({ code, called }) => ({
        value: code,
        text: called,
      })),
    };
  if (kind === 'promises')
    return {
      agenda: (await openAgendas(tx))
        .filter(({ promises, drawnOn }) => promises > 0 && drawnOn !== null)
        .map(({ slug, title, drawnOn }) => named(slug, title, drawnOn)),
    };
  if (kind === 'silence')
    return {
      advice: (await openAdvices(tx)).map(({ slug, title, handedOn }) => ({
        value: slug,
        text: `${title}, ${handedOn}`,
      })),
    };
  if (kind !== 'landscape') return {};
  const { rows } = await sql<{ slug: string; title: Words; on: string | null }>`
    select slug, title, held_on::text as on from pub.session where picture is not null and picture->'people' <> 'null'::jsonb
    order by held_on desc nulls last, slug limit 200`.execute(tx);
  return { session: rows.map(({ slug, title, on }) => named(slug, title, on)) };
}
