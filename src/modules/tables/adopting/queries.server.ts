import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import { mayAdopt, type LyingState, type LyingWord, type Side } from './model.ts';
import './tables.ts';

interface LyingRow {
  id: string;
  word: string;
  term: string;
  meaning: string | null;
  language: string;
  state: LyingState;
  ended_on: Day | null;
  why: string | null;
  why_language: string | null;
  discussed_on: Day | null;
  signatures: { seat: string; called: string; side: Side; by: string | null; mine: boolean }[];
}

const calledOf = sql`concat_ws(' · ', coalesce(i.name, s.body), s.role)`;

/** The words that lie on a table, those that still lie there first, for who keeps it or sits at it. */
export async function wordsAt(tx: Tx, table: string): Promise<LyingWord[]> {
  const { rows } = await sql<LyingRow>`
    select w.id, pw.slug as word, v.term, v.meaning, v.language, w.state, w.ended_on, w.why, w.language as why_language, m.day as discussed_on,
      coalesce((select jsonb_agg(jsonb_build_object('seat', s.id, 'called', ${calledOf}, 'side', g.side, 'by', g.signed_by,
          'mine', w.state = 'lying' and (core.speaks_for_seat(s.id) or g.told_by = 'keeper' and core.keeps_table(s.table_id))) order by s.number)
        from core.word_signature g join core.seat s on s.id = g.seat left join core.open_holders(${table}) h on h.seat = s.id left join pub.initiative i on i.id = h.initiative
        where g.lies = w.id), '[]') as signatures
    from core.table_word w join pub.word_version v on v.id = w.version join pub.word pw on pw.id = v.word
    left join core.table_meeting m on m.id = w.meeting
    where w.table_id = ${table} and (core.keeps_table(w.table_id) or core.sits_at(w.table_id))
    order by w.state = 'lying' desc, w.brought_on desc, w.id`.execute(tx);
  const signers = await signersAt(tx, table);
  return rows.map((row) => ({
    id: row.id,
    word: row.word,
    term: row.term,
    meaning: row.meaning,
    language: row.language,
    state: row.state,
    endedOn: row.ended_on,
    why:
      row.why !== null && row.why_language !== null ? { language: row.why_language, words: row.why } : null,
    discussedOn: row.discussed_on,
    signatures: row.signatures,
    missing: row.state === 'lying' ? missingOf(row) : null,
    canSign:
      row.state === 'lying'
        ? signers.filter(({ seat }) => !row.signatures.some((one) => one.seat === seat))
        : [],
    canUnsign: row.signatures.filter(({ mine }) => mine).map(({ seat }) => seat),
  }));
}

function missingOf({ discussed_on, signatures }: LyingRow): LyingWord['missing'] {
  const may = mayAdopt(discussed_on !== null, signatures);
  return may.ok ? null : may.reason;
}

async function signersAt(tx: Tx, table: string) {
  const { rows } = await sql<{ seat: string; called: string; onTheirWord: boolean }>`
    select s.id as seat, ${calledOf} as called, s.initiative is null as "onTheirWord"
    from core.seat s left join core.open_holders(${table}) h on h.seat = s.id left join pub.initiative i on i.id = h.initiative
    where s.table_id = ${table} and s.state = 'taken'
      and (core.speaks_for_seat(s.id) and core.side_of(s.id) is not null or s.initiative is null and core.keeps_table(s.table_id))
    order by s.number`.execute(tx);
  return rows;
}

/** The between-words that are open proposals and do not lie on this table yet. */
export async function wordsToLay(
  tx: Tx,
  table: string,
): Promise<{ readonly version: string; readonly term: string; readonly language: string }[]> {
  const { rows } = await sql<{ version: string; term: string; language: string }>`
    select v.id as version, v.term, v.language from pub.word_version v
    where v.register = 'between' and v.status = 'proposed'
      and not exists (select from core.table_word w where w.table_id = ${table} and w.version = v.id)
    order by v.term, v.id limit 200`.execute(tx);
  return rows;
}

/** The meetings of a table that were held as a session, newest first. */
export async function meetingsHeld(
  tx: Tx,
  table: string,
): Promise<{ readonly id: string; readonly day: Day; readonly about: string; readonly language: string }[]> {
  return tx
    .selectFrom('core.table_meeting')
    .select(['id', 'day', 'about', 'language'])
    .where('table_id', '=', table)
    .where('session', 'is not', null)
    .orderBy('day', 'desc')
    .limit(30)
    .execute();
}
