import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/stories/access.ts';
import { addVoice, removeMedium } from '#modules/stories/media/commands.server.ts';
import { isKey, parseBrought } from '#modules/stories/media/input.ts';
import { mostSeconds, mostVoiceBytes, statusOf } from '#modules/stories/media/model.ts';
import { mediaOfTelling, whyNoRoom } from '#modules/stories/media/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { permissionsPolicy } from '#platform/http/headers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
  if (!isKey(params.telling)) error(404, 'not found');
  const telling = await withViewer(locals.viewer, (tx) => mediaOfTelling(tx, params.telling, 'voice'));
  if (!telling) error(404, 'not found');
  // Here someone may record their voice; on every other page the microphone stays shut.
  setHeaders({ 'permissions-policy': permissionsPolicy(['microphone']) });
  const most = { megabytes: mostVoiceBytes / 1_048_576, seconds: mostSeconds };
  return { telling, most, done: url.searchParams.get('done') };
};

export const actions: Actions = {
  add: async ({ locals, params, request }) => {
    const { telling } = params;
    const closed = isKey(telling)
      ? await withViewer(locals.viewer, (tx) => whyNoRoom(tx, telling))
      : 'not_there';
    if (closed === 'not_there') error(404, 'not found');
    // What has no place is not even read.
    if (closed) return fail(statusOf(closed), { refused: closed });
    const { file, after } = parseBrought(await request.formData());
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? []);
    const added = await addVoice(locals.viewer, { telling, bytes, after });
    if (!added.ok) return fail(statusOf(added.reason), { refused: added.reason });
    redirect(303, `/${locals.language}/tell/${telling}/voice?done=added`);
  },
  remove: async ({ locals, params: { telling }, request }) => {
    const teller = tellerOf(locals.viewer) ?? error(404, 'not found');
    const id = String((await request.formData()).get('id'));
    if (!isKey(telling) || !isKey(id)) error(404, 'not found');
    const gone = await withViewer(locals.viewer, (tx) => removeMedium(tx, teller, { telling, id }));
    if (!gone.ok) error(404, 'not found');
    redirect(303, `/${locals.language}/tell/${telling}/voice?done=removed`);
  },
};
