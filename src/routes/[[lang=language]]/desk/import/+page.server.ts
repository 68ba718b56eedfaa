import { error, fail, redirect } from '@sveltejs/kit';
import { asImporter } from '#modules/initiatives/bringing/access.ts';
import { beginBringing } from '#modules/initiatives/bringing/commands.server.ts';
import { limits } from '#modules/initiatives/bringing/model.ts';
import { latestBringings } from '#modules/initiatives/bringing/queries.server.ts';
import { readFile } from '#modules/initiatives/bringing/reading/input.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const megabytes = limits.bytes / 1024 / 1024;

export const load: PageServerLoad = async ({ locals, url }) => {
  if (!asImporter(locals.viewer)) error(404, 'not found');
  speakDesk(locals.language, url);
  return { megabytes, rows: limits.rows, earlier: await withViewer(locals.viewer, latestBringings) };
};

export const actions: Actions = {
  bring: async ({ locals, request }) => {
    const who = asImporter(locals.viewer) ?? error(404, 'not found');
    const file = (await request.formData()).get('file');
    if (!(file instanceof File) || file.name === '') return fail(400, { refused: null });
    const bytes = Buffer.from(await file.arrayBuffer());
    const read = await readFile(bytes, null);
    if (!read.ok) return fail(400, { refused: { reason: read.reason, row: read.row, found: read.found } });
    const [form, rows] =
      read.kind === 'hsds'
        ? (['hsds', read.count] as const)
        : ([read.table.form, read.table.rows.length] as const);
    const { language } = locals;
    const begun = await withViewer(who, (tx) =>
      beginBringing(tx, who, { bytes, name: file.name, form, rows, language }),
    );
    if (!begun.ok) return fail(413, { refused: { reason: 'too_big' as const, row: 0, found: '' } });
    redirect(303, `/${language}/desk/import/${begun.value.id}`);
  },
};
