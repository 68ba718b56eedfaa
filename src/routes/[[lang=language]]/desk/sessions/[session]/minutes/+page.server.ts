import { answerRemark, shareMinutes, writeSection } from '#modules/sessions/minutes/commands.server.ts';
import { parseAnswer, parseSectionWords } from '#modules/sessions/minutes/input.ts';
import { minutesInside } from '#modules/sessions/minutes/queries.server.ts';
import { now } from '#platform/clock.ts';
import { speakDesk } from '../../../ways.ts';
import { lead, led } from '../led.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(event, async (tx, session) => ({
    inside: await minutesInside(tx, session.id),
    done: event.url.searchParams.get('done') === 'saved',
  }));
};

export const actions: Actions = {
  answer: (event) =>
    lead(event, async (tx, facilitator, session, form) => {
      const answer = parseAnswer(form);
      return answer.ok ? answerRemark(tx, facilitator, { session, ...answer.value }) : answer;
    }),
  write: (event) =>
    lead(event, async (tx, facilitator, session, form) => {
      const written = parseSectionWords(form);
      const { language } = event.locals;
      return written.ok
        ? writeSection(tx, facilitator, { session, language, now: now(), ...written.value })
        : written;
    }),
  share: (event) => lead(event, (tx, facilitator, session) => shareMinutes(tx, facilitator, session, now())),
};
