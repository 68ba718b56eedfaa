import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { TableGoer } from '../access.ts';
import '../tables.ts';
import { adoptRefusals, type AdoptRefusal } from './model.ts';
import './tables.ts';

/** Lays an open between-word on a table, to be discussed there. */
export async function layWord(
  tx: Tx,
  _who: TableGoer,
  table: string,
  version: string,
): Promise<Result<null, 'which' | 'lies_already'>> {
  const { rows } = await sql<{ open: boolean }>`
    select true as open from pub.word_version v where v.id = ${version} and v.register = 'between' and v.status = 'proposed'`.execute(
    tx,
  );
  if (rows.length === 0) return refused('which');
  const laid = await tx
    .insertInto('core.table_word')
    .values({
      table_id: table,
      version,
      meeting: null,
      ended_on: null,
      why: null,
      language: null,
      adoption: null,
    })
    .onConflict((clash) => clash.columns(['table_id', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return laid ? ok(null) : refused('lies_already');
}

/** Says in which meeting of the table a word was discussed. */
export async function tellWhere(
  tx: Tx,
  _who: TableGoer,
  lies: string,
  meeting: string,
): Promise<Result<null, 'not_there'>> {
  const told = await tx
    .updateTable('core.table_word')
    .set({ meeting })
    .where('id', '=', lies)
    .where('state', '=', 'lying')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('core.table_meeting as m')
          .select('m.id')
          .where('m.id', '=', meeting)
          .whereRef('m.table_id', '=', 'core.table_word.table_id'),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  return told ? ok(null) : refused('not_there');
}

/** Signs for a word as a seat: its holder by their own hand, or who keeps the table on the word of a formal institution without an entry. */
export async function signFor(
  tx: Tx,
  who: TableGoer,
  lies: string,
  seat: string,
): Promise<Result<null, 'not_there'>> {
  const { rows } = await sql<{ side: 'formal' | 'lived' | null; own: boolean; bare: boolean }>`
    select core.side_of(s.id) as side, core.speaks_for_seat(s.id) as own, s.initiative is null and core.keeps_table(s.table_id) as bare
    from core.seat s join core.table_word w on w.table_id = s.table_id and w.state = 'lying'
    where s.id = ${seat} and w.id = ${lies} and s.state = 'taken'`.execute(tx);
  const [held] = rows;
  const holder = held?.own && held.side !== null;
  if (!held || !(holder || held.bare)) return refused('not_there');
  await tx
    .insertInto('core.word_signature')
    .values({
      lies,
      seat,
      side: holder ? (held.side ?? 'lived') : 'formal',
      told_by: holder ? 'holder' : 'keeper',
      signed_by: who.id,
    })
    .onConflict((clash) => clash.columns(['lies', 'seat']).doNothing())
    .execute();
  return ok(null);
}

/** Takes a signature back, as long as the word lies there. */
export async function takeSignatureBack(
  tx: Tx,
  _who: TableGoer,
  lies: string,
  seat: string,
): Promise<Result<null, 'not_there'>> {
  const gone = await tx
    .deleteFrom('core.word_signature')
    .where('lies', '=', lies)
    .where('seat', '=', seat)
    .returning('seat')
    .executeTakeFirst();
  return gone ? ok(null) : refused('not_there');
}

/** Adopts a word that was discussed in a room and signed by both sides; its page says so from then on. */
export async function adoptWord(tx: Tx, _who: TableGoer, lies: string): Promise<Result<null, AdoptRefusal>> {
  const { rows } = await sql<{ came: string }>`select core.adopt_at_table(${lies}) as came`.execute(tx);
  const came = rows[0]?.came;
  if (came === 'adopted') return ok(null);
  return refused(adoptRefusals.find((reason) => reason === came) ?? 'not_there');
}

/** Lets a word go, with the reason. */
export async function letWordGo(
  tx: Tx,
  _who: TableGoer,
  { lies, why }: { readonly lies: string; readonly why: string },
  language: Language,
): Promise<Result<null, 'not_there'>> {
  const gone = await tx
    .updateTable('core.table_word')
    .set({ state: 'let-go', ended_on: today(), why, language })
    .where('id', '=', lies)
    .where('state', '=', 'lying')
    .returning('id')
    .executeTakeFirst();
  return gone ? ok(null) : refused('not_there');
}

/** Lays a word that was let go on the table again. */
export async function layAgain(tx: Tx, _who: TableGoer, lies: string): Promise<Result<null, 'not_there'>> {
  const laid = await tx
    .updateTable('core.table_word')
    .set({ state: 'lying', ended_on: null, why: null, language: null })
    .where('id', '=', lies)
    .where('state', '=', 'let-go')
    .returning('id')
    .executeTakeFirst();
  return laid ? ok(null) : refused('not_there');
}
