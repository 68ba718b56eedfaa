import { error } from '@sveltejs/kit';
import { wordsFor } from '#modules/sessions/room/model.ts';
import { sessionsLed } from '#modules/sessions/preparing/queries.server.ts';
import { deskTable } from '#modules/tables/reading/queries.server.ts';
import { entriesAround } from '#modules/tables/seats/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';
import { deeds } from './deeds.server.ts';
import { comesHere } from './here.server.ts';

export const load: PageServerLoad = (event) => {
  const { locals, url } = event;
  speakDesk(locals.language, url);
  const { goer, table } = comesHere(event);
  return withViewer(goer, async (tx) => {
    const found = (await deskTable(tx, table, locals.language)) ?? error(404, 'not found');
    const led = found.keeps ? await sessionsLed(tx, goer) : [];
    return {
      table: found,
      done: url.searchParams.has('done'),
      entries: found.keeps ? await entriesAround(tx, table) : [],
      sessions: led.map(({ id, title }) => ({ id, title: wordsFor(title, [locals.language])?.text ?? '' })),
    };
  });
};

export const actions: Actions = deeds;
