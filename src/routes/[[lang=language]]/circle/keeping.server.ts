import type { AtCircle } from '#modules/learning/intervision/access.ts';
import { settle } from '#modules/learning/intervision/commands.server.ts';
import type { Circle, Keeping } from '#modules/learning/intervision/model.ts';
import { notesToKeep } from '#modules/learning/intervision/seeing/model.ts';
import { oneself } from '#modules/people/access.ts';
import { today } from '#platform/clock.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { dayIn } from '#platform/i18n/days.ts';
import { speaker } from '#platform/i18n/speech.ts';
import type { Result } from '#platform/result.ts';

/** The notes of a round as a text in this language. */
export function notesIn(language: App.Locals['language'], circle: Circle): string {
  const say = speaker(language, catalogue);
  const headings = {
    title: say('circle.file.title'),
    case: say('circle.brief.title'),
    dilemma: say('circle.dilemma.text'),
    question: say('circle.notes.question'),
    thought: say('circle.notes.thought'),
    aloud: say('circle.notes.aloud'),
    back: say('circle.notes.back'),
  };
  return notesToKeep(circle, headings, dayIn(language, today()));
}

/** Does with the notes what the case giver chose; in an account they are kept in the language of the page. */
export const settleHere = (
  at: AtCircle,
  kept: Keeping,
  { viewer, language }: App.Locals,
): Promise<Result<Circle>> =>
  settle(at, kept, { self: oneself(viewer), language, wordsOf: (circle) => notesIn(language, circle) });
