import { error, fail, redirect } from '@sveltejs/kit';
import { librarianOf } from '#modules/learning/access.ts';
import { keepRecord, removeRecord } from '#modules/publications/records/commands.server.ts';
import { fieldsOf, parseRecordForm } from '#modules/publications/records/input.ts';
import { recordAt } from '#modules/publications/records/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { typedIn } from '#platform/form.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => {
    const record = (await recordAt(tx, params.record)) ?? error(404, 'not found');
    return {
      slug: record.slug,
      title: record.csl.title,
      fields: fieldsOf(record),
      done: url.searchParams.has('done'),
    };
  });
};

export const actions = {
  keep: async ({ locals, params, request, url }) => {
    const librarian = librarianOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const read = parseRecordForm(form, Number(today().slice(0, 4)));
    if (!read.ok) return fail(422, { typed: typedIn(form), problems: read.problems });
    const [record] = read.records;
    const kept =
      record && (await withViewer(locals.viewer, (tx) => keepRecord(tx, librarian, params.record, record)));
    if (!kept?.ok) error(404, 'not found');
    redirect(303, `${url.pathname}?done`);
  },
  remove: async ({ locals, params }) => {
    const librarian = librarianOf(locals.viewer) ?? error(404, 'not found');
    await withViewer(locals.viewer, (tx) => removeRecord(tx, librarian, params.record));
    redirect(303, `/${locals.language}/desk/records?removed`);
  },
} satisfies Actions;
