import { error } from '@sveltejs/kit';
import { writeDown } from '#modules/sessions/saying/commands.server.ts';
import { parseWrittenDown } from '#modules/sessions/saying/input.ts';
import { moderate } from '#modules/sessions/steering/commands/moderating.server.ts';
import { numberAsked, parseModerating } from '#modules/sessions/steering/input.ts';
import { saidUnder } from '#modules/sessions/steering/queries.server.ts';
import { refused } from '#platform/result.ts';
import { speakDesk } from '../../../../ways.ts';
import { lead, led } from '../../led.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(
    event,
    async (tx, { id }) =>
      (await saidUnder(tx, id, numberAsked(event.params.number))) ?? error(404, 'not found'),
  );
};

export const actions: Actions = {
  default: (event) =>
    lead(
      event,
      async (tx, who, session, form) => {
        if (form.get('deed') === 'write') {
          const written = parseWrittenDown(form);
          const answer = written.ok ? await writeDown(tx, who, session, written.value) : written;
          return answer.ok ? answer : refused('no_such_statement');
        }
        const asked = parseModerating(form);
        return asked
          ? moderate(tx, who, session, numberAsked(event.params.number), asked)
          : refused('no_such_statement');
      },
      `/${event.locals.language}/desk/sessions/${event.params.session}/said?done=saved`,
    ),
};
