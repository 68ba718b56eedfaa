import { error, fail, redirect } from '@sveltejs/kit';
import { librarianOf } from '#modules/learning/access.ts';
import { bringRecords } from '#modules/publications/records/commands.server.ts';
import {
  parseRecordForm,
  parseRecords,
  recordsIn,
  type ReadRecords,
} from '#modules/publications/records/input.ts';
import { everyRecord } from '#modules/publications/records/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { typedIn, wordsIn } from '#platform/form.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    records: await everyRecord(tx),
    brought: Number(url.searchParams.get('brought') ?? Number.NaN),
    known: Number(url.searchParams.get('known') ?? 0),
    removed: url.searchParams.has('removed'),
  }));
};

async function bring({ locals, url }: RequestEvent, form: FormData, by: 'file' | 'form', read: ReadRecords) {
  const librarian = librarianOf(locals.viewer) ?? error(404, 'not found');
  if (!read.ok) return fail(422, { by, typed: typedIn(form), problems: read.problems });
  const { brought, known } = await withViewer(locals.viewer, (tx) =>
    bringRecords(tx, librarian, read.records),
  );
  redirect(303, `${url.pathname}?brought=${brought}&known=${known}`);
}

// Nothing is read of what is too large: half a list would go in, or another.
const tooLarge: ReadRecords = {
  ok: false,
  problems: [{ entry: 1, key: null, field: null, reason: 'large', found: '' }],
};
const thisYear = () => Number(today().slice(0, 4));

export const actions = {
  file: async (event) => {
    const form = await event.request.formData();
    const text = await recordsIn(form);
    const read = text.ok ? parseRecords(text.value, wordsIn(form, 'source'), thisYear()) : tooLarge;
    return bring(event, form, 'file', read);
  },
  add: async (event) => {
    const form = await event.request.formData();
    return bring(event, form, 'form', parseRecordForm(form, thisYear()));
  },
} satisfies Actions;
