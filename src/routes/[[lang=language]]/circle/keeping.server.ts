import type { AtCircle } from '#modules/learning/intervision/access.ts';
import { doInCircle, keepNotes } from '#modules/learning/intervision/commands.server.ts';
import type { Circle, Keeping } from '#modules/learning/intervision/model.ts';
import { settleNotes } from '#modules/learning/intervision/round/model.ts';
import { notesToKeep } from '#modules/learning/intervision/seeing/model.ts';
import { oneself } from '#modules/people/access.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { dayIn } from '#platform/i18n/days.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { refused, type Result } from '#platform/result.ts';

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

/** Does with the notes what the case giver chose. In an account they stand before the circle knows of it, so that they cannot get lost. */
export function settle(
  at: AtCircle,
  kept: Keeping,
  { viewer, language }: App.Locals,
): Promise<Result<Circle>> {
  return doInCircle(at, async (circle, seat) => {
    const settled = settleNotes(circle, seat, kept);
    const self = oneself(viewer);
    if (!settled.ok || kept !== 'account') return settled;
    if (!self) return refused('not_signed_in');
    await withViewer(viewer, (tx) => keepNotes(tx, self, language, notesIn(language, circle)));
    return settled;
  });
}
