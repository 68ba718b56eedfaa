import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Teller } from '../access.ts';
import { parseDoc } from '../document/input.ts';
import '../tables.ts';
import type { FlagAnswer } from './input.ts';
import { reworded } from './model.ts';
import { draftOf, fingerprintOf, foundIn, textsOf } from './queries.server.ts';

/**
 * Looks in the draft for who else may be named, and answers how many of those the teller still has to answer. What was kept on purpose
 * before stays so, wherever in this telling it stands.
 */
export async function lookForOthers(tx: Tx, _teller: Teller, telling: string): Promise<number> {
  const draft = await draftOf(tx, telling);
  if (!draft) return 0;
  const before = await tx
    .deleteFrom('core.telling_flag')
    .where('telling', '=', telling)
    .returning(['exact_hash as hash', 'answer', 'answered_at as answeredAt'])
    .execute();
  const found = foundIn(telling, draft).map(({ block, kind, start, end, hash }) => {
    const kept = before.find((one) => one.answer === 'kept' && one.hash.equals(hash));
    const answered = { answer: kept?.answer ?? null, answered_at: kept?.answeredAt ?? null };
    return { telling, block, kind, start_at: start, end_at: end, exact_hash: hash, ...answered };
  });
  if (found.length > 0) await tx.insertInto('core.telling_flag').values(found).execute();
  return found.filter(({ answer }) => answer === null).length;
}

/**
 * Writes down what the teller answers: what stays on purpose stays in every place of this telling, and what changes is changed in the
 * draft. Answers how many are left. An answer about words that changed meanwhile falls away.
 */
export async function answerOthers(
  tx: Tx,
  teller: Teller,
  telling: string,
  answers: readonly FlagAnswer[],
): Promise<Result<{ left: number }, 'telling_unknown' | 'telling_too_long' | 'telling_unreadable'>> {
  await sql`select from core.telling_draft where telling = ${telling} for update`.execute(tx);
  const draft = await draftOf(tx, telling);
  if (!draft) return refused('telling_unknown');
  const flags = await tx.selectFrom('core.telling_flag').selectAll().where('telling', '=', telling).execute();
  // From the back, so that the places before it keep counting.
  const ordered = flags.sort((a, b) => b.start_at - a.start_at);
  let { title, doc } = draft;
  for (const flag of ordered) {
    const said = answers.find((each) => each.flag === flag.id);
    if (!said) continue;
    const { block, kind, start_at: start, end_at: end, exact_hash: hash } = flag;
    const text = textsOf(telling, { ...draft, title, doc }).find((each) => each.block === block)?.text ?? '';
    if (!hash.equals(fingerprintOf(telling, { kind }, text.slice(start, end)))) continue;
    if (said.answer === 'changed') {
      if (block === telling)
        title = (text.slice(0, start) + said.words + text.slice(end)).trim().slice(0, 200);
      else doc = reworded(doc, block, start, end, said.words);
    } else
      await tx
        .updateTable('core.telling_flag')
        .set({ answer: 'kept', answered_at: sql<Date>`now()` })
        .where('telling', '=', telling)
        .where('exact_hash', '=', hash)
        .execute();
  }
  const whole = parseDoc(doc);
  if (!whole.ok) return whole;
  await tx
    .updateTable('core.telling_draft')
    .set({ doc: whole.value, saved_at: sql<Date>`now()` })
    .where('telling', '=', telling)
    .execute();
  await tx
    .updateTable('core.telling')
    .set({ title, changed_at: sql<Date>`now()` })
    .where('id', '=', telling)
    .execute();
  return ok({ left: await lookForOthers(tx, teller, telling) });
}
