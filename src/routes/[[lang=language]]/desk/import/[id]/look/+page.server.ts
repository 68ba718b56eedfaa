import { error, redirect } from '@sveltejs/kit';
import { asImporter } from '#modules/initiatives/bringing/access.ts';
import { startBringing } from '#modules/initiatives/bringing/commands.server.ts';
import { parseChoices } from '#modules/initiatives/bringing/input.ts';
import { prepareFile } from '#modules/initiatives/bringing/preparing/queries.server.ts';
import { bringingOf, fileOf } from '#modules/initiatives/bringing/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const firstRows = 10;
const mostProblems = 200;

export const load: PageServerLoad = ({ locals, params, url }) => {
  const who = asImporter(locals.viewer) ?? error(404, 'not found');
  speakDesk(locals.language, url);
  return withViewer(who, async (tx) => {
    const bringing = await bringingOf(tx, params.id);
    const bytes = bringing?.mine && bringing.standing === 'mapping' ? await fileOf(tx, params.id) : null;
    if (!bringing || !bytes || bringing.source === '')
      redirect(303, `/${locals.language}/desk/import/${params.id}`);
    const read = await prepareFile(tx, bytes, { ...bringing, language: locals.language });
    if (!read.ok)
      return { bringing, refused: { reason: read.reason, row: read.row, found: read.found }, found: null };
    const { rows, problems } = read.prepared;
    const count = (is: (typeof rows)[number]['is']) => rows.filter((row) => row.is === is).length;
    const found = {
      counts: { rows: rows.length, fresh: count('new'), known: count('known'), same: count('same') },
      first: rows.slice(0, firstRows).map(({ row, is, entry, columns }) => ({ row, is, entry, columns })),
      problems: problems.slice(0, mostProblems),
      problemCount: problems.length,
    };
    return { bringing, refused: null, found };
  });
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const who = asImporter(locals.viewer) ?? error(404, 'not found');
    const choices = parseChoices(await request.formData());
    const begun = await withViewer(who, (tx) => startBringing(tx, who, params.id, choices));
    if (!begun.ok) error(404, 'not found');
    redirect(303, `/${locals.language}/desk/import/${params.id}`);
  },
};
