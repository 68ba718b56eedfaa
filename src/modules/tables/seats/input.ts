import type { Day } from '#platform/clock.ts';
import { keyIn, wordsIn } from '#platform/form.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { chosenIn, parseKnownDay } from '../input.ts';
import { mandates, seatDeeds, showings } from '../model.ts';
import type { SeatReason, SeatStep, SeatWish } from './model.ts';

const fits = (text: string, least: number, most: number) => text.length >= least && text.length <= most;

/** A seat to be laid out, or the first thing that is wrong with it; whether the table has such a ring, it knows itself. */
export function parseSeat(form: FormData): Result<SeatWish, SeatReason> {
  const [role, why, words] = [
    wordsIn(form, 'role'),
    wordsIn(form, 'why', true),
    wordsIn(form, 'mandate-words'),
  ];
  const mandate = chosenIn(form, 'mandate', mandates);
  const shell = Number(form.get('shell') ?? 1);
  if (!Number.isInteger(shell) || shell < 1) return refused('tables.desk.refused.not-there');
  if (!fits(role, 2, 120)) return refused('tables.desk.refused.role');
  if (why !== '' && !fits(why, 3, 500)) return refused('tables.desk.refused.reason');
  if (words === '' ? mandate === 'speaks-for' : !fits(words, 2, 300))
    return refused('tables.desk.refused.mandate');
  return ok({
    role,
    why: why || null,
    shell,
    mandate,
    mandateWords: words || null,
  });
}

/** What is to be done with a seat, or the first thing that is wrong with it. */
export function parseSeatStep(form: FormData, today: Day): Result<SeatStep, SeatReason> {
  const seat = keyIn(form, 'seat');
  const deed = seatDeeds.find((each) => each === form.get('deed'));
  if (!seat || !deed) return refused('tables.desk.refused.not-there');
  const reason = wordsIn(form, 'reason', true);
  if (reason !== '' && !fits(reason, 2, 500)) return refused('tables.desk.refused.reason');
  const said = wordsIn(form, 'when');
  const when = said === '' ? null : parseKnownDay(said, today);
  if (said !== '' && !when) return refused('tables.desk.refused.when');
  const shown = chosenIn(form, 'shown', showings.toReversed());
  if (deed === 'take' && shown === 'not-said') return refused('tables.desk.refused.shown');
  const offer = {
    entry: wordsIn(form, 'entry'),
    body: wordsIn(form, 'body'),
    chosenBy: wordsIn(form, 'chosen-by'),
    ground: wordsIn(form, 'ground', true),
  };
  if (deed === 'offer') {
    if ((offer.entry === '') === (offer.body === '') || (offer.body !== '' && !fits(offer.body, 2, 120)))
      return refused('tables.desk.refused.entry');
    if (!fits(offer.chosenBy, 2, 200) || !fits(offer.ground, 3, 500))
      return refused('tables.desk.refused.ground');
  }
  return ok({ seat, deed, reason: reason || null, offer: deed === 'offer' ? offer : null, when, shown });
}

/** Whether the holder of a seat is named on the open page. */
export function parseShowing(
  form: FormData,
): Result<{ readonly seat: string; readonly shown: 'yes' | 'no' }, SeatReason> {
  const seat = keyIn(form, 'seat');
  const shown = (['yes', 'no'] as const).find((each) => each === form.get('shown'));
  if (!seat) return refused('tables.desk.refused.not-there');
  return shown ? ok({ seat, shown }) : refused('tables.desk.refused.shown');
}
