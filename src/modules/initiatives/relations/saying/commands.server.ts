import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { voiceOf } from '../../queries.server.ts';
import type { ToldDay } from '../../when/model.ts';
import { settleRelations } from '../commands.server.ts';
import type { RelationType, Speaker, Voice } from '../model.ts';
import type { Addressee } from './access.ts';
import type { AskedRelation, Words } from './input.ts';
import { refusalOf, standsWithout, withVoice, type SayingRefusal, type SpokenRelation } from './model.ts';
import { livesOfBoth, otherMeant, spokenRelation, spokenRelations } from './queries.server.ts';
import './jobs.server.ts';

/** What came of saying a relation: it stands, or a voice was added to what was told before, or something has to be answered first. */
export type Said =
  | { readonly came: 'said' | 'joined' }
  | {
      readonly came: 'back';
      readonly problem: { readonly field: string; readonly reason: SayingRefusal } | null;
      readonly found: readonly {
        readonly slug: string;
        readonly name: string;
        readonly town: string | null;
      }[];
    };

const mostADay = 40;

/**
 * Says a relation of an entry with another that everyone may know of, as that side or as a verifier, and lets the other side
 * be asked. What was told before by another is joined.
 */
export async function sayRelation(
  tx: Tx,
  entry: string,
  asked: AskedRelation,
  home: string,
): Promise<Result<Said, 'not_yours'>> {
  const teller = await voiceOf(tx, entry);
  if (!teller || !(await hasRight(tx, 'change', [entry]))) return refused('not_yours');
  const back = (field: string, reason: SayingRefusal) =>
    ok<Said>({ came: 'back', problem: { field, reason }, found: [] });
  const meant = await otherMeant(tx, entry, asked.other, asked.which);
  if (meant.id === null && meant.found.length > 0)
    return ok({ came: 'back', problem: null, found: meant.found });
  if (meant.id === null) return back('other', 'unknown_entry');
  const { type, along } = asked.way;
  const [from, to] = along ? [entry, meant.id] : [meant.id, entry];
  const speaks = (goesOut: string): Speaker =>
    teller === 'verifier' ? 'verifier' : goesOut === entry ? 'from' : 'to';
  const lives = await livesOfBoth(tx, from, to);
  const refusal = refusalOf({ type, since: asked.since, until: asked.until }, lives.from, lives.to, today());
  if (refusal) return back(refusal === 'not_both_there' ? 'other' : 'since-year', refusal);
  if ((await saidLately(tx, entry)) >= mostADay) return back('other', 'enough_today');
  const held = await heldAlready(tx, from, type, to);
  const { since, until } = asked;
  const id = held?.id ?? (await lay(tx, { from, type, to, who: speaks(from), since, until }));
  const who = speaks(held?.from ?? from);
  await speak(tx, id, { who, stance: held ? 'confirms' : 'asserts', saidOn: today(), words: asked.words });
  if (!held) await settleRelations(tx, [entry]);
  await layOpenRelation(tx, id);
  await askTheOthers(tx, entry, home);
  return ok({ came: held ? 'joined' : 'said' });
}

/** What one side answers about a relation: that it is so, or that they see it otherwise, in their own words. */
export interface Answer {
  readonly stance: 'confirms' | 'disputes';
  readonly words: Words | null;
}

/** Answers for an entry (as that side, or as a verifier there) about a relation that was told. Every other voice stays as it is. */
export async function answerRelation(
  tx: Tx,
  entry: string,
  relation: string,
  answer: Answer,
): Promise<Result<'answered', 'not_yours' | SayingRefusal>> {
  const mine = await mineToSpeakOf(tx, entry, relation);
  if (!mine || !(await hasRight(tx, 'change', [entry]))) return refused('not_yours');
  return answered(tx, mine, answer);
}

/** The same for who came by a letter about it. */
export async function answerByLetter(
  tx: Tx,
  { relation, initiative, link }: Addressee,
  answer: Answer,
): Promise<Result<'answered', 'not_yours' | SayingRefusal>> {
  const mine = await spokenRelation(tx, relation, initiative);
  if (!mine) return refused('not_yours');
  const done = await answered(tx, mine, answer);
  if (done.ok)
    await sql`update vault.entry_link set used_at = coalesce(used_at, now()) where id = ${link}`.execute(tx);
  return done;
}

async function answered(
  tx: Tx,
  { id, speaker, voices }: SpokenRelation,
  { stance, words }: Answer,
): Promise<Result<'answered', SayingRefusal>> {
  if (stance === 'disputes' && words === null) return refused('words_needed');
  const mine = withVoice(voices, { who: speaker, stance, saidOn: today(), words }).find(
    ({ who }) => who === speaker,
  );
  if (mine) await speak(tx, id, mine);
  await layOpenRelation(tx, id);
  return ok('answered');
}

/** Says since when a relation is over, as one of both sides or a verifier. How it was told before stays known. */
export async function endRelation(
  tx: Tx,
  entry: string,
  relation: string,
  { until, words }: { readonly until: ToldDay; readonly words: Words | null },
): Promise<Result<'ended', 'not_yours' | SayingRefusal>> {
  const mine = await mineToSpeakOf(tx, entry, relation);
  if (!mine || !(await hasRight(tx, 'change', [entry]))) return refused('not_yours');
  const sides = await sidesOf(tx, relation);
  if (!sides) return refused('not_yours');
  const lives = await livesOfBoth(tx, sides.from, sides.to);
  const refusal = refusalOf({ type: mine.type, since: mine.since, until }, lives.from, lives.to, today());
  if (refusal) return refused(refusal);
  await sql`with before as (
      update core.relation set recorded = tstzrange(lower(recorded), now()) where id = ${relation} and upper_inf(recorded)
      returning key, from_id, type, to_id, since, since_precision, valid, sources)
    insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources, told_by)
    select ${relation}, key, from_id, type, to_id, since, since_precision, ${until.day}::date, ${until.precision}, valid, sources, ${mine.speaker}
    from before`.execute(tx);
  const said = mine.voices.find(({ who }) => who === mine.speaker);
  const stance = said && said.stance !== 'disputes' ? said.stance : 'confirms';
  await speak(tx, relation, {
    who: mine.speaker,
    stance,
    saidOn: today(),
    words: words ?? said?.words ?? null,
  });
  await settleRelations(tx, [entry]);
  await layOpenRelation(tx, relation);
  return ok('ended');
}

/** Takes back what one side said of a relation, with its words. When nobody says so any more, the relation is let go. */
export async function takeBackVoice(
  tx: Tx,
  entry: string,
  relation: string,
): Promise<Result<'taken-back', 'not_yours'>> {
  const mine = await mineToSpeakOf(tx, entry, relation);
  if (!mine || !(await hasRight(tx, 'change', [entry]))) return refused('not_yours');
  await sql`delete from core.relation_voice where relation_id = ${relation} and who = ${mine.speaker}`.execute(
    tx,
  );
  if (!standsWithout(mine.voices, mine.speaker))
    await sql`select core.let_go_relations(array[${relation}]::uuid[])`.execute(tx);
  await layOpenRelation(tx, relation);
  return ok('taken-back');
}

/** Lets the other sides of what was told of this entry be asked, once the house comes to it. Asks the transaction of someone who may change the entry. */
export async function askTheOthers(tx: Tx, entry: string, home: string): Promise<void> {
  if (!(await hasRight(tx, 'change', [entry]))) return;
  await putOff(tx, 'ask-other-sides', { initiative: entry, home, tries: 0 }, { onlyOnce: entry });
}

async function mineToSpeakOf(tx: Tx, entry: string, relation: string): Promise<SpokenRelation | null> {
  const teller = await voiceOf(tx, entry);
  if (!teller) return null;
  return (await spokenRelations(tx, entry, teller)).find(({ id }) => id === relation) ?? null;
}

async function sidesOf(tx: Tx, relation: string): Promise<{ from: string; to: string } | null> {
  const { rows } = await sql<{ from: string; to: string }>`
    select from_id as "from", to_id as "to" from core.relation where id = ${relation} and upper_inf(recorded)`.execute(
    tx,
  );
  return rows[0] ?? null;
}

async function saidLately(tx: Tx, entry: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from core.relation where (from_id = ${entry} or to_id = ${entry}) and told_by <> 'public-sources'
      and lower(recorded) > now() - interval '1 day'`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** The same relation as it is held already; working together is the same from both sides. */
async function heldAlready(
  tx: Tx,
  from: string,
  type: RelationType,
  to: string,
): Promise<{ id: string; from: string } | null> {
  const { rows } = await sql<{ id: string; from: string }>`
    select id, from_id as "from" from core.relation where upper_inf(recorded) and type = ${type}
      and ((from_id = ${from} and to_id = ${to}) or (${type} = 'partners-with' and from_id = ${to} and to_id = ${from}))
    limit 1`.execute(tx);
  return rows[0] ?? null;
}

interface ToLay {
  readonly from: string;
  readonly type: RelationType;
  readonly to: string;
  readonly who: Speaker;
  readonly since: ToldDay;
  readonly until: ToldDay;
}

async function lay(tx: Tx, { from, type, to, who, since, until }: ToLay): Promise<string> {
  // Its days are settled against the lives of both in the same deed.
  await sql`set constraints all deferred`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    with new as (select uuidv7() as id)
    insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources, told_by)
    select id, 'said/' || id, ${from}::uuid, ${type}, ${to}::uuid, ${since.day}::date, ${since.precision}, ${until.day}::date, ${until.precision},
      daterange(null, null), '{}', ${who} from new returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

async function speak(tx: Tx, relation: string, { who, stance, saidOn, words }: Voice): Promise<void> {
  await sql`insert into core.relation_voice (relation_id, who, stance, said_on, words, language)
    values (${relation}, ${who}, ${stance}, ${saidOn}, ${words?.text ?? null}, ${words?.language ?? null})
    on conflict (relation_id, who) do update set stance = excluded.stance, said_on = excluded.said_on, words = excluded.words,
      language = excluded.language`.execute(tx);
}

async function layOpenRelation(tx: Tx, relation: string): Promise<void> {
  await sql`select core.lay_relations_open(array[${relation}]::uuid[])`.execute(tx);
}
