import { sql } from 'kysely';
import { hasRight, insistOnRight } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen, settleLives } from '../../commands.server.ts';
import { settlePlace } from '../../keeping/where/commands.server.ts';
import type { PlaceColumns } from '../../placing/model.ts';
import { settleRelations } from '../../relations/commands.server.ts';
import type { Shape } from '../../model.ts';
import type { End, NewTelling, Teller, Tie, Words } from '../model.ts';

/** What a turn writes on the one whose life it is. */
export interface ToLay {
  readonly entry: string;
  /** The fact of the turn, when it is told anew. */
  readonly fact: string | null;
  readonly teller: Teller;
  readonly start: Shape;
  readonly tellings: readonly NewTelling[];
  readonly ties: readonly Tie[];
  /** Where it moved to. */
  readonly place: PlaceColumns | null;
}

/**
 * Writes a turn: what was told of the same fact before stops being what we hold, and stays known as such. Asks the
 * transaction of someone who may change the entry.
 */
export async function layTurn(tx: Tx, turn: ToLay): Promise<void> {
  const { entry, teller, tellings, ties, place } = turn;
  await insistOnRight(tx, 'change', [entry]);
  if (turn.fact) await closeTurn(tx, entry, turn.fact);
  const fact = turn.fact ?? (await newKey(tx));
  for (const telling of tellings) await tell(tx, entry, fact, telling, teller);
  const day = tellings[0]?.day ?? null;
  if (place && day) await settlePlace(tx, entry, place, { kind: 'day', day, precision: 'day' });
  // Their days are settled against the lives of both before this deed ends.
  await sql`set constraints all deferred`.execute(tx);
  const [first] = ties;
  if (turn.fact && first)
    await sql`select core.retie(${`turn/${fact}`}, ${first.since.day}::date, ${first.since.precision})`.execute(
      tx,
    );
  if (!turn.fact)
    for (const [at, tie] of ties.entries()) await tieTogether(tx, turn, `turn/${fact}/${at}`, tie);
  await settle(tx, entry, turn.start, endsOf(ties));
}

/** Stops holding a turn that did not happen so, with the relations it brought. Asks the transaction of someone who may change the entry. */
export async function letGoTurn(tx: Tx, entry: string, fact: string, start: Shape): Promise<void> {
  await insistOnRight(tx, 'change', [entry]);
  await closeTurn(tx, entry, fact);
  await sql`select core.untie(${`turn/${fact}`})`.execute(tx);
  await settle(tx, entry, start, []);
}

const newKey = async (tx: Tx): Promise<string> => {
  const { rows } = await sql<{ key: string }>`select uuidv7() as key`.execute(tx);
  return rows[0]?.key ?? '';
};

async function closeTurn(tx: Tx, entry: string, fact: string): Promise<void> {
  const { rows } = await sql<{ kind: string; day: Day | null }>`
    update core.life_event set recorded = tstzrange(lower(recorded), now())
    where initiative_id = ${entry} and upper_inf(recorded) and (fact = ${fact} or key = ${`turn/${fact}/ended`})
    returning kind, day`.execute(tx);
  await sql`delete from core.life_event_text where initiative_id = ${entry} and fact = ${fact} and origin = 'own'`.execute(
    tx,
  );
  const moved = rows.find(({ kind }) => kind === 'moved');
  if (moved?.day) await forgetMove(tx, entry, moved.day);
}

/** As if it had not moved on that day: it stays where it was before. */
async function forgetMove(tx: Tx, entry: string, day: Day): Promise<void> {
  await sql`delete from vault.initiative_place where initiative_id = ${entry} and lower(valid) = ${day}::date
    and exists (select from vault.initiative_place b where b.initiative_id = ${entry} and upper(b.valid) = ${day}::date)`.execute(
    tx,
  );
  await sql`update vault.initiative_place v set valid = daterange(lower(v.valid), (select min(lower(n.valid)) from vault.initiative_place n
      where n.initiative_id = ${entry} and lower(n.valid) >= ${day}::date))
    where v.initiative_id = ${entry} and upper(v.valid) = ${day}::date`.execute(tx);
}

async function tell(tx: Tx, entry: string, turn: string, telling: NewTelling, teller: Teller): Promise<void> {
  const { part, kind, day, precision, change, words, sources, insteadOf } = telling;
  const key = `turn/${turn}${part}`;
  const { rows } = await sql<{ fact: string }>`
    insert into core.life_event (fact, initiative_id, key, kind, day, precision, change, sources, said_by, instead_of, words, words_language)
    values (${part === '' ? turn : sql`coalesce((select e.fact from core.life_event e where e.initiative_id = ${entry} and e.key = ${key} limit 1), uuidv7())`},
      ${entry}, coalesce((select e.key from core.life_event e where e.initiative_id = ${entry} and e.fact = ${part === '' ? turn : null} limit 1), ${key}),
      ${kind}, ${day}, ${precision}, ${JSON.stringify(change)}::jsonb, ${[...sources]}, ${teller}, ${insteadOf}, ${words?.text ?? null}, ${words?.language ?? null})
    returning fact`.execute(tx);
  const fact = rows[0]?.fact;
  if (words && fact) await say(tx, entry, fact, words);
}

async function say(tx: Tx, entry: string, fact: string, { language, text }: Words): Promise<void> {
  await sql`insert into core.life_event_text (fact, initiative_id, language, text, origin) values (${fact}, ${entry}, ${language}, ${text}, 'own')
    on conflict (fact, language) do update set text = excluded.text, origin = 'own'`.execute(tx);
}

const endsOf = (ties: readonly Tie[]) =>
  ties
    .flatMap(({ from, to }) => [from, to])
    .flatMap((end) => (end !== 'self' && 'entry' in end ? end.entry : []));

/** Relates two ends as this turn tells it; where the same relation is held already, the teller's voice is added to it. */
async function tieTogether(tx: Tx, { entry, teller }: ToLay, key: string, tie: Tie): Promise<void> {
  const keyOf = (end: End): string => {
    if (end === 'self') return entry;
    if ('entry' in end) return end.entry;
    throw new Error('An entry that comes forth is brought before it is tied to another.');
  };
  const [from, to] = [keyOf(tie.from), keyOf(tie.to)];
  const who = teller === 'verifier' ? 'verifier' : tie.from === 'self' ? 'from' : 'to';
  const { day, precision } = tie.since;
  const held = await sql<{ id: string }>`
    select id from core.relation where upper_inf(recorded) and from_id = ${from} and type = ${tie.type} and to_id = ${to}`.execute(
    tx,
  );
  const before = held.rows[0];
  if (before) {
    await sql`insert into core.relation_voice (relation_id, who, stance) values (${before.id}, ${who}, 'confirms') on conflict do nothing`.execute(
      tx,
    );
    return;
  }
  const { rows } = await sql<{ id: string }>`
    insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources, told_by)
    values (uuidv7(), ${key}, ${from}, ${tie.type}, ${to}, ${day}, ${precision}, null, 'unknown', daterange(null, null), '{}', ${who})
    returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await sql`insert into core.relation_voice (relation_id, who, stance) values (${id}, ${who}, 'asserts') on conflict do nothing`.execute(
    tx,
  );
}

/** Makes the life, the relations and what the street sees follow what is told now. */
async function settle(tx: Tx, entry: string, start: Shape, others: readonly string[]): Promise<void> {
  await settleLives(tx, entry, start);
  const mine: string[] = [entry];
  for (const other of new Set(others)) if (await hasRight(tx, 'change', [other])) mine.push(other);
  await settleRelations(tx, mine);
  await sql`set constraints all immediate`.execute(tx);
  await sql`update core.initiative set changed_at = now() where id = ${entry}`.execute(tx);
  await layOpen(tx, [entry]);
}
