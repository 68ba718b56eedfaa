import type { Tx } from '#platform/db.server.ts';
import type { Result } from '#platform/result.ts';
import { answerRelation, type Answer } from '../../relations/saying/commands.server.ts';
import type { WatchedMatter } from '../access.ts';
import { forgetAssignment } from './assign.server.ts';

/** Says what a verifier found of a relation of which both sides differ. Their voices stay beside it; it waits no longer. */
export async function weighRelation(tx: Tx, matter: WatchedMatter, found: Answer): Promise<Result<unknown>> {
  const said = await answerRelation(tx, matter.initiative, matter.subject, found);
  if (said.ok) await forgetAssignment(tx, matter);
  return said;
}
