import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Looker, Proposer } from '../access.ts';
import type { OwnProposal, WaitingProposal } from './model.ts';

const head = sql`(select jsonb_build_object('slug', w.slug, 'term', v.term, 'language', v.language)
  from pub.word w join pub.word_version v on v.word = w.id
  where w.id = coalesce(p.word, (select d.word from pub.word_version d where d.id = p.disputes))
  order by v.id is distinct from p.disputes, v.opened_at, v.id limit 1)`;

const proposals = (where: RawBuilder<unknown>) => sql<WaitingProposal>`
  select p.id, p.kind, p.language, p.term, ${head} as of, p.state, p.looked_why as answer, p.proposed_on as "proposedOn",
    p.meaning, p.says, p.example, p.why, p.called, coalesce(p.person_id = core.viewer_person(), false) as own
  from core.word_proposal p where ${where} order by p.proposed_on, p.id`;

/** What one proposed oneself, the oldest first. */
export async function ownProposals(tx: Tx, { person }: Proposer): Promise<OwnProposal[]> {
  return (await proposals(sql`p.person_id = ${person}`).execute(tx)).rows;
}

/** What waits for a look, the longest first; at most 100. */
export async function waitingProposals(tx: Tx, _: Looker): Promise<WaitingProposal[]> {
  return (await proposals(sql`p.state = 'waiting'`).execute(tx)).rows.slice(0, 100);
}
