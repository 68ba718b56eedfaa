import { error, fail } from '@sveltejs/kit';
import { askByHand } from '#modules/initiatives/asking/commands/campaign.server.ts';
import { checkEntry, lookAtPlace } from '#modules/initiatives/verifying/commands/check.server.ts';
import { workOff } from '#modules/initiatives/verifying/commands/work-off.server.ts';
import { isKey, parseChecking, parseDeed, parseMatters } from '#modules/initiatives/verifying/input.ts';
import { deskEntry } from '#modules/initiatives/verifying/queries/entry.server.ts';
import { languageToAsk } from '#modules/initiatives/verifying/queries/matter.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const keyOf = ({ id }: { id: string }): string => (isKey(id) ? id : error(404, 'not found'));
const textsOf = (form: FormData) =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

export const load: PageServerLoad = async ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  const entry = await withViewer(locals.viewer, (tx) => deskEntry(tx, keyOf(params), locals.language));
  return { entry: entry ?? error(404, 'not found'), today: today() };
};

export const actions: Actions = {
  /** The same deeds as in the queue, with one matter. */
  work: async ({ locals, request, url }) => {
    const form = await request.formData();
    const deed = parseDeed(form, { today: today(), home: url.origin, language: locals.language });
    if (!deed.ok) return fail(400, { typed: textsOf(form), problems: deed.problems });
    return { outcome: await withViewer(locals.viewer, (tx) => workOff(tx, parseMatters(form), deed.value)) };
  },
  check: async ({ locals, params, request }) => {
    const form = await request.formData();
    const checking = parseChecking(form, today());
    if (!checking.ok) return fail(400, { typed: textsOf(form), problems: checking.problems });
    const noted = await withViewer(locals.viewer, (tx) => checkEntry(tx, keyOf(params), checking.value));
    return noted.ok ? { noted: 'verifying.desk.entry.check.done' as const } : error(404, 'not found');
  },
  ask: async ({ locals, params, url }) => {
    const id = keyOf(params);
    const asked = await withViewer(locals.viewer, async (tx) =>
      askByHand(tx, id, await languageToAsk(tx, id), url.origin),
    );
    return asked.ok
      ? { noted: 'verifying.desk.entry.asked' as const }
      : fail(409, { typed: {}, problems: [{ field: null, reason: asked.reason }] });
  },
  look: async ({ locals, params }) => {
    const looked = await withViewer(locals.viewer, (tx) => lookAtPlace(tx, keyOf(params)));
    return looked.ok ? { place: looked.value, looked: true as const } : error(404, 'not found');
  },
};
