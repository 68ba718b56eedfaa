import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { layOpen } from '../../commands.server.ts';
import type { Shape } from '../../model.ts';
import type { PlaceColumns } from '../../placing/model.ts';
import { parseAnswers, parseSince } from '../input.ts';
import { changedBetween, joined } from '../meanwhile/model.ts';
import {
  answerTo,
  asked,
  coreQuestions,
  differing,
  isReplaced,
  shapeOf,
  word,
  type Answers,
  type CoreQuestion,
  type KeptEntry,
  type Problem,
  type Question,
  type Saved,
  type Since,
  type Typed,
} from '../model.ts';
import { entryToKeep, hasLooked } from '../queries.server.ts';
import { layTellings } from '../telling/commands.server.ts';
import { beginningTold, moved, planOf } from '../telling/model.ts';
import { settlePlace, settlePrecision } from '../where/commands.server.ts';
import { audiencesKnown, placeAnswered, wouldWatch } from '../where/queries.server.ts';
import { proposeChanges } from './propose-changes.server.ts';
import { noteChanges, settleKeptBack, settleText } from './settle-parts.server.ts';

/** What came in from the form: `before` is what the person began with, null where that is not known. */
export interface Given {
  readonly typed: Typed;
  readonly unreadable: readonly string[];
  readonly before: Typed | null;
}

/** Everything that would change, worked out and found possible. */
interface Wish {
  readonly answers: Answers;
  readonly changed: readonly Question[];
  readonly shape: Partial<Shape>;
  /** The new place; null where it stays, also when only how precisely it may be known changes. */
  readonly place: PlaceColumns | null;
  readonly since: Since;
}

/**
 * Saves what a keeper or verifier changed in the form. What someone else saved meanwhile stands beside it; where both answered
 * one question otherwise nothing is saved and both come back. On a checked entry its keeper's core facts wait for a verifier.
 */
export async function changeEntry(tx: Tx, id: string, given: Given, language: Language): Promise<Saved> {
  if (!(await hasRight(tx, 'change', [id]))) return { kind: 'absent' };
  await sql`select from core.initiative where id = ${id} for update`.execute(tx);
  const looked = word(given.typed, 'pointShown') === 'yes' && (await hasLooked(tx, id));
  const entry = await entryToKeep(tx, id, language, looked);
  if (!entry) return { kind: 'absent' };
  const both = joined(given.before, entry.typed, given.typed);
  const { clashes, theirs, typed } = both;
  const refuse = (problems: readonly Problem[]): Saved => ({ kind: 'problems', typed, problems });
  if (clashes.length > 0 && given.unreadable.length === 0)
    return { kind: 'clash', typed, now: entry.typed, clashes };
  const wish = await wishIn(tx, entry, typed, given.unreadable, language);
  if (!wish.ok) return refuse(wish.problems);
  const waits = entry.own && entry.checked ? coreQuestions.filter((one) => waitsFor(one, wish.wish)) : [];
  await sql`savepoint before_change`.execute(tx);
  if (!(await carryOut(tx, entry, wish.wish, waits))) {
    await sql`rollback to savepoint before_change`.execute(tx);
    return refuse([{ field: 'sinceYear', reason: 'relations_outside' }]);
  }
  const told = wish.wish.changed.filter((question) => !waits.some((one) => one === question));
  await noteChanges(
    tx,
    id,
    entry.own ? 'own' : 'verifier',
    told.map((field) => ({ field, was: answerTo(entry.typed, field), became: answerTo(typed, field) })),
  );
  await layOpen(tx, [id]);
  return { kind: 'saved', told, waits, theirs };
}

const waitsFor = (question: CoreQuestion, wish: Wish) =>
  question === 'place' ? wish.place !== null : wish.changed.includes(question);

async function wishIn(
  tx: Tx,
  entry: KeptEntry,
  typed: Typed,
  unreadable: readonly string[],
  language: Language,
): Promise<{ ok: true; wish: Wish } | { ok: false; problems: readonly Problem[] }> {
  const changed = changedBetween(entry.typed, typed);
  const fields: readonly string[] = changed.flatMap((question) => asked[question]);
  const parsed = parseAnswers(typed, unreadable, today());
  // What was held before we asked so precisely does not stand in the way of a change elsewhere.
  const problems = parsed.problems.filter(
    ({ field }) => fields.includes(field) || unreadable.includes(field),
  );
  const { answers } = parsed;
  const audiences = changed.includes('audiences')
    ? await audiencesKnown(tx, answers.audiences, language)
    : entry.shape.audiences;
  const shape = Object.fromEntries(
    Object.entries(differing(entry.shape, { ...shapeOf(answers), audiences })).filter(([part]) =>
      changed.some((question) => question === part || (part === 'ledBy' && question === 'led-by')),
    ),
  ) as Partial<Shape>;
  const isElsewhere = ['place', 'point'].some((field) => word(typed, field) !== word(entry.typed, field));
  const wasSomewhere = word(entry.typed, 'place') !== '';
  const asksWhen = isReplaced(entry.shape, shape) || (isElsewhere && wasSomewhere);
  const when = asksWhen ? parseSince(typed, today()) : { since: { kind: 'wrong' } as const, problem: null };
  if (when.problem) problems.push(when.problem);
  let place: PlaceColumns | null = null;
  if (isElsewhere && problems.length === 0) {
    const placed = await placeAnswered(tx, answers.place, language);
    if (!placed.ok) return { ok: false, problems: [placed.problem] };
    if (!entry.own && !(await wouldWatch(tx, placed.columns)))
      return { ok: false, problems: [{ field: 'place', reason: 'place_not_yours' }] };
    place = placed.columns;
  }
  if (problems.length > 0 || !when.since) return { ok: false, problems };
  return { ok: true, wish: { answers, changed, shape, place, since: when.since } };
}

/** Writes everything but what waits; answers false when a relation would no longer fit. */
async function carryOut(
  tx: Tx,
  entry: KeptEntry,
  wish: Wish,
  waits: readonly CoreQuestion[],
): Promise<boolean> {
  const { id, own, events } = entry;
  const { answers, changed, since } = wish;
  const voice = own ? 'own' : 'verifier';
  const has = (question: Question) => changed.includes(question) && !waits.some((one) => one === question);
  if (waits.length > 0) await proposeChanges(tx, entry, waits, wish);
  const set = {
    ...(has('website') && { website: answers.website }),
    ...(has('mail') && { mail: answers.mail }),
    ...(has('phone') && { phone: answers.phone }),
    ...(has('kept-back') && { visibility: answers.visibility }),
    ...(own && { confirmed_on: sql<string>`core.today()`, last_sign: 'seen' as const }),
    changed_at: sql<Date>`now()`,
  };
  await tx.updateTable('core.initiative').set(set).where('id', '=', id).execute();
  if (has('text')) await settleText(tx, id, answers.text, voice);
  if (has('kept-back')) await settleKeptBack(tx, id, answers.keptBack);
  if (wish.place && has('place')) await settlePlace(tx, id, wish.place, since);
  if (changed.includes('place') && !wish.place) await settlePrecision(tx, id, answers.place.precision);
  const { name, ...rest } = wish.shape;
  const shape = name !== undefined && has('name') ? { name, ...rest } : rest;
  const plan = planOf(events, shape, since, voice, today());
  const tellings = [
    ...plan.tellings,
    ...(wish.place && has('place') && since.kind === 'day' && isOpen(answers)
      ? [moved(since.day, since.precision)]
      : []),
    ...(has('since') ? [beginningTold(events, answers.since, voice)] : []),
  ];
  if (tellings.length === 0 && Object.keys(plan.atFirst).length === 0) return true;
  return layTellings(tx, id, voice, tellings, { ...entry.atFirst, ...plan.atFirst });
}

// That someone moved says something of a place that is to stay unknown.
const isOpen = ({ place, keptBack }: Answers) =>
  place.precision !== 'hidden' && !keptBack.some(({ field }) => field === 'place');
