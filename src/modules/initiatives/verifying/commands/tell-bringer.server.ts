import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';

interface Decided {
  readonly standing: 'accepted' | 'declined';
  readonly kind: string;
  readonly why: string | null;
  readonly name: string;
  /** A person who can sign in, or an address a link was mailed to; neither when the words came without one. */
  readonly person: string | null;
  readonly address: string | null;
  readonly language: string | null;
}

/** Posts the letter about a proposal that was decided to whoever brought it, where we can reach them; once. Asks a transaction of the house. */
export async function tellBringer(tx: Tx, proposal: string): Promise<boolean> {
  await insistOnOperator(tx);
  const { rows } = await sql<Decided>`
    select p.standing, p.kind, p.decided_why as why, coalesce(o.language, l.language) as language, o.id as person, l.sent_to as address,
      (select n.name from core.initiative_period n where n.initiative_id = i.id order by n.valid desc limit 1) as name
    from core.proposal p join core.initiative i on i.id = p.initiative_id
    left join core.person o on o.id = case when p.kind = 'new' then i.added_by else p.brought_by end and o.left_on is null
    left join vault.entry_link l on l.id = case when p.kind = 'new' then i.added_by else p.brought_by end
    where p.id = ${proposal} and p.standing in ('accepted','declined')`.execute(tx);
  const [one] = rows;
  if (!one || (one.person === null && one.address === null)) return false;
  const first =
    await sql`insert into core.proposal_told (proposal_id) values (${proposal}) on conflict do nothing`.execute(
      tx,
    );
  if (Number(first.numAffectedRows ?? 0) === 0) return false;
  const name = one.standing === 'declined' ? 'declined' : one.kind === 'new' ? 'laid' : 'accepted';
  await post(tx, {
    to: one.person === null ? (one.address ?? '') : { person: one.person },
    language: isLanguage(one.language ?? '') ? (one.language as 'nl') : 'nl',
    name: `proposal.${name}`,
    values: { name: one.name, why: one.why ?? '' },
  });
  return true;
}
