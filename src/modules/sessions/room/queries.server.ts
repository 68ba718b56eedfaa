import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { RoomPhone } from '../access.ts';
import '../tables.ts';
import type { PersonHere, RoomSeen, StepSeen } from './model.ts';

/**
 * What this phone sees of its room, in this language; `who` is whom it would be filled in for, else the first who is in. Null
 * when the phone is of no such room.
 */
export async function roomSeen(
  tx: Tx,
  phone: RoomPhone,
  asked: {
    readonly session: string;
    readonly code: string;
    readonly language: Language;
    readonly who: string | null;
  },
): Promise<RoomSeen | null> {
  const [session, steps, onPhone, reads, people] = [
    await tx.selectFrom('core.session').selectAll().where('id', '=', asked.session).executeTakeFirst(),
    await stepsOf(tx, asked.session),
    await onThisPhone(tx, phone),
    await tx.selectFrom('core.room_phone').select('beside').where('id', '=', phone.id).executeTakeFirst(),
    await peopleIn(tx, asked.session),
  ];
  if (!session || !reads) return null;
  const inside = onPhone.filter(({ state }) => state === 'in');
  const isOpen = session.state === 'live' || session.state === 'paused';
  return {
    id: session.id,
    code: asked.code,
    slug: session.slug,
    kind: session.kind,
    state: session.state,
    door: session.door,
    title: session.title,
    purpose: session.purpose,
    language: session.language,
    smallest: session.smallest,
    startsAt: session.starts_at,
    closedAt: session.closed_at,
    lastEvent: session.last_event,
    people,
    steps,
    step: (isOpen && steps.find(({ state }) => state === 'open')) || null,
    reads: { own: asked.language, beside: reads.beside === asked.language ? null : reads.beside },
    onPhone,
    who: inside.find(({ id }) => id === asked.who) ?? inside[0] ?? null,
  };
}

async function stepsOf(tx: Tx, session: string): Promise<StepSeen[]> {
  const rows = await tx
    .selectFrom('core.session_step')
    .selectAll()
    .where('session', '=', session)
    .orderBy('position')
    .execute();
  return rows.map(({ from_house: fromHouse, ends_at: endsAt, ...step }) => ({ ...step, fromHouse, endsAt }));
}

async function onThisPhone(tx: Tx, phone: RoomPhone): Promise<PersonHere[]> {
  return tx
    .selectFrom('core.participant')
    .select(['id', 'called', 'role', 'state', 'helps'])
    .where('phone', '=', phone.id)
    .orderBy('called')
    .orderBy('id')
    .execute();
}

async function peopleIn(tx: Tx, session: string): Promise<number> {
  const { rows } = await sql<{ people: number }>`select core.people_in(${session}::uuid) as people`.execute(
    tx,
  );
  return rows[0]?.people ?? 0;
}

/** How many people answered each statement, by its number; never what. */
export async function seenCounts(tx: Tx, session: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{
    number: number;
    seen: number;
  }>`select number, seen from core.count_votes(${session}::uuid)`.execute(tx);
  return Object.fromEntries(rows.map(({ number, seen }) => [number, seen]));
}
