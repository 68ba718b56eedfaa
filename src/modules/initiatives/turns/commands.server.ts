import { sql } from 'kysely';
import { hasRight, insistOnRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { ProposalKind } from '../model.ts';
import type { PlaceColumns } from '../placing/model.ts';
import { voiceOf } from '../queries.server.ts';
import { askTheOthers } from '../relations/saying/commands.server.ts';
import { bringForth } from './commands/bring.server.ts';
import { layTurn, letGoTurn } from './commands/lay.server.ts';
import { back, misfit, placeMeant, type Standing, type Told } from './fitting/queries.server.ts';
import type { AskedTurn } from './input.ts';
import { coreKinds, effectsOf, periodsIn, without, type Party, type Telling, type Turn } from './model.ts';
import { proposedTurn, wordsOfTurn, type Proposed } from './proposing/model.ts';
import { isTurnKind, livedEntry, partiesMeant, tiesHeld } from './queries.server.ts';

interface Way {
  readonly language: Language;
  /** Where this house answers, for letters. */
  readonly home: string;
  /** The fact of their own that is told anew. */
  readonly fact?: string | null;
  /** The fact of another voice that is told differently. */
  readonly insteadOf?: string | null;
}

/**
 * Tells a turn in the life of an entry, as the initiative itself or as a verifier there; tells it anew when it names a fact
 * of theirs. On an entry that a verifier checked, what is at its core waits for one.
 */
export async function tellTurn(
  tx: Tx,
  entry: string,
  asked: AskedTurn,
  { language, home, fact = null, insteadOf = null }: Way,
): Promise<Result<Told, 'not_yours'>> {
  const at = (await hasRight(tx, 'change', [entry])) ? await standingBefore(tx, entry) : null;
  if (!at) return refused('not_yours');
  const mine = at.lived.life.tellings.find((one) => one.fact === fact);
  if (fact !== null && (mine?.kind !== asked.kind || mine.saidBy !== at.teller)) return refused('not_yours');
  const met = await partiesMeant(tx, entry, mine ? [] : asked.others, partyOf(asked));
  if (met.choices.length > 0) return ok(back({ choices: met.choices }));
  const turn = mine ? await turnAgain(tx, at, asked, mine) : turnFrom(asked, met.parties, insteadOf);
  const place = asked.place === '' ? null : await placeMeant(tx, entry, asked.place, language);
  if (place && !place.ok)
    return ok(back({ problems: [{ field: 'place', reason: 'place_unknown' }], places: place.places }));
  const proposed: Proposed = { turn, fact, place: asked.place || null, takeBack: false };
  const wrong = await misfit(tx, at, proposed, asked.anyway);
  if (wrong) return ok(wrong);
  const { life } = at.lived;
  const effects = effectsOf(turn, life, today());
  const born = fact === null ? await bringForth(tx, entry, effects.born, at.teller) : [];
  const keyed = { ...proposed, turn: keyedBy(turn, born) };
  if (waits(at, turn)) {
    await askTheOthers(tx, entry, home);
    return ok(await propose(tx, entry, keyed));
  }
  await lay(tx, at, keyed, place?.columns ?? null, home);
  return ok({ came: 'laid' });
}

/** Says that a turn which they told themselves did not happen. The telling stays known as one that was held. */
export async function takeBackTurn(tx: Tx, entry: string, fact: string): Promise<Result<Told, 'not_yours'>> {
  const at = (await hasRight(tx, 'change', [entry])) ? await standingBefore(tx, entry) : null;
  const mine = at?.lived.life.tellings.find((one) => one.fact === fact);
  if (!at || !mine || mine.saidBy !== at.teller || !isTurnKind(mine.kind)) return refused('not_yours');
  const { kind, day, precision, change, sources, insteadOf } = mine;
  const nobody = { words: null, others: [], into: null, goesOn: true } as const;
  const turn: Turn = { kind, day, precision, change, sources, insteadOf, ...nobody };
  if (periodsIn(without(at.lived.life, fact)).length === 0)
    return ok(back({ problems: [{ field: null, reason: 'only_beginning' }] }));
  if (waits(at, turn)) return ok(await propose(tx, entry, { turn, fact, place: null, takeBack: true }));
  await letGoTurn(tx, entry, fact, at.lived.life.start);
  return ok({ came: 'laid' });
}

export interface LookedAt {
  readonly id: string;
  readonly initiative: string;
  readonly kind: ProposalKind;
  readonly words: Readonly<Record<string, unknown>>;
  readonly saidBy: 'own' | 'verifier' | 'other';
}

/**
 * Lays a turn that waited, in the transaction of the verifier who looked at it and found it right, in the name of who told
 * it. A refusal says why it no longer fits; the proposal itself is not touched.
 */
export async function applyProposal(
  tx: Tx,
  { initiative, words, saidBy }: LookedAt,
): Promise<Result<{ initiative: string }, string>> {
  await insistOnRight(tx, 'watch', [initiative]);
  const proposed = proposedTurn(words);
  const lived = await livedEntry(tx, initiative);
  if (!proposed || !lived) return refused('turns.problem.unreadable');
  const at = {
    entry: initiative,
    teller: saidBy === 'own' ? ('own' as const) : ('verifier' as const),
    lived,
  };
  if (proposed.fact !== null && !lived.life.tellings.some(({ fact }) => fact === proposed.fact))
    return refused('turns.problem.gone');
  if (proposed.takeBack && proposed.fact !== null) {
    await letGoTurn(tx, initiative, proposed.fact, lived.life.start);
    return ok({ initiative });
  }
  const wrong = await misfit(tx, at, proposed, true);
  const [problem] = wrong?.came === 'back' ? wrong.problems : [];
  if (problem) return refused(`turns.problem.${problem.reason}`);
  const place = proposed.place === null ? null : await placeMeant(tx, initiative, proposed.place, 'nl');
  if (place && !place.ok) return refused('turns.problem.place_unknown');
  await lay(tx, at, proposed, place?.columns ?? null, null);
  return ok({ initiative });
}

/** Who tells and of what life, held still until this deed is done: of two who tell at once the second sees what the first told. */
async function standingBefore(tx: Tx, entry: string): Promise<Standing | null> {
  const teller = await voiceOf(tx, entry);
  if (!teller) return null;
  await sql`select from core.initiative where id = ${entry} for update`.execute(tx);
  const lived = await livedEntry(tx, entry);
  return lived && { entry, teller, lived };
}

const waits = ({ teller, lived }: Standing, { kind, insteadOf }: Turn): boolean => {
  const about = lived.life.tellings.find(({ fact }) => fact === insteadOf)?.kind ?? kind;
  return teller === 'own' && lived.checked && (coreKinds.includes(kind) || coreKinds.includes(about));
};

const partyOf =
  ({ kind }: AskedTurn) =>
  (name: string): Party => ({ name, wasThere: kind === 'merged' });

/** A turn as it is told anew: who had part in it and whether it went on stay as they were. */
async function turnAgain(tx: Tx, { entry, lived }: Standing, asked: AskedTurn, mine: Telling): Promise<Turn> {
  const turn = turnFrom(asked, [], mine.insteadOf);
  const ties = await tiesHeld(tx, mine.fact);
  const gone = lived.life.tellings.some(({ key }) => key === `${mine.key}/ended`);
  const [first, ...rest] = ties;
  const into = first && turn.kind === 'merged' && first.from === entry ? { entry: first.to } : null;
  const others = (into ? rest : ties).map((tie) => ({ entry: tie.from }));
  return { ...turn, others, into: into ?? (turn.kind === 'merged' ? 'self' : null), goesOn: !gone };
}

function turnFrom(asked: AskedTurn, parties: readonly Party[], insteadOf: string | null): Turn {
  const { kind, when, words, sources, into, name, formality, scope, goesOn } = asked;
  const [first, ...rest] = parties;
  return {
    kind,
    ...when,
    change: {
      ...(kind === 'renamed' && { name }),
      ...(kind === 'formalised' && formality !== null && { formality }),
      ...(kind === 'grew' && scope !== null && { scope }),
    },
    words,
    sources,
    others: into === 'them' ? rest : parties,
    into: into === 'us' ? 'self' : into === 'them' ? (first ?? null) : into === 'new' ? { name } : null,
    goesOn,
    insteadOf,
  };
}

/** The turn with those who came forth in the place of their names, in the order in which effectsOf brings them. */
function keyedBy(turn: Turn, born: readonly string[]): Turn {
  const keys = [...born];
  const keyed = <One extends Party | 'self' | null>(one: One): Party | One =>
    one !== null && one !== 'self' && 'name' in one ? { entry: keys.shift() ?? '' } : one;
  const into = keyed(turn.into);
  return { ...turn, into, others: turn.others.map((other) => keyed(other)) };
}

async function propose(tx: Tx, entry: string, proposed: Proposed): Promise<Told> {
  const { kind } = proposed.turn;
  const keys = [...proposed.turn.others, proposed.turn.into].flatMap((party) =>
    party !== null && party !== 'self' && 'entry' in party ? party.entry : [],
  );
  const words = wordsOfTurn(proposed, await namesKnown(tx, keys));
  await sql`insert into core.proposal (initiative_id, kind, words, said_by, brought_by)
    values (${entry}, ${kind === 'split' ? 'split' : kind === 'merged' ? 'merge' : 'event'},
      ${JSON.stringify(words)}::jsonb, 'own', core.viewer())`.execute(tx);
  return { came: 'waits' };
}

/** What entries are called, also those that wait to be looked at. */
async function namesKnown(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (p.initiative_id) p.initiative_id as id, p.name from core.initiative_period p
    where p.initiative_id = any(${[...ids]}::uuid[]) order by p.initiative_id, p.valid desc`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function lay(
  tx: Tx,
  { entry, teller, lived }: Standing,
  { turn, fact }: Proposed,
  place: PlaceColumns | null,
  home: string | null,
): Promise<void> {
  const { life } = lived;
  const { tellings, ties } = effectsOf(turn, life, today());
  await layTurn(tx, { entry, fact, teller, start: life.start, tellings, ties, place });
  if (home !== null && ties.length > 0) await askTheOthers(tx, entry, home);
}
