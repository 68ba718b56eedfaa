import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Held } from '../../asking/held/model.ts';
import { heldEntry } from '../../asking/held/queries.server.ts';
import { matterKinds, type MatterName, type PastStep, type ShownProposal } from '../model.ts';

/** An entry as a verifier works on it: what stands, what is proposed beside it, and what happened before. */
export interface DeskEntry {
  readonly held: Held;
  /** Whether it is one's own: then someone else looks at it. */
  readonly own: boolean;
  readonly waiting: readonly ShownProposal[];
  readonly matters: readonly MatterName[];
  readonly past: readonly PastStep[];
}

/** The entry with this key for who may change it; null for everyone else and when it is not there. */
export async function deskEntry(tx: Tx, id: string, language: Language): Promise<DeskEntry | null> {
  const held = await heldEntry(tx, id, language);
  if (!held) return null;
  const own = !(await hasRight(tx, 'watch', [id]));
  const proposals = await proposalsOf(tx, id);
  const steps = [
    ...(await eventsOf(tx, id)),
    ...(await checkingsOf(tx, id)),
    ...(await askingsOf(tx, id)),
    ...proposals
      .filter((one) => one.standing !== 'waiting')
      .map((proposal) => ({ what: 'proposal' as const, on: proposal.decidedOn ?? proposal.on, proposal })),
  ];
  return {
    held,
    own,
    waiting: proposals.filter((one) => one.standing === 'waiting'),
    matters: own ? [] : await mattersOf(tx, id),
    past: steps.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)),
  };
}

const day = (column: string) => sql<Day>`(${sql.ref(column)} at time zone 'Europe/Amsterdam')::date`;

async function proposalsOf(tx: Tx, id: string): Promise<ShownProposal[]> {
  const { rows } = await sql<ShownProposal>`
    select id, initiative_id as initiative, kind, words, said_by as "saidBy", ${day('brought_at')} as on, standing,
      ${day('decided_at')} as "decidedOn", decided_why as why
    from core.proposal where initiative_id = ${id} order by brought_at desc limit 100`.execute(tx);
  return rows;
}

async function mattersOf(tx: Tx, id: string): Promise<MatterName[]> {
  const { rows } = await sql<MatterName>`
    select matter as kind, subject from core.waiting() where initiative_id = ${id}`.execute(tx);
  return matterKinds.flatMap((kind) => rows.filter((row) => row.kind === kind));
}

async function eventsOf(tx: Tx, id: string): Promise<PastStep[]> {
  const { rows } = await sql<PastStep>`
    select 'event' as what, (lower(recorded) at time zone 'Europe/Amsterdam')::date as on, kind, said_by as "saidBy", day, precision
    from core.life_event where initiative_id = ${id} and upper_inf(recorded) order by lower(recorded) desc limit 100`.execute(
    tx,
  );
  return rows;
}

async function checkingsOf(tx: Tx, id: string): Promise<PastStep[]> {
  const { rows } = await sql<PastStep>`
    select 'checking' as what, c.day as on, c.channel, c.found, c.note,
      coalesce((select m.called from core.person m where m.id = c.checked_by), (select k.called from core.colleagues() k where k.id = c.checked_by)) as by
    from core.checking c where c.initiative_id = ${id} order by c.noted_at desc limit 50`.execute(tx);
  return rows;
}

async function askingsOf(tx: Tx, id: string): Promise<PastStep[]> {
  const { rows } = await sql<PastStep>`
    select 'asking' as what, ${day('sent_at')} as on, answer, ${day('answered_at')} as "answeredOn"
    from core.asking where initiative_id = ${id} and sent_at is not null order by sent_at desc limit 50`.execute(
    tx,
  );
  return rows;
}
