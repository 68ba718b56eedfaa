import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { placeAnswered } from '../../keeping/where/queries.server.ts';
import { livesOf } from '../../model.ts';
import type { PlaceColumns } from '../../placing/model.ts';
import type { TurnProblemReason } from '../input.ts';
import { effectsOf, periodsIn, tellingsOf, withTold, without, type Teller } from '../model.ts';
import type { Proposed } from '../proposing/model.ts';
import { livesHeld, namesOpen, placeShown, relationsBeside, type LivedEntry } from '../queries.server.ts';
import type { Choice } from '../page/model.ts';
import { outside, refusalOf, type TurnRefusal } from './model.ts';

/** What came of telling: it stands, or it waits for a verifier, or something has to be answered first. */
export type Told =
  | { readonly came: 'laid' | 'waits' }
  | {
      readonly came: 'back';
      readonly problems: readonly {
        readonly field: string | null;
        readonly reason:
          TurnProblemReason | TurnRefusal | 'place_unknown' | 'others_not_then' | 'only_beginning';
      }[];
      readonly choices: readonly Choice[];
      /** Names of relations that no longer fit the life that is told. */
      readonly outside: readonly string[];
      readonly places: readonly string[];
    };

/** Sends a telling back to who told it. */
export const back = (more: Partial<Extract<Told, { came: 'back' }>>): Told => ({
  came: 'back',
  problems: [],
  choices: [],
  outside: [],
  places: [],
  ...more,
});

/** Who tells, and of what life. */
export interface Standing {
  readonly entry: string;
  readonly teller: Teller;
  readonly lived: LivedEntry;
}

/** Where an entry moved to, as it is kept, or the places that may have been meant. */
export async function placeMeant(
  tx: Tx,
  entry: string,
  words: string,
  language: Language,
): Promise<{ ok: true; columns: PlaceColumns } | { ok: false; places: readonly string[]; columns: null }> {
  const shown = await placeShown(tx, entry);
  // A door was not told: of what showed its street, the town is shown from then on.
  const precision = shown === 'hidden' || shown === 'region' ? shown : ('town' as const);
  const answered = await placeAnswered(tx, { words, point: null, precision }, language);
  if (answered.ok) return answered;
  return { ok: false, places: answered.problem.didYouMean?.map(({ called }) => called) ?? [], columns: null };
}

/** Why a turn does not fit this life or the relations in it, or null when it does. */
export async function misfit(
  tx: Tx,
  { entry, teller, lived }: Standing,
  { turn, fact }: Proposed,
  anyway: boolean,
): Promise<Told | null> {
  const life = fact === null ? lived.life : without(lived.life, fact);
  const refusal = refusalOf(turn, life, today(), teller);
  if (refusal) return back({ problems: [{ field: fieldOf(refusal), reason: refusal }] });
  const lives = livesOf(periodsIn(withTold(life, tellingsOf(turn, today()), 'this', teller)));
  // Of what is told anew the others are known already; whether they still fit is seen with every other relation.
  const ties = fact === null ? effectsOf(turn, life, today()).ties : [];
  for (const { from, type, to, since } of ties) {
    const [end, along] = from === 'self' ? [to, true] : [from, false];
    if (end === 'self' || !('entry' in end)) continue;
    const other = { id: end.entry, lives: await livesHeld(tx, end.entry) };
    const tie = { type, since, until: { day: null, precision: 'unknown' as const }, along, other };
    if (outside([tie], lives).length > 0)
      return back({ problems: [{ field: 'other-0', reason: 'others_not_then' }] });
  }
  if (anyway) return null;
  const beside = await relationsBeside(tx, entry);
  const before = new Set(outside(beside, livesOf(periodsIn(lived.life))).map(({ key }) => key));
  const gone = outside(beside, lives).filter(({ key, seen }) => seen && !before.has(key));
  if (gone.length === 0) return null;
  const names = await namesOpen(
    tx,
    gone.map(({ other }) => other.id),
  );
  return back({ outside: gone.map(({ other }) => names.get(other.id) ?? '').filter((name) => name !== '') });
}

const fieldOf = (refusal: TurnRefusal): string =>
  refusal === 'same_name' ? 'name' : refusal === 'others_needed' ? 'other-0' : 'when-day';
