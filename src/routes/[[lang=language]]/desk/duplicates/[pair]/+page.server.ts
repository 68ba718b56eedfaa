import { error, fail, redirect } from '@sveltejs/kit';
import { tellApart } from '#modules/initiatives/duplicates/commands.server.ts';
import { measureApart } from '#modules/initiatives/duplicates/desk/commands.server.ts';
import { pairNamed, sideBySide } from '#modules/initiatives/duplicates/desk/queries.server.ts';
import { merge } from '#modules/initiatives/duplicates/merging/commands/merge.server.ts';
import { undoMerger } from '#modules/initiatives/duplicates/merging/commands/undo.server.ts';
import { mergeWish, parseMergeForm, whyIn } from '#modules/initiatives/duplicates/merging/input.ts';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const absent = () => error(404, 'not found');
const noWhy = 'duplicates.desk.problem.why' as const;

export const load: PageServerLoad = ({ params, locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => {
    const sides = isKey(params.pair) ? await sideBySide(tx, params.pair, locals.language) : null;
    return { sides: sides ?? absent(), today: today() };
  });
};

/** Does a deed with the pair of this page; a pair that is not there for this viewer looks as any page that is not there. */
const withPair = <Answer>(
  { params, locals }: RequestEvent,
  deed: (tx: Tx, pair: { one: string; other: string }) => Promise<Answer>,
) =>
  withViewer(locals.viewer, async (tx) =>
    deed(tx, (isKey(params.pair) && (await pairNamed(tx, params.pair))) || absent()),
  );

const done = (locals: App.Locals, what: 'merged' | 'apart' | 'undone') =>
  redirect(303, `/${locals.language}/desk/duplicates?done=${what}`);

export const actions = {
  merge: async (event) => {
    const typed = parseMergeForm(await event.request.formData());
    if (!typed.why.enough) return fail(400, { at: 'why-same', problem: noWhy, typed });
    const merged = await withPair(event, (tx, pair) =>
      merge(tx, mergeWish(typed, pair), event.locals.language),
    );
    if (!merged.ok) return fail(400, { at: null, problem: merged.reason, typed });
    done(event.locals, 'merged');
  },
  apart: async (event) => {
    const why = whyIn(await event.request.formData());
    if (!why.enough) return fail(400, { at: 'why-apart', problem: noWhy, why: why.words });
    const told = await withPair(event, (tx, pair) => tellApart(tx, pair, why.words));
    if (!told.ok) return fail(400, { at: null, problem: told.reason, why: why.words });
    done(event.locals, 'apart');
  },
  undo: async (event) => {
    const form = await event.request.formData();
    const [why, merger] = [whyIn(form), String(form.get('merger') ?? '')];
    if (!why.enough) return fail(400, { at: 'why-undo', problem: noWhy, why: why.words });
    if (!isKey(merger)) absent();
    const undone = await withViewer(event.locals.viewer, (tx) => undoMerger(tx, merger, why.words));
    if (!undone.ok) return fail(400, { at: null, problem: undone.reason, why: why.words });
    done(event.locals, 'undone');
  },
  measure: async (event) => {
    const measured = await withPair(event, measureApart);
    return measured.ok ? measured.value : fail(400, { at: null, problem: measured.reason });
  },
} satisfies Actions;
