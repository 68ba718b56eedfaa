import { sql } from 'kysely';
import { distanceKm, type Place } from '#modules/places/model.ts';
import { placeNamed } from '#modules/places/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { PlaceColumns } from '../../placing/model.ts';
import { placeTold } from '../../placing/queries.server.ts';
import type { AnsweredPlace, Problem } from '../model.ts';

// As far as anything lies from the middle of its own village, city or province.
const reachKm = { town: 20, municipality: 30, province: 90 };

/** An answered place as it is kept, or why it cannot be, with what may have been meant. */
export async function placeAnswered(
  tx: Tx,
  { words, point, precision }: AnsweredPlace,
  language: Language,
): Promise<{ ok: true; columns: PlaceColumns } | { ok: false; problem: Problem }> {
  const named = await placeNamed(tx, words, language);
  const unknown = (didYouMean: readonly Place[]) =>
    ({
      ok: false,
      problem: {
        field: 'place',
        reason: didYouMean.length > 0 ? 'place_which' : 'place_unknown',
        didYouMean: didYouMean.slice(0, 5),
      },
    }) as const;
  if (!named.place) return unknown(named.didYouMean);
  const { kind, name, municipality, province, point: middle } = named.place;
  if (point && distanceKm(point, middle) > reachKm[kind])
    return { ok: false, problem: { field: 'point', reason: 'point_elsewhere' } };
  const placed = await placeTold(
    tx,
    {
      town: kind === 'town' ? name : null,
      municipality,
      province: kind === 'province' ? province : null,
      lat: point?.lat ?? null,
      lon: point?.lon ?? null,
      precision,
    },
    language,
  );
  if (!placed.ok) return unknown(placed.didYouMean);
  return placed.columns ? { ok: true, columns: placed.columns } : unknown([]);
}

/** Whether who is asking, a verifier or editor, would still watch over an entry that lies here. */
export async function wouldWatch(tx: Tx, { municipality, province }: PlaceColumns): Promise<boolean> {
  const { rows } = await sql<{ would: boolean }>`select core.is_operator()
    or core.holds_in(array['verifier','editor'], 'province', ${province})
    or core.holds_in(array['verifier','editor'], 'municipality', ${municipality ?? ''}) as would`.execute(tx);
  return rows[0]?.would ?? false;
}

/** For whom it is, in the words under which the field knows them where these are words of `language` for one. */
export async function audiencesKnown(
  tx: Tx,
  audiences: readonly string[],
  language: Language,
): Promise<string[]> {
  const { rows } = await sql<{ audience: string }>`
    select coalesce((select w.audience from pub.audience_word w where w.language = ${language} and lower(w.word) = lower(a.word)
      order by w.audience limit 1), a.word) as audience
    from unnest(${[...audiences]}::text[]) with ordinality a(word, at) order by a.at`.execute(tx);
  return rows.map((row) => row.audience);
}
