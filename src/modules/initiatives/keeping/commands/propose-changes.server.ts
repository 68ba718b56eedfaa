import { sql } from 'kysely';
import { hasRight, insistOnRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen } from '../../commands.server.ts';
import type { PlaceColumns } from '../../placing/model.ts';
import {
  word,
  type Answers,
  type CoreQuestion,
  type KeptEntry,
  type ProposedWords,
  type Since,
} from '../model.ts';
import { entryToKeep } from '../queries.server.ts';
import { layTellings } from '../telling/commands.server.ts';
import { moved, planOf } from '../telling/model.ts';
import { settlePlace } from '../where/commands.server.ts';
import { noteChanges } from './settle-parts.server.ts';

interface Proposed {
  readonly answers: Answers;
  readonly place: PlaceColumns | null;
  readonly since: Since;
}

/**
 * Lays what a keeper would change of a checked entry before a verifier, each question by itself; what the same keeper proposed
 * for it before is taken back. Asks the transaction of someone who may change the entry.
 */
export async function proposeChanges(
  tx: Tx,
  entry: KeptEntry,
  questions: readonly CoreQuestion[],
  { answers, place, since }: Proposed,
): Promise<void> {
  await insistOnRight(tx, 'change', [entry.id]);
  const wordsFor: Readonly<Record<CoreQuestion, Omit<ProposedWords, 'since'>>> = {
    name: { name: { from: entry.name, to: answers.name } },
    website: { website: { from: word(entry.typed, 'website') || null, to: answers.website } },
    place: { place: { from: word(entry.typed, 'place'), to: answers.place.words } },
  };
  for (const question of questions) {
    await sql`update core.proposal set standing = 'withdrawn', decided_at = now() where initiative_id = ${entry.id} and kind = 'change'
      and standing = 'waiting' and words ? ${question} and core.keeps(initiative_id)`.execute(tx);
    const { id } = await tx
      .insertInto('core.proposal')
      .values({
        initiative_id: entry.id,
        kind: 'change',
        words: JSON.stringify({ ...wordsFor[question], since }),
        said_by: 'own',
        brought_by: sql<string>`core.viewer()`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (question === 'place' && place)
      await tx
        .insertInto('vault.proposed_place')
        .values({ proposal_id: id, initiative_id: entry.id, ...place })
        .execute();
  }
}

/** Takes back what waits for a verifier; false when it does not wait, or not for this keeper. */
export async function takeBackProposal(tx: Tx, id: string, proposal: string): Promise<boolean> {
  if (!(await hasRight(tx, 'keep', [id]))) return false;
  const taken = await tx
    .updateTable('core.proposal')
    .set({ standing: 'withdrawn', decided_at: sql<Date>`now()` })
    .where('id', '=', proposal)
    .where('initiative_id', '=', id)
    .where('standing', '=', 'waiting')
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/**
 * Writes a proposed change of the kind 'change' in the entry, in the initiative's own voice; the caller, who decides, says
 * that it is accepted. False when a relation would no longer fit: the caller then lets go of it all. Asks who watches over the entry.
 */
export async function layProposedChange(
  tx: Tx,
  proposal: { readonly id: string; readonly initiative: string; readonly words: ProposedWords },
): Promise<boolean> {
  const { initiative: id, words } = proposal;
  await insistOnRight(tx, 'watch', [id]);
  const entry = await entryToKeep(tx, id, 'nl');
  if (!entry) return false;
  if (words.website)
    await tx.updateTable('core.initiative').set({ website: words.website.to }).where('id', '=', id).execute();
  const place = await tx
    .selectFrom('vault.proposed_place')
    .select(['lat', 'lon', 'precision', 'town', 'municipality', 'province'])
    .where('proposal_id', '=', proposal.id)
    .executeTakeFirst();
  const { province } = place ?? {};
  if (place && province) await settlePlace(tx, id, { ...place, province }, words.since);
  const { tellings, atFirst } = planOf(
    entry.events,
    words.name ? { name: words.name.to } : {},
    words.since,
    'own',
    today(),
  );
  const isOpen = place?.precision !== 'hidden' && word(entry.typed, 'show-place') === 'public';
  const move =
    place && isOpen && words.since.kind === 'day' ? [moved(words.since.day, words.since.precision)] : [];
  const fits =
    tellings.length + move.length === 0 && !words.name
      ? true
      : await layTellings(tx, id, 'own', [...tellings, ...move], { ...entry.atFirst, ...atFirst });
  if (!fits) return false;
  const told = (['name', 'place', 'website'] as const).filter((question) => words[question]);
  await noteChanges(
    tx,
    id,
    'own',
    told.map((field) => ({ field, was: words[field]?.from, became: words[field]?.to })),
  );
  await sql`update core.initiative set changed_at = now() where id = ${id}`.execute(tx);
  await layOpen(tx, [id]);
  return true;
}
