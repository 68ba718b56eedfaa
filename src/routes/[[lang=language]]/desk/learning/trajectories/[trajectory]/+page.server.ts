import { error, fail, redirect } from '@sveltejs/kit';
import { guideOf, type Guide } from '#modules/learning/access.ts';
import { themesIn } from '#modules/learning/input.ts';
import { typedIn } from '#platform/form.ts';
import {
  changeTrajectory,
  standTrajectory,
  tellChange,
} from '#modules/learning/trajectories/commands.server.ts';
import { parseChange, parseTrajectory } from '#modules/learning/trajectories/input.ts';
import { keptTrajectory } from '#modules/learning/trajectories/queries.server.ts';
import { provinces } from '#modules/places/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';
import { speakDesk } from '../../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['saved', 'opened', 'closed', 'told'] as const;
const none = { typed: {}, themes: [], problems: [] };
const nowhere = () => error(404, 'not found');

function guide(viewer: Viewer, key: string): Guide {
  return (isKey(key) ? guideOf(viewer) : null) ?? nowhere();
}

export const load: PageServerLoad = ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  guide(locals.viewer, params.trajectory);
  return withViewer(locals.viewer, async (tx) => ({
    trajectory: (await keptTrajectory(tx, params.trajectory)) ?? nowhere(),
    provinces: await provinces(tx),
    today: today(),
    unknown: url.searchParams.get('unknown') ?? '',
    done: dones.find((done) => done === url.searchParams.get('done')) ?? null,
  }));
};

async function stand(locals: App.Locals, id: string, standing: 'open' | 'draft') {
  const who = guide(locals.viewer, id);
  const stood = await withViewer(locals.viewer, (tx) => standTrajectory(tx, who, id, standing));
  if (!stood.ok) nowhere();
}

export const actions = {
  save: async ({ locals, params, request, url }) => {
    const who = guide(locals.viewer, params.trajectory);
    const form = await request.formData();
    const { wish, problems } = parseTrajectory(form, locals.language);
    if (problems.length > 0)
      return fail(422, { ...none, typed: typedIn(form), themes: themesIn(form), problems, at: 'save' });
    const saved = await withViewer(locals.viewer, (tx) => changeTrajectory(tx, who, params.trajectory, wish));
    if (!saved.ok) return nowhere();
    redirect(303, `${url.pathname}?done=saved&unknown=${encodeURIComponent(saved.value.unknown.join(', '))}`);
  },
  open: async ({ locals, params, url }) => {
    await stand(locals, params.trajectory, 'open');
    redirect(303, `${url.pathname}?done=opened`);
  },
  close: async ({ locals, params, url }) => {
    await stand(locals, params.trajectory, 'draft');
    redirect(303, `${url.pathname}?done=closed`);
  },
  tell: async ({ locals, params, request, url }) => {
    const who = guide(locals.viewer, params.trajectory);
    const form = await request.formData();
    const { wish, problems } = parseChange(form, locals.language, today());
    if (problems.length > 0) return fail(422, { ...none, typed: typedIn(form), problems, at: 'tell' });
    const told = await withViewer(locals.viewer, (tx) =>
      tellChange(tx, who, params.trajectory, wish, 'guide'),
    );
    if (!told.ok) return nowhere();
    redirect(303, `${url.pathname}?done=told`);
  },
} satisfies Actions;
