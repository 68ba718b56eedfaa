import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator, RoomPhone } from '../../access.ts';
import { tellRoom } from '../../live/commands.server.ts';
import { ballotWords } from '../../model.ts';
import { mayTellOfSomeone } from '../../saying/model.ts';
import { nextNumber } from '../../saying/queries.server.ts';
import '../../saying/tables.ts';
import { stepsOf } from '../../preparing/queries.server.ts';
import { stepForPaper, type CardStones, type CardWish } from './model.ts';

type Done<Value = null> = Promise<Result<Value, 'not_now'>>;

/**
 * Types in the votes of a paper card. The same number again corrects that card and is never a second one. The walls refuse (an
 * error) whoever neither leads the session nor helps in it.
 */
export async function typeCard(
  tx: Tx,
  _helper: Facilitator | RoomPhone,
  session: string,
  { card, votes }: CardWish,
): Done {
  const { rows } = await sql<{ taken: boolean }>`select core.cast_card(${session}::uuid, ${card}::smallint,
    ${votes.map(({ statement }) => statement)}::uuid[], ${votes.map(({ said }) => ballotWords[said])}::smallint[]) as taken`.execute(
    tx,
  );
  return rows[0]?.taken ? ok(null) : refused('not_now');
}

/** Types in the stones of a paper card, all anew. The walls refuse (an error) whoever neither leads nor helps. */
export async function typeStones(
  tx: Tx,
  _helper: Facilitator | RoomPhone,
  session: string,
  { card, stones }: CardStones,
): Done {
  const { rows } = await sql<{
    taken: boolean;
  }>`select core.lay_card_stones(${session}::uuid, ${card}::smallint,
    ${stones.map(({ issue }) => issue)}::uuid[], ${stones.map(({ stones: many }) => many)}::smallint[]) as taken`.execute(
    tx,
  );
  if (!rows[0]?.taken) return refused('not_now');
  await tellRoom(tx, session, 'stones');
  return ok(null);
}

/**
 * Writes down a statement that came on paper; answers its number. Nobody stands beside it as its author. What may tell of someone
 * is held until who leads looked.
 */
export async function writeFromPaper(
  tx: Tx,
  _helper: Facilitator | RoomPhone,
  session: string,
  { text, language }: { readonly text: string; readonly language: string },
): Done<number> {
  const { rows } = await sql<{
    open: boolean;
  }>`select s.state in ('live','paused') and core.helps_in(s.id) as open
    from core.session s where s.id = ${session}`.execute(tx);
  if (!rows[0]?.open) return refused('not_now');
  const place = stepForPaper(await stepsOf(tx, session));
  if (!place.ok) return place;
  const number = await nextNumber(tx, session, 'statement');
  const tells = mayTellOfSomeone(text);
  await tx
    .insertInto('core.statement')
    .values({
      id: randomUUID(),
      session,
      number,
      step: place.value.position,
      form: place.value.form,
      language,
      text,
      side: null,
      as_role: null,
      standing: tells ? 'held' : 'open',
      merged_into: null,
      why: tells ? 'about_someone' : null,
      issue: null,
      on_paper: true,
    })
    .execute();
  await tellRoom(tx, session, 'statement', { number: tells ? null : number });
  return ok(number);
}
