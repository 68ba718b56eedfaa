import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { layOpen } from '../../commands.server.ts';
import { parseAnswers } from '../input.ts';
import { shapeOf, slugFrom, type Answers, type Problem, type Typed } from '../model.ts';
import { layTellings } from '../telling/commands.server.ts';
import { beginningTold } from '../telling/model.ts';
import { settlePlace } from '../where/commands.server.ts';
import { audiencesKnown, placeAnswered } from '../where/queries.server.ts';
import { settleKeptBack, settleText } from './settle-parts.server.ts';

export type Added =
  | { readonly ok: true; readonly id: string; readonly slug: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Adds an entry as the initiative tells of itself. It waits until a verifier of its region has looked; until then only its
 * bringer keeps it: the person who is signed in, or the holder of a link, which opens this entry from then on.
 */
export async function addEntry(
  tx: Tx,
  { typed, unreadable }: { typed: Typed; unreadable: readonly string[] },
  language: Language,
): Promise<Added> {
  const { answers, problems } = parseAnswers(typed, unreadable, today());
  if (problems.length > 0) return { ok: false, problems };
  const placed = await placeAnswered(tx, answers.place, language);
  if (!placed.ok) return { ok: false, problems: [placed.problem] };
  const entry = await bringIn(tx, answers);
  await sql`update vault.entry_link set initiative_id = ${entry.id}, used_at = coalesce(used_at, now())
    where id = core.viewer() and initiative_id is null`.execute(tx);
  await insistOnRight(tx, 'keep', [entry.id]);
  const audiences = await audiencesKnown(tx, answers.audiences, language);
  await settlePlace(tx, entry.id, placed.columns, { kind: 'wrong' });
  if (answers.text) await settleText(tx, entry.id, answers.text, 'own');
  await settleKeptBack(tx, entry.id, answers.keptBack);
  const shape = { ...shapeOf(answers), audiences };
  await layTellings(tx, entry.id, 'own', [beginningTold([], answers.since, 'own')], shape);
  await layOpen(tx, [entry.id]);
  return { ok: true, ...entry };
}

// Without what is easily taken for something else.
const letters = 'abcdefghjkmnpqrstvwxyz23456789';
const tail = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');

async function bringIn(tx: Tx, answers: Answers): Promise<{ id: string; slug: string }> {
  for (let tries = 0; tries < 5; tries++) {
    const laid = await tx
      .insertInto('core.initiative')
      .values({
        slug: slugFrom(answers.name, tail()),
        visibility: answers.visibility,
        origin: 'own',
        website: answers.website,
        mail: answers.mail,
        phone: answers.phone,
        last_sign: 'seen',
        confirmed_on: sql<string>`core.today()`,
        sources: [],
        standing: 'proposed',
        added_by: sql<string>`core.viewer()`,
      })
      .onConflict((clash) => clash.column('slug').doNothing())
      .returning(['id', 'slug'])
      .executeTakeFirst();
    if (laid) return laid;
  }
  throw new Error('Five addresses for a new entry were taken.');
}
