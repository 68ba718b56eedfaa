import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { refused, type Result } from '#platform/result.ts';
import { askByHand } from '../../asking/commands/campaign.server.ts';
import { watchedMatter, type WatchedMatter } from '../access.ts';
import { suits, type DeskDeed, type MatterName, type Outcome, type Undone } from '../model.ts';
import { entryCalledFor, initiativeOf, languageToAsk } from '../queries/matter.server.ts';
import { giveMatter, letGoOfMatter, takeMatter } from './assign.server.ts';
import { checkEntry } from './check.server.ts';
import { acceptMatter, declineMatter } from './decide.server.ts';
import { weighRelation } from './weigh.server.ts';

/**
 * Does one deed with each of these matters, in one transaction. A single deed is a bulk of one: there is no other way.
 * What may not or cannot be done is left exactly as it was and told with its reason; the rest is done.
 */
export async function workOff(tx: Tx, matters: readonly MatterName[], deed: DeskDeed): Promise<Outcome> {
  const done: MatterName[] = [];
  const undone: Undone[] = [];
  for (const matter of matters) {
    const initiative = await initiativeOf(tx, matter);
    const found = watchedMatter(matter, initiative, await rightsOver(tx, initiative));
    const answer = found.ok ? await wholly(tx, () => doWith(tx, found.value, deed)) : found;
    if (answer.ok) done.push(matter);
    else undone.push({ matter, name: await entryCalledFor(tx, matter), reason: answer.reason });
  }
  return { done, undone };
}

async function rightsOver(tx: Tx, initiative: string | null) {
  const watches = initiative !== null && (await hasRight(tx, 'watch', [initiative]));
  const keeps = !watches && initiative !== null && (await hasRight(tx, 'keep', [initiative]));
  return { watches, keeps };
}

/** Lets go of everything a deed did before it refused. */
async function wholly(tx: Tx, deed: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
  await sql`savepoint matter`.execute(tx);
  const answer = await deed();
  if (!answer.ok) await sql`rollback to savepoint matter`.execute(tx);
  await sql`release savepoint matter`.execute(tx);
  return answer;
}

async function doWith(tx: Tx, matter: WatchedMatter, deed: DeskDeed): Promise<Result<unknown>> {
  if (!suits(deed.deed, matter.kind)) return refused('not-this-way');
  switch (deed.deed) {
    case 'take':
      return takeMatter(tx, matter);
    case 'give':
      return giveMatter(tx, matter, deed.to);
    case 'let-go':
      return letGoOfMatter(tx, matter);
    case 'accept':
      return acceptMatter(tx, matter, deed.why);
    case 'decline':
      return declineMatter(tx, matter, deed.why);
    case 'check':
      return checkEntry(tx, matter.initiative, deed.checking);
    case 'ask':
      return askByHand(tx, matter.initiative, await languageToAsk(tx, matter.initiative), deed.home);
    case 'weigh':
      return weighRelation(tx, matter, { stance: deed.stance, words: deed.said });
  }
}
