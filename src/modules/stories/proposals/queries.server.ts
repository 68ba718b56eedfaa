import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Doc } from '../document/model.ts';
import { asItAppears } from '../telling/model.ts';
import { compared, saysTheSameAs, type Compared, type ProposalStanding } from './model.ts';

export interface ToEdit {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly begins: string;
  /** Proposals of who asks that the teller has not answered. */
  readonly waiting: number;
}

/** The tellings for which who asks may propose other words, newest first and at most 100. */
export async function tellingsToEdit(tx: Tx): Promise<ToEdit[]> {
  const { rows } = await sql<ToEdit>`
    select t.id, v.title, t.language, left(coalesce((select b.text from core.telling_block b
        where b.telling = t.id and b.version = t.version and b.text <> '' order by b.place limit 1), ''), 80) as begins,
      (select count(*)::int from core.telling_proposal p where p.telling = t.id and p.standing = 'waiting') as waiting
    from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
    where t.standing = 'released' and core.edits(t.id) order by t.open_from desc, t.id limit 100`.execute(tx);
  return rows;
}

export interface Released {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly version: number;
  readonly doc: Doc;
}

/** The released version of a telling, for who may propose other words for it; null for everyone else, its teller among them. */
export async function tellingToEdit(tx: Tx, telling: string): Promise<Released | null> {
  const { rows } =
    await sql<Released>`select t.id, t.slug, v.title, t.language, t.version, v.doc from core.telling t
    join core.telling_version v on v.telling = t.id and v.number = t.version
    where t.id = ${telling} and t.standing = 'released' and core.edits(t.id)`.execute(tx);
  return rows[0] ?? null;
}

export interface Proposal {
  readonly id: string;
  readonly why: string;
  readonly broughtOn: Day;
  readonly standing: ProposalStanding;
  /** Whether the telling is another version by now, so that it cannot be accepted as it is. */
  readonly passed: boolean;
}

const proposalColumns = sql`p.id, p.why, p.brought_at::date as "broughtOn", p.standing, p.version <> t.version as passed`;

/** The proposals about a telling that who asks may see, those that wait first: all for its teller, their own for an editor. */
export async function proposalsOn(tx: Tx, telling: string): Promise<Proposal[]> {
  const { rows } =
    await sql<Proposal>`select ${proposalColumns} from core.telling_proposal p join core.telling t on t.id = p.telling
    where p.telling = ${telling} order by (p.standing = 'waiting') desc, p.brought_at desc, p.id`.execute(tx);
  return rows;
}

export interface ToDecide extends Proposal {
  readonly blocks: readonly Compared[];
  /** The tree as it would be. */
  readonly doc: Doc;
  /** Whether the teller is working on the telling themselves, so that a yes would replace what they wrote. */
  readonly draftDiffers: boolean;
}

/** One proposal about one's own telling, both versions beside each other; null when who asks is not its teller. */
export async function proposalToDecide(tx: Tx, telling: string, proposal: string): Promise<ToDecide | null> {
  const { rows } = await sql<
    Proposal & { now: Doc; doc: Doc; draft: Doc | null }
  >`select ${proposalColumns}, p.doc, v.doc as now, d.doc as draft
    from core.telling_proposal p join core.telling t on t.id = p.telling
    join core.telling_version v on v.telling = p.telling and v.number = p.version
    left join core.telling_draft d on d.telling = t.id
    where p.id = ${proposal} and p.telling = ${telling} and core.tells(t.id)`.execute(tx);
  const [found] = rows;
  if (!found) return null;
  const { now, draft, ...rest } = found;
  const written = draft && asItAppears(draft);
  const draftDiffers =
    written !== null && !saysTheSameAs(written, asItAppears(now)) && !saysTheSameAs(written, rest.doc);
  return { ...rest, draftDiffers, blocks: compared(now, rest.doc) };
}

/** Whether who asks tells this telling, or wrote it down for its teller. */
export async function isMine(tx: Tx, telling: string): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select core.tells(${telling}) as mine`.execute(tx);
  return rows[0]?.mine === true;
}
