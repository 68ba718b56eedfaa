import { error, fail } from '@sveltejs/kit';
import { typedIn } from '#platform/form.ts';
import { toldByMe } from '#modules/learning/looking/queries.server.ts';
import { openTrajectories } from '#modules/learning/reading/queries.server.ts';
import * as trajectories from '#modules/learning/trajectories/commands.server.ts';
import { parseNote } from '#modules/learning/trajectories/input.ts';
import { myPath, myTrajectories } from '#modules/learning/trajectories/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { done, dones, key, self, takesBack, tellsChange } from './telling.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const mine = await myTrajectories(tx, self(locals.viewer));
    const open = await openTrajectories(tx);
    const asked = open.find(({ slug }) => slug === url.searchParams.get('entry'));
    return {
      mine,
      offered: asked && !mine.some(({ slug }) => slug === asked.slug) ? asked : null,
      notes: await myPath(tx, self(locals.viewer)),
      told: await toldByMe(tx),
      today: today(),
      done: dones.find((done) => done === url.searchParams.get('done')) ?? null,
    };
  });

export const actions = {
  part: async ({ locals, request }) => {
    const slug = String((await request.formData()).get('trajectory') ?? '');
    const taken = await withViewer(locals.viewer, (tx) =>
      trajectories.takePart(tx, self(locals.viewer), slug),
    );
    return taken.ok ? done(locals, 'part') : error(404, 'not found');
  },
  stop: async ({ locals, request }) => {
    const id = key(await request.formData(), 'trajectory') ?? error(404, 'not found');
    await withViewer(locals.viewer, (tx) => trajectories.stopTakingPart(tx, self(locals.viewer), id));
    done(locals, 'stopped');
  },
  note: async ({ locals, request }) => {
    const form = await request.formData();
    const { wish, problems } = parseNote(form);
    if (problems.length > 0) return fail(422, { at: 'note', typed: typedIn(form), problems });
    const note = { ...wish, trajectory: key(form, 'trajectory'), day: today() };
    const kept = await withViewer(locals.viewer, (tx) =>
      trajectories.writeNote(tx, self(locals.viewer), note),
    );
    return kept.ok ? done(locals, 'note') : error(404, 'not found');
  },
  erase: async ({ locals, request }) => {
    const id = key(await request.formData(), 'note') ?? error(404, 'not found');
    await withViewer(locals.viewer, (tx) => trajectories.eraseNote(tx, self(locals.viewer), id));
    done(locals, 'erased');
  },
  change: tellsChange,
  back: takesBack,
} satisfies Actions;
