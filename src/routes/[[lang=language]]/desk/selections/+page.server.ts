import { error, fail, redirect } from '@sveltejs/kit';
import { regionsOf } from '#modules/initiatives/asking/queries.server.ts';
import { parseWish, typedWords } from '#modules/initiatives/input.ts';
import { findInitiatives } from '#modules/initiatives/queries.server.ts';
import type { OwnSelection } from '#modules/initiatives/verifying/selections/access.ts';
import * as deeds from '#modules/initiatives/verifying/selections/commands.server.ts';
import { parseSelection, parseSlugs } from '#modules/initiatives/verifying/selections/input.ts';
import { keptSelections, selectionToKeep } from '#modules/initiatives/verifying/selections/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['begun', 'added', 'taken', 'ended'] as const;

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const { wish } = parseWish(url.searchParams, today());
  const asked = wish.q !== '' || wish.near !== '';
  return withViewer(locals.viewer, async (tx) => ({
    regions: await regionsOf(tx, locals.viewer, locals.language, ['partner', 'editor']),
    selections: await keptSelections(tx, today()),
    typed: typedWords(url.searchParams),
    found: asked ? (await findInitiatives(tx, wish, locals.language)).stones : null,
    done: dones.find((done) => url.searchParams.get('done') === done) ?? null,
    count: Number(url.searchParams.get('count') ?? 0) || 0,
  }));
};

/** Does something with the list a form names, or says that there is no such list for this person. */
async function withList(
  viewer: Viewer,
  form: FormData,
  deed: (tx: Tx, list: OwnSelection) => Promise<unknown>,
) {
  return withViewer(viewer, async (tx) => {
    const list = (await selectionToKeep(tx, String(form.get('key')))) ?? error(404, 'not found');
    return deed(tx, list);
  });
}

export const actions: Actions = {
  begin: async ({ locals, request, url }) => {
    const form = await request.formData();
    const names = ['name', 'keptBy', 'about', 'region'];
    const typed = Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '')]));
    const wish = parseSelection(form);
    if (!wish.ok) return fail(400, { typed, problems: wish.problems });
    const begun = await withViewer(locals.viewer, (tx) => deeds.beginSelection(tx, wish.value));
    if (!begun.ok)
      return fail(409, {
        typed,
        problems: [{ field: 'region', reason: 'verifying.desk.refused.region' as const }],
      });
    redirect(303, `${url.pathname}?done=begun`);
  },
  add: async ({ locals, request, url }) => {
    const form = await request.formData();
    const slugs = parseSlugs(form);
    await withList(locals.viewer, form, (tx, list) => deeds.clearEntries(tx, list, slugs));
    redirect(303, `${url.pathname}?done=added&count=${slugs.length}`);
  },
  take: async ({ locals, request, url }) => {
    const form = await request.formData();
    await withList(locals.viewer, form, (tx, list) => deeds.unclearEntries(tx, list, parseSlugs(form)));
    redirect(303, url.pathname);
  },
  end: async ({ locals, request, url }) => {
    await withList(locals.viewer, await request.formData(), deeds.endSelection);
    redirect(303, `${url.pathname}?done=ended`);
  },
};
