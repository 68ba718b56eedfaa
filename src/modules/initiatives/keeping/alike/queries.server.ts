import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Alike } from '../../duplicates/model.ts';
import { alikeTo } from '../../duplicates/queries.server.ts';
import { parseAnswers } from '../input.ts';
import type { Typed } from '../model.ts';
import { placeAnswered } from '../where/queries.server.ts';

/** The open entries that what was typed may be the same as, likeliest first, at most three; none as long as it has no name. */
export async function alikeAsTyped(tx: Tx, typed: Typed, language: Language): Promise<Alike[]> {
  const { answers } = parseAnswers(typed, [], today());
  if (answers.name === '') return [];
  const placed = await placeAnswered(tx, answers.place, language);
  const { website, mail, phone } = answers;
  return alikeTo(tx, {
    names: [answers.name],
    municipality: placed.ok ? placed.columns.municipality : null,
    point: answers.place.point,
    website,
    mail,
    phone,
  });
}
