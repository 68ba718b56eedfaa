import { randomUUID } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, type Result } from '#platform/result.ts';
import { mayTry } from '#platform/sign-in/tries.server.ts';
import { house } from '#platform/viewer.ts';
import { openSession } from '../../signing-in/commands.server.ts';
import { renewOwnCard } from '../commands.server.ts';
import { tries } from '../model.ts';

/**
 * Makes whoever stands at the door without an account a person of whom nothing is known, lets them in and gives them a card to come
 * back with. Counted for the house as a whole, never for a machine: forty people in one library come at once.
 */
export async function comeAsSomeoneNew(
  event: { readonly cookies: Cookies },
  language: Language,
): Promise<Result<{ person: string; code: string; until: Day }, 'wait'>> {
  const may = await mayTry('people who come without an account', tries.ofNewcomers);
  if (!may.ok) return may;
  const person = randomUUID();
  await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    await tx
      .insertInto('core.person')
      .values({ id: person, called: null, language, came_by: 'card', made_by: null, left_on: null })
      .execute();
  });
  const card = await withViewer({ kind: 'person', id: person, entrusted: [], sure: false }, (tx) =>
    renewOwnCard(tx, { person }, language),
  );
  if (!card.ok || !(await openSession(event, person))) throw new Error('Someone new could not be let in.');
  return ok({ person, ...card.value });
}
