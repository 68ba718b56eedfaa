import { tieToThemes } from '#modules/sessions/steering/commands/issues.server.ts';
import { parseTies } from '#modules/sessions/steering/input.ts';
import { issuesTied } from '#modules/sessions/steering/queries.server.ts';
import { speakDesk } from '../../../ways.ts';
import { lead, led } from '../led.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(event, async (tx, { id }) => ({
    issues: await issuesTied(tx, id),
    done: event.url.searchParams.get('done') === 'saved',
  }));
};

export const actions: Actions = {
  default: (event) => lead(event, (tx, who, session, form) => tieToThemes(tx, who, session, parseTies(form))),
};
