import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { StatementForm } from '../model.ts';
import '../tables.ts';
import type { Mine, Said } from './model.ts';
import './tables.ts';

interface Wishes {
  readonly forms?: readonly StatementForm[];
  readonly step?: number;
  /** Only the one with this number. */
  readonly number?: number;
}

interface Row extends Said {
  readonly standing: Mine['standing'];
  readonly why: string | null;
  readonly by: string | null;
  readonly joined: number | null;
}

const rows = (tx: Tx, session: string) =>
  tx
    .selectFrom('core.statement as said')
    .leftJoin('core.statement_author as author', 'author.statement', 'said.id')
    .leftJoin('core.room_voice as voice', 'voice.statement', 'said.id')
    .leftJoin('core.statement as other', 'other.id', 'said.merged_into')
    .select([
      'said.id',
      'said.number',
      'said.step',
      'said.form',
      'said.language',
      'said.text',
      'said.side',
      'said.issue',
      'said.standing',
      'said.why',
      'voice.seconds as voice',
      'author.participant as by',
      'other.number as joined',
      sql<
        Said['renderings']
      >`coalesce((select jsonb_agg(jsonb_build_object('language', r.language, 'text', r.text,
        'signed', r.signed, 'how', r.how) order by r.language) from core.statement_rendering r
        where r.statement = said.id and r.standing = 'stands'), '[]')`.as('renderings'),
    ])
    .where('said.session', '=', session);

/** What stands open in the room, newest first, in the forms or the step that were asked; never by whom. */
export async function saidIn(tx: Tx, session: string, wishes: Wishes = {}): Promise<Said[]> {
  let asked = rows(tx, session).where('said.standing', '=', 'open').orderBy('said.number', 'desc');
  if (wishes.forms) asked = asked.where('said.form', 'in', wishes.forms);
  if (wishes.step !== undefined) asked = asked.where('said.step', '=', wishes.step);
  if (wishes.number !== undefined) asked = asked.where('said.number', '=', wishes.number);
  return (await asked.execute()).map(asRead);
}

const asRead = ({ standing: _standing, why: _why, by: _by, joined: _joined, ...said }: Row): Said => said;

/** What people on this phone said, whatever became of it, newest first; `who` asks for one of them. */
export async function mineIn(tx: Tx, session: string, who: string | null = null): Promise<Mine[]> {
  let asked = rows(tx, session).where('author.participant', 'is not', null).orderBy('said.number', 'desc');
  if (who) asked = asked.where('author.participant', '=', who);
  return (await asked.execute()).flatMap((row) => (row.by === null ? [] : [{ ...row, by: row.by }]));
}

/** What stands under this number for the phone that asks: open to the room, or its own; null when there is nothing. */
export async function saidUnder(
  tx: Tx,
  session: string,
  number: number,
): Promise<(Said & { readonly mine: Mine | null }) | null> {
  const row = await rows(tx, session).where('said.number', '=', number).executeTakeFirst();
  if (!row) return null;
  const mine = row.by === null ? null : { ...row, by: row.by };
  return { ...asRead(row), mine };
}

/** What is told of a voice before its bytes: its kind, and how many bytes. */
export interface VoiceLabel {
  readonly type: string;
  readonly size: number;
}

/** A voice in the room of whoever asks; null when there is none they may hear. */
export async function voiceOf(tx: Tx, session: string, statement: string): Promise<VoiceLabel | null> {
  const label = await tx
    .selectFrom('core.room_voice as voice')
    .innerJoin('core.statement as said', 'said.id', 'voice.statement')
    .select(['voice.type', sql<number>`length(voice.bytes)`.as('size')])
    .where('said.id', '=', statement)
    .where('said.session', '=', session)
    .executeTakeFirst();
  return label ?? null;
}

/** Some bytes of a voice; null when it went meanwhile. */
export async function voiceBytes(
  tx: Tx,
  statement: string,
  from: number,
  length: number,
): Promise<Buffer | null> {
  const { rows: parts } = await sql<{
    part: Buffer;
  }>`select substring(bytes from ${from + 1}::int for ${length}::int) as part
    from core.room_voice where statement = ${statement}::uuid`.execute(tx);
  return parts[0]?.part ?? null;
}

/** The next number in the room; whoever else asks waits until this transaction is over. */
export async function nextNumber(tx: Tx, session: string, what: 'statement' | 'issue'): Promise<number> {
  const { rows } = await sql<{
    number: number;
  }>`select core.next_number(${session}::uuid, ${what}) as number`.execute(tx);
  return rows[0]?.number ?? 1;
}
