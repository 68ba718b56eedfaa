import { promisedSeen } from '#modules/agendas/making/queries.server.ts';
import { statementsIn } from '#modules/sessions/minutes/queries.server.ts';
import { pictureOf } from '#modules/sessions/picturing/queries.server.ts';
import { formIn } from '#modules/sessions/model.ts';
import { onWall } from '#modules/sessions/steering/model.ts';
import { groupsDealt, heapsOf, tallyOf } from '#modules/sessions/steering/queries.server.ts';
import { today } from '#platform/clock.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { led } from '../led.server.ts';
import type { PageServerLoad } from './$types';

// In every language: it hangs where everyone sees it.
export const load: PageServerLoad = (event) => {
  const { locals, url } = event;
  const beside = url.searchParams.get('beside') ?? '';
  return led(event, async (tx, { id, code, steps }) => {
    const kind = steps.find(({ state }) => state === 'open')?.kind;
    const shows = kind === 'landscape';
    const said = kind && (shows || formIn[kind]) ? await statementsIn(tx, id) : [];
    return {
      beside: isLanguage(beside) && beside !== locals.language ? beside : null,
      query: url.search,
      // Without a language: each phone is led to its own.
      joinAt: `${url.origin}/join/${code}`,
      typeAt: `${url.host}/join`,
      tally: await tallyOf(tx, id),
      groups: kind === 'groups' ? await groupsDealt(tx, id) : [],
      heaps: kind === 'issues' || kind === 'stones' ? await heapsOf(tx, id) : [],
      picture: shows ? await pictureOf(tx, id) : null,
      statements: shows ? said : onWall(said, kind),
      promised: kind === 'promises' ? await promisedSeen(tx, id, today()) : null,
    };
  });
};
