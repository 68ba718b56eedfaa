import { error, fail, redirect } from '@sveltejs/kit';
import { librarianOf } from '#modules/learning/access.ts';
import { bringWorks } from '#modules/learning/citing/commands.server.ts';
import { parseWorks } from '#modules/learning/citing/input.ts';
import { everyWork } from '#modules/learning/citing/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const mostBytes = 1_000_000;
const tooLarge = { entry: 1, key: null, field: null, reason: 'long', found: '> 1 MB' } as const;

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    works: await everyWork(tx),
    brought: Number(url.searchParams.get('brought') ?? Number.NaN),
    known: Number(url.searchParams.get('known') ?? 0),
  }));
};

export const actions = {
  default: async ({ locals, request, url }) => {
    const librarian = librarianOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const file = form.get('file');
    const pasted = new Blob([String(form.get('text') ?? '')]);
    const brought = file instanceof File && file.size > 0 ? file : pasted;
    // Nothing is read of what is too large: half a list would go in, or another.
    if (brought.size > mostBytes) return fail(422, { text: '', problems: [tooLarge] });
    const text = await brought.text();
    const read = parseWorks(text, Number(today().slice(0, 4)));
    if (!read.ok) return fail(422, { text, problems: read.problems });
    const laid = await withViewer(locals.viewer, (tx) => bringWorks(tx, librarian, read.works));
    if (!laid.ok) return fail(409, { text, problems: laid.problems });
    redirect(303, `${url.pathname}?brought=${laid.brought}&known=${laid.known}`);
  },
} satisfies Actions;
