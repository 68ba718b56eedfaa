import { error, fail, redirect } from '@sveltejs/kit';
import {
  describePicture,
  layPicture,
  removePicture,
} from '#modules/publications/pictures/commands.server.ts';
import { parsePictureWords } from '#modules/publications/pictures/input.ts';
import type { PictureRefusal } from '#modules/publications/pictures/model.ts';
import { picturesHeld } from '#modules/publications/pictures/queries.server.ts';
import { mostPhotoBytes, statusOf } from '#modules/stories/media/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { keyOrNothing, typedIn } from '#platform/form.ts';
import { workHere } from '../../../../together/[publication]/here.server.ts';
import { speakDesk } from '../../../ways.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => {
    const { work, writer } = await workHere(tx, { locals, params });
    return {
      work,
      writes: writer !== null,
      pictures: await picturesHeld(tx, work.id),
      megabytes: mostPhotoBytes / 1_048_576,
      done: url.searchParams.get('done'),
    };
  });
};

const writing = async ({ locals, params }: RequestEvent) =>
  (await withViewer(locals.viewer, (tx) => workHere(tx, { locals, params }))).writer ??
  error(404, 'not found');
const told = (reason: PictureRefusal, form: FormData, id: string | null = null) =>
  fail(reason === 'no_alt' ? 422 : statusOf(reason), { refused: reason, typed: typedIn(form), id });

export const actions = {
  bring: async (event) => {
    const writer = await writing(event);
    const form = await event.request.formData();
    const file = form.get('file');
    const bytes = new Uint8Array(file instanceof File ? await file.arrayBuffer() : []);
    const laid = await layPicture(event.locals.viewer, writer, bytes, parsePictureWords(form));
    if (!laid.ok) return told(laid.reason, form);
    redirect(303, `${event.url.pathname}?done=brought`);
  },
  describe: async (event) => {
    const writer = await writing(event);
    const form = await event.request.formData();
    const id = keyOrNothing(form, 'id');
    const said = await withViewer(event.locals.viewer, (tx) =>
      describePicture(tx, writer, id, parsePictureWords(form)),
    );
    if (!said.ok) return told(said.reason, form, id);
    redirect(303, `${event.url.pathname}?done=said`);
  },
  remove: async (event) => {
    const writer = await writing(event);
    const form = await event.request.formData();
    const id = keyOrNothing(form, 'id');
    const gone = await withViewer(event.locals.viewer, (tx) => removePicture(tx, writer, id));
    if (!gone.ok) return told(gone.reason, form, id);
    redirect(303, `${event.url.pathname}?done=removed`);
  },
} satisfies Actions;
