import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/stories/access.ts';
import { addPhoto, describePhoto, removeMedium } from '#modules/stories/media/commands.server.ts';
import { isKey, parseAlt, parseBrought } from '#modules/stories/media/input.ts';
import { mostPhotoBytes, statusOf } from '#modules/stories/media/model.ts';
import { mediaOfTelling, whyNoRoom } from '#modules/stories/media/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

const megabytes = mostPhotoBytes / 1_048_576;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  if (!isKey(params.telling)) error(404, 'not found');
  const telling = await withViewer(locals.viewer, (tx) => mediaOfTelling(tx, params.telling, 'photo'));
  return { telling: telling ?? error(404, 'not found'), megabytes, done: url.searchParams.get('done') };
};

export const actions: Actions = {
  add: async ({ locals, params, request }) => {
    const { telling } = params;
    const closed = isKey(telling)
      ? await withViewer(locals.viewer, (tx) => whyNoRoom(tx, telling))
      : 'not_there';
    if (closed === 'not_there') error(404, 'not found');
    // What has no place is not even read.
    if (closed) return fail(statusOf(closed), { refused: closed, alt: '' });
    const { file, alt, after } = parseBrought(await request.formData());
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? []);
    const added = await addPhoto(locals.viewer, { telling, bytes, alt, after });
    if (!added.ok) return fail(statusOf(added.reason), { refused: added.reason, alt: alt ?? '' });
    redirect(303, `/${locals.language}/tell/${telling}/photo?done=${alt === null ? 'waits' : 'added'}`);
  },
  describe: async ({ locals, params: { telling }, request }) => {
    const teller = tellerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const [id, alt] = [String(form.get('id')), parseAlt(form.get('alt'))];
    if (!isKey(telling) || !isKey(id)) error(404, 'not found');
    if (alt === null) return fail(400, { unsaid: id });
    const said = await withViewer(locals.viewer, (tx) => describePhoto(tx, teller, { telling, id, alt }));
    if (!said.ok) error(404, 'not found');
    redirect(303, `/${locals.language}/tell/${telling}/photo?done=said`);
  },
  remove: async ({ locals, params: { telling }, request }) => {
    const teller = tellerOf(locals.viewer) ?? error(404, 'not found');
    const id = String((await request.formData()).get('id'));
    if (!isKey(telling) || !isKey(id)) error(404, 'not found');
    const gone = await withViewer(locals.viewer, (tx) => removeMedium(tx, teller, { telling, id }));
    if (!gone.ok) error(404, 'not found');
    redirect(303, `/${locals.language}/tell/${telling}/photo?done=removed`);
  },
};
