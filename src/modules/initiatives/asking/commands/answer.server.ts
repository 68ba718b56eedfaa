import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { layOpen } from '../../commands.server.ts';
import { confirmEntry } from '../../keeping/commands/confirm-entry.server.ts';
import type { OpenedLink } from '../../links/model.ts';
import { writtenIn, type Answer, type AskingWish, type Since } from '../model.ts';
import '../tables.ts';
import { takeBackEvent, tellEvent } from './tell.server.ts';

export interface GivenAnswer {
  readonly answer: Answer;
  /** Since when it stopped; only told with that answer. */
  readonly since: Since | null;
  /** In their own words, in any language. */
  readonly said: string | null;
  /** The language of the page they wrote it on. */
  readonly language: Language;
}

export type AnswerRefusal = 'asking.refused.gone' | 'asking.refused.not-laid';

/**
 * Answers whether an entry is still true, by the link that was mailed to it. Answering twice does no harm, and another
 * answer takes the place of the last one. What a verifier has to look at becomes a proposal.
 */
export async function answerAsking(
  tx: Tx,
  link: OpenedLink,
  given: GivenAnswer,
): Promise<Result<{ answer: Answer; proposed: boolean }, AnswerRefusal>> {
  const initiative = link.initiative;
  if (initiative === null || !(await hasRight(tx, 'keep', [initiative])))
    return refused('asking.refused.gone');
  const entry = await tx
    .selectFrom('core.initiative')
    .select(['standing', 'checked_on'])
    .where('id', '=', initiative)
    .forUpdate()
    .executeTakeFirst();
  if (entry?.standing !== 'laid') return refused('asking.refused.not-laid');
  await note(tx, link, initiative, given.answer);
  const stop = `ended:own:${link.about ?? link.id}`;
  const tookBack = given.answer !== 'stopped' && (await takeBackStop(tx, link, initiative, stop));
  const changed = { right: confirm, changed: proposeChange, stopped: sayStopped }[given.answer];
  const { proposed, laid } = await changed(tx, {
    link,
    initiative,
    given,
    stop,
    checked: entry.checked_on !== null,
  });
  if (laid || tookBack) {
    await tx
      .updateTable('core.initiative')
      .set({ changed_at: sql<Date>`now()` })
      .where('id', '=', initiative)
      .execute();
    await layOpen(tx, [initiative]);
  }
  return ok({ answer: given.answer, proposed });
}

interface Deed {
  readonly link: OpenedLink;
  readonly initiative: string;
  readonly given: GivenAnswer;
  readonly stop: string;
  readonly checked: boolean;
}
interface Done {
  readonly proposed: boolean;
  readonly laid: boolean;
}

async function note(tx: Tx, link: OpenedLink, initiative: string, answer: Answer): Promise<void> {
  await sql`update vault.entry_link set used_at = coalesce(used_at, now()) where id = ${link.id}`.execute(tx);
  await sql`update core.asking set answer = ${answer}, answered_at = now()
    where id = ${link.about} and initiative_id = ${initiative} and answer is distinct from ${answer}`.execute(
    tx,
  );
}

/** 'It is right': keeping tells it in the initiative's own voice and lays it open. */
async function confirm(tx: Tx, { initiative }: Deed): Promise<Done> {
  await confirmEntry(tx, initiative);
  return { proposed: false, laid: false };
}

/** 'Something changed': what they wrote waits for a verifier; what they change themselves goes through keeping. */
async function proposeChange(tx: Tx, deed: Deed): Promise<Done> {
  const { said, language: page } = deed.given;
  const language = writtenIn(said ?? '', page);
  return { proposed: said !== null && (await propose(tx, deed, 'change', { said, language })), laid: false };
}

/** 'We stopped': laid at once, save on an entry that a verifier checked. */
async function sayStopped(tx: Tx, deed: Deed): Promise<Done> {
  const { since, said, language: page } = deed.given;
  const language = writtenIn(said ?? '', page);
  const { day, precision } = since ?? { day: today(), precision: 'at-latest' as const };
  if (deed.checked)
    return { proposed: await propose(tx, deed, 'stopped', { day, precision, said, language }), laid: false };
  const told = await tellEvent(tx, deed.initiative, {
    key: deed.stop,
    kind: 'ended',
    day,
    precision,
    saidBy: 'own',
    said: said === null ? null : { language, words: said },
  });
  return { proposed: false, laid: told };
}

/** The same words from the same link wait only once; another 'stopped' takes the place of the last one. */
async function propose(
  tx: Tx,
  { link, initiative }: Deed,
  kind: 'change' | 'stopped',
  words: object,
): Promise<boolean> {
  const told = JSON.stringify(words);
  const { rows } = await sql<{ same: boolean; id: string }>`
    select id, words = ${told}::jsonb as same from core.proposal
    where initiative_id = ${initiative} and kind = ${kind} and standing = 'waiting' and brought_by = ${link.id}`.execute(
    tx,
  );
  if (rows.some(({ same }) => same)) return true;
  if (kind === 'stopped') await takeBackProposals(tx, link, initiative);
  await sql`insert into core.proposal (initiative_id, kind, words, said_by, brought_by)
    values (${initiative}, ${kind}, ${told}::jsonb, 'own', ${link.id})`.execute(tx);
  return true;
}

async function takeBackProposals(tx: Tx, link: OpenedLink, initiative: string): Promise<void> {
  await sql`update core.proposal set standing = 'withdrawn', decided_at = now()
    where initiative_id = ${initiative} and kind = 'stopped' and standing = 'waiting' and brought_by = ${link.id}`.execute(
    tx,
  );
}

/** Whoever pressed the wrong button answers again: what they said of stopping is taken back. */
async function takeBackStop(tx: Tx, link: OpenedLink, initiative: string, key: string): Promise<boolean> {
  await takeBackProposals(tx, link, initiative);
  return takeBackEvent(tx, initiative, key);
}

/** Says how often this initiative wishes to be asked from now on. Refuses who does not keep the entry. */
export async function sayAskingWish(
  tx: Tx,
  initiative: string,
  wish: AskingWish,
): Promise<Result<null, 'asking.refused.gone'>> {
  if (!(await hasRight(tx, 'change', [initiative]))) return refused('asking.refused.gone');
  if (wish === 'usual')
    await tx.deleteFrom('core.asking_wish').where('initiative_id', '=', initiative).execute();
  else
    await tx
      .insertInto('core.asking_wish')
      .values({ initiative_id: initiative, wish })
      .onConflict((clash) => clash.column('initiative_id').doUpdateSet({ wish, said_at: sql<Date>`now()` }))
      .execute();
  return ok(null);
}
