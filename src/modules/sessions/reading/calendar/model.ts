import { iCalendar } from '#platform/calendar/icalendar.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { wordsFor } from '../../room/model.ts';
import type { SessionInList } from '../model.ts';

/** What a calendar is told of gatherings that have a moment; `origin` is the address of this house, `at` when it is told. */
export function calendarOf(
  say: Speech,
  sessions: readonly SessionInList[],
  { origin, at }: { readonly origin: string; readonly at: Date },
): string {
  const [only, ...others] = sessions;
  const titleOf = (session: SessionInList) =>
    wordsFor(session.title, [say.language, session.language])?.text ?? '';
  return iCalendar(
    only && others.length === 0 ? titleOf(only) : say('sessions.title'),
    sessions.flatMap((session) => {
      if (session.startsAt === null) return [];
      const where = [session.place, session.municipality].filter((each) => each !== null);
      return {
        kind: 'gathering' as const,
        uid: `${session.slug}@${new URL(origin).hostname}`,
        stamp: at,
        starts: session.startsAt,
        minutes: session.minutes,
        summary: titleOf(session),
        description: say('sessions.coming.how'),
        place: [...new Set(where)].join(', '),
        calledOff: session.state === 'called-off',
        language: say.language,
        url: origin + say.to(`/sessions/${session.slug}`),
      };
    }),
  );
}
