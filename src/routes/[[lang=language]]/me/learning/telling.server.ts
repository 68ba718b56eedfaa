import { error, fail, redirect } from '@sveltejs/kit';
import { typedIn } from '#platform/form.ts';
import { takeBackTold } from '#modules/learning/looking/commands.server.ts';
import { toldKinds } from '#modules/learning/looking/model.ts';
import { tellChange } from '#modules/learning/trajectories/commands.server.ts';
import { parseChange } from '#modules/learning/trajectories/input.ts';
import { oneself } from '#modules/people/access.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { RequestEvent } from './$types';

export const dones = ['told', 'part', 'stopped', 'note', 'erased', 'back', 'change'] as const;

/** The proof that someone is signed in; else there is no such page. */
export const self = (viewer: Viewer) => oneself(viewer) ?? error(404, 'not found');

/** A key that a form names, or null. */
export const key = (form: FormData, name: string): string | null => {
  const word = form.get(name);
  return typeof word === 'string' && isKey(word) ? word : null;
};

/** Leads back to the page, which says what was done. */
export const done = (locals: App.Locals, what: (typeof dones)[number]): never =>
  redirect(303, `/${locals.language}/me/learning?done=${what}`);

/** Tells what changed since, in a trajectory one takes part in. */
export async function tellsChange({ locals, request }: RequestEvent) {
  const form = await request.formData();
  const id = key(form, 'trajectory') ?? error(404, 'not found');
  const { wish, problems } = parseChange(form, locals.language, today());
  if (problems.length > 0) return fail(422, { at: id, typed: typedIn(form), problems });
  const told = await withViewer(locals.viewer, (tx) =>
    tellChange(tx, self(locals.viewer), id, wish, 'learner'),
  );
  return told.ok ? done(locals, 'change') : error(404, 'not found');
}

/** Takes back what one told. */
export async function takesBack({ locals, request }: RequestEvent) {
  const form = await request.formData();
  const [kind, id] = [toldKinds.find((each) => each === form.get('kind')), key(form, 'id')];
  if (!kind || !id) error(404, 'not found');
  const back = await withViewer(locals.viewer, (tx) => takeBackTold(tx, self(locals.viewer), kind, id));
  return back.ok ? done(locals, 'back') : error(404, 'not found');
}
