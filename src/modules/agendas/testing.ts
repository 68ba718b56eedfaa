import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import type { Day } from '#platform/clock.ts';
import { facilitatorOf, phoneOf } from '../sessions/access.ts';
import { aPhone, aSession } from '../sessions/testing.ts';
import { drawUpAgenda } from './commands/draw-up.server.ts';
import { makePromise } from './making/commands.server.ts';
import type { SaidPromise } from './making/model.ts';

/** A promise as someone would type it: `said({ what: 'Wij koken elke maand.' }, '2027-06-01')`. */
export const said = (words: Partial<SaidPromise>, byDay: Day): SaidPromise => ({
  what: 'Wij koken elke maand samen.',
  whoKind: 'person',
  toWhom: null,
  byDay,
  issue: null,
  statements: [],
  carrier: { called: 'Amina', mail: 'amina@example.org' },
  ...words,
});

/** A session that was closed on this day with these promises, and its agenda. */
export async function anAgenda(
  facilitator: Viewer,
  on: Day,
  promises: readonly SaidPromise[],
  language = 'nl',
): Promise<{ session: string; agenda: string; slug: string; promises: string[] }> {
  const leads = facilitatorOf(facilitator);
  const room = await aSession({ facilitator, steps: ['promises'] });
  const { viewer, participant } = await aPhone(room.id, { language });
  const phone = phoneOf(viewer);
  if (!leads || !phone) throw new Error('Nobody leads, or the phone did not come in.');
  const made: string[] = [];
  for (const promise of promises) {
    const answer = await withViewer(phone, (tx) =>
      makePromise(tx, phone, { session: room.id, who: participant, language, on }, promise),
    );
    if (!answer.ok) throw new Error(`The promise was refused: ${answer.reason}.`);
    made.push(answer.value.promise);
  }
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.session')
      .set({ state: 'closed', closed_at: new Date() })
      .where('id', '=', room.id)
      .execute(),
  );
  const drawn = await withViewer(leads, (tx) =>
    drawUpAgenda(tx, leads, { session: room.id, home: 'https://house.example', on }),
  );
  if (!drawn.ok) throw new Error(`No agenda was drawn up: ${drawn.reason}.`);
  return { session: room.id, ...drawn.value, promises: made };
}
