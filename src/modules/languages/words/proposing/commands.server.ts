import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Looker, Proposer } from '../access.ts';
import { reservedSlugs, slugOf } from '../model.ts';
import '../tables.ts';
import { mostWaiting, type Wish } from './model.ts';

/** Proposes a word or a dispute in the name of who is signed in; answers its key. It waits until someone looked. */
export async function proposeWord(
  tx: Tx,
  { person }: Proposer,
  wish: Wish,
): Promise<Result<string, 'word' | 'too-many'>> {
  const { rows } = await sql<{ waiting: number; known: boolean }>`
    select (select count(*) from core.word_proposal p where p.person_id = ${person} and p.state = 'waiting')::int as waiting,
      (${wish.word}::uuid is null or exists (select from pub.word w where w.id = ${wish.word}))
      and (${wish.disputes}::uuid is null or exists (select from pub.word_version v where v.id = ${wish.disputes})) as known`.execute(
    tx,
  );
  if (!rows[0]?.known) return refused('word');
  if (rows[0].waiting >= mostWaiting) return refused('too-many');
  const { id } = await tx
    .insertInto('core.word_proposal')
    .values({
      kind: wish.kind,
      word: wish.word,
      disputes: wish.disputes,
      language: wish.language,
      term: wish.term,
      meaning: wish.meaning,
      says: wish.says,
      example: wish.example,
      why: wish.why,
      called: wish.called,
      when_leaving: wish.whenLeaving,
      person_id: person,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(id);
}

/** Takes back what one proposed oneself, at any time; false when it is not theirs. */
export async function takeWordBack(tx: Tx, _: Proposer, proposal: string): Promise<boolean> {
  const { rows } = await sql<{
    gone: boolean;
  }>`select core.take_word_back(${proposal}::uuid) as gone`.execute(tx);
  return rows[0]?.gone ?? false;
}

/**
 * Lets in what someone else proposed; answers the word in the address. Refused when it was looked at already, is one's own,
 * or when the very same word stands there.
 */
export async function openProposal(
  tx: Tx,
  _: Looker,
  proposal: string,
  answer: string | null,
): Promise<Result<string, 'gone'>> {
  const asked = await tx
    .selectFrom('core.word_proposal')
    .select('term')
    .where('id', '=', proposal)
    .executeTakeFirst();
  if (!asked) return refused('gone');
  const slug = await freeSlug(tx, slugOf(asked.term ?? ''), proposal);
  const { rows } = await sql<{ slug: string | null }>`
    select core.open_word_proposal(${proposal}::uuid, ${slug}, ${answer}) as slug`.execute(tx);
  return rows[0]?.slug ? ok(rows[0].slug) : refused('gone');
}

// A word in a script without Latin letters is found by a part of its key.
async function freeSlug(tx: Tx, wished: string, key: string): Promise<string> {
  const own = `${wished || 'word'}-${key.slice(0, 8)}`;
  if (wished === '' || reservedSlugs.includes(wished)) return own;
  const taken = await tx.selectFrom('pub.word').select('id').where('slug', '=', wished).executeTakeFirst();
  return taken ? own : wished;
}

/** Does not let in what someone else proposed, with an answer to them; false when it was looked at already or is one's own. */
export async function declineProposal(
  tx: Tx,
  { person }: Looker,
  proposal: string,
  answer: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('core.word_proposal')
    .set({ state: 'declined', looked_by: person, looked_on: sql`core.today()`, looked_why: answer })
    .where('id', '=', proposal)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
