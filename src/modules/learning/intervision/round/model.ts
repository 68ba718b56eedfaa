import { othersIn } from '#modules/stories/third-persons/model.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import {
  afterDeed,
  fewest,
  isAgreed,
  isHere,
  isRound,
  limits,
  mayWrite,
  minutesOf,
  most,
  roleOf,
  swept,
  type Circle,
  type CircleStep,
  type Keeping,
  type Said,
  type Worded,
} from '../model.ts';

export type CircleRefusal =
  | 'not_now'
  | 'not_here'
  | 'not_your_role'
  | 'underway'
  | 'full'
  | 'too_few'
  | 'no_case_giver'
  | 'taken'
  | 'too_many'
  | 'empty'
  | 'too_long'
  | 'still_the_case'
  | 'someone_named'
  | 'notes_not_settled'
  | 'not_agreed'
  | 'not_signed_in';

/** The circle after a deed, or why it was not done. A circle whose step is `over` is taken away. */
export type After = Result<Circle, CircleRefusal>;

const at = (step: CircleStep, now: Date): string | null =>
  isRound(step) ? new Date(now.getTime() + minutesOf[step] * 60_000).toISOString() : null;

function moved(circle: Circle, step: Result<CircleStep, 'not_now'>, now: Date): After {
  return step.ok ? ok({ ...circle, step: step.value, endsAt: at(step.value, now) }) : step;
}

/** Someone comes in, or is called otherwise from now on. While a round is under way nobody new comes in: a case is told to who is there. */
export function comeIn(circle: Circle, seat: string, called: string | null): After {
  const me = { seat, called };
  if (isHere(circle, seat))
    return ok({ ...circle, people: circle.people.map((each) => (each.seat === seat ? me : each)) });
  if (circle.step !== 'gathering') return refused('underway');
  return circle.people.length < most
    ? ok({ ...circle, people: [...circle.people, me] })
    : refused('full', { most });
}

/** Someone goes. When it is the case giver, the round goes with them; when it is the last one, the circle. */
export function leave(circle: Circle, seat: string): After {
  if (!isHere(circle, seat)) return refused('not_here');
  const people = circle.people.filter((each) => each.seat !== seat);
  const stays = circle.caseGiver === seat ? swept(circle) : circle;
  return ok({ ...stays, people, step: people.length === 0 ? 'over' : stays.step });
}

/** The guide says that someone is no longer there, such as when a telephone is empty. A no of theirs stays a no. */
export function takeOut(circle: Circle, seat: string, gone: string): After {
  if (roleOf(circle, seat) !== 'guide' || gone === circle.caseGiver || gone === seat)
    return refused('not_your_role');
  return leave(circle, gone);
}

/** Someone says that they bring the case of the round that comes, or no longer. */
export function bringCase(circle: Circle, seat: string): After {
  if (!isHere(circle, seat)) return refused('not_here');
  if (circle.step !== 'gathering') return refused('not_now');
  if (circle.caseGiver !== null && circle.caseGiver !== seat) return refused('taken');
  return ok({ ...circle, caseGiver: circle.caseGiver === seat ? null : seat });
}

export function begin(circle: Circle, seat: string, now: Date): After {
  if (!isHere(circle, seat)) return refused('not_here');
  if (circle.step !== 'gathering') return refused('not_now');
  if (circle.people.length < fewest) return refused('too_few', { fewest });
  if (circle.caseGiver === null) return refused('no_case_giver');
  return moved(circle, afterDeed(circle.step, 'begin'), now);
}

/** The guide leads from this step to the next; from one that is over already, nothing is done. */
export function goOn(circle: Circle, seat: string, now: Date, from: string = circle.step): After {
  if (from !== circle.step) return refused('not_now');
  if (roleOf(circle, seat) !== 'guide') return refused('not_your_role');
  return moved(circle, afterDeed(circle.step, 'next'), now);
}

/** Who keeps the time gives two minutes more. */
export function moreTime(circle: Circle, seat: string, now: Date): After {
  if (roleOf(circle, seat) !== 'timekeeper') return refused('not_your_role');
  if (circle.endsAt === null) return refused('not_now');
  const from = Math.max(now.getTime(), new Date(circle.endsAt).getTime());
  return ok({ ...circle, endsAt: new Date(from + 2 * 60_000).toISOString() });
}

/** The case giver stops: at any moment, without a reason. Everything of the round is gone. */
export function stop(circle: Circle, seat: string): After {
  if (circle.caseGiver !== seat) return refused('not_your_role');
  const step = afterDeed(circle.step, 'stop');
  return step.ok ? ok(swept(circle)) : step;
}

const fits = (said: Said, longest: number): Result<Said, 'empty' | 'too_long'> => {
  if (said.text === '') return refused('empty');
  return [...said.text].length > longest ? refused('too_long', { longest }) : ok(said);
};

/** The case giver writes the case in short, for who hears it in another language. */
export function writeCase(circle: Circle, seat: string, said: Said): After {
  if (circle.caseGiver !== seat) return refused('not_your_role');
  if (circle.step !== 'telling' && circle.step !== 'asking') return refused('not_now');
  const fit = fits(said, limits.case);
  return fit.ok ? ok({ ...circle, brief: fit.value }) : fit;
}

/**
 * Someone writes something down, as the kind that is written now. What was typed for another step is not taken: a thought for oneself
 * never becomes one for all because time went on.
 */
export function writeNote(circle: Circle, seat: string, id: string, said: Said, meant?: string): After {
  const kind = mayWrite(circle, seat);
  if (!isHere(circle, seat)) return refused('not_here');
  if (kind === null || (meant !== undefined && meant !== kind)) return refused('not_now');
  const mine = circle.notes.filter((note) => note.by === seat);
  // The same one sent twice is one note.
  if (mine.some((note) => note.id === id)) return ok(circle);
  if (mine.filter((note) => note.kind === kind).length >= limits.notes)
    return refused('too_many', { most: limits.notes });
  const fit = fits(said, limits.note);
  return fit.ok ? ok({ ...circle, notes: [...circle.notes, { ...fit.value, id, kind, by: seat }] }) : fit;
}

export const takeNoteBack = (circle: Circle, seat: string, id: string): After =>
  ok({ ...circle, notes: circle.notes.filter((note) => note.id !== id || note.by !== seat) });

const runLength = 6;
const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Whether two texts share so many words in a row that one was taken over from the other. */
export function isTakenOver(text: string, from: string): boolean {
  const runs = (words: readonly string[]) =>
    words.slice(runLength - 1).map((_, start) => words.slice(start, start + runLength).join(' '));
  const had = new Set(runs(wordsOf(from)));
  return runs(wordsOf(text)).some((run) => had.has(run));
}

const longEnough = 3;
/** Whether a text calls someone of the circle by the name they gave. */
export const names = (text: string, called: readonly (string | null)[]): boolean => {
  const words = new Set(wordsOf(text));
  return called.some((name) =>
    wordsOf(name ?? '').some((word) => [...word].length >= longEnough && words.has(word)),
  );
};

/**
 * The case giver words the dilemma anew. Other words ask everyone again; whoever said no and went stays a no. Neither the case nor what
 * looks like a name, a number or an address of someone may stand in it.
 */
export function wordDilemma(circle: Circle, seat: string, worded: Worded): After {
  if (circle.caseGiver !== seat) return refused('not_your_role');
  if (circle.step !== 'harvesting' || circle.dilemma?.travelled) return refused('not_now');
  const fit = fits(worded, limits.dilemma);
  if (!fit.ok) return fit;
  const words = `${worded.title}\n${worded.text}`;
  if (worded.title === '') return refused('empty');
  const told = [circle.brief, ...circle.notes].map((each) => each?.text ?? '');
  if (told.some((each) => isTakenOver(words, each))) return refused('still_the_case', { words: runLength });
  const called = circle.people.map((each) => each.called);
  if (names(words, called) || othersIn(words).length > 0) return refused('someone_named');
  const gone = Object.entries(circle.dilemma?.said ?? {}).filter(
    ([who, word]) => word === 'no' && !isHere(circle, who),
  );
  const dilemma = {
    ...worded,
    said: { ...Object.fromEntries(gone), [seat]: 'yes' as const },
    travelled: false,
  };
  return ok({ ...circle, dilemma });
}

export function sayOfDilemma(circle: Circle, seat: string, said: 'yes' | 'no'): After {
  if (!isHere(circle, seat)) return refused('not_here');
  if (circle.step !== 'harvesting' || !circle.dilemma || circle.dilemma.travelled) return refused('not_now');
  return ok({ ...circle, dilemma: { ...circle.dilemma, said: { ...circle.dilemma.said, [seat]: said } } });
}

/** The dilemma went to the library. */
export function letTravel(circle: Circle, seat: string): After {
  if (!isHere(circle, seat)) return refused('not_here');
  if (circle.step !== 'harvesting' || !circle.dilemma || circle.dilemma.travelled) return refused('not_now');
  return isAgreed(circle)
    ? ok({ ...circle, dilemma: { ...circle.dilemma, travelled: true } })
    : refused('not_agreed');
}

/** The case giver says what becomes of the notes. */
export function settleNotes(circle: Circle, seat: string, kept: Keeping): After {
  if (circle.caseGiver !== seat) return refused('not_your_role');
  return circle.step === 'harvesting' ? ok({ ...circle, kept }) : refused('not_now');
}

const leadsOn = (circle: Circle, seat: string) =>
  circle.caseGiver === seat || roleOf(circle, seat) === 'guide';

/** A next round, with a next case; what was typed in this one is gone. */
export function again(circle: Circle, seat: string): After {
  if (!leadsOn(circle, seat)) return refused('not_your_role');
  const step = afterDeed(circle.step, 'again');
  if (!step.ok) return step;
  return circle.kept === null
    ? refused('notes_not_settled')
    : ok({ ...swept(circle), round: circle.round + 1 });
}

/** The end of the circle. Everything is gone. */
export function end(circle: Circle, seat: string): After {
  if (!isHere(circle, seat)) return refused('not_here');
  const step = afterDeed(circle.step, 'end');
  if (!step.ok) return step;
  if (circle.step === 'harvesting') {
    if (!leadsOn(circle, seat)) return refused('not_your_role');
    if (circle.kept === null) return refused('notes_not_settled');
  }
  return ok({ ...swept(circle), people: [], step: step.value });
}
