import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { entryKey } from '#modules/initiatives/keeping/queries.server.ts';
import { entriesWith } from '#modules/initiatives/members/queries.server.ts';
import { keepSelfView, throwVersionAway } from '#modules/learning/self-view/commands.server.ts';
import { parseSelfView } from '#modules/learning/self-view/input.ts';
import { othersOf, selfViewsOf } from '#modules/learning/self-view/queries.server.ts';
import { hasRight } from '#platform/access.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = Pick<RequestEvent<{ slug: string }>, 'locals' | 'params'>;

/** Works as a keeper of this entry; for whoever does not keep it, there is no such page. */
const kept = <Answer>({ locals, params }: Event, work: (tx: Tx, initiative: string) => Promise<Answer>) =>
  withViewer(locals.viewer, async (tx) => {
    const id = await entryKey(tx, params.slug);
    if (id === null || !(await hasRight(tx, 'keep', [id]))) error(404, 'not found');
    return work(tx, id);
  });

export const load: PageServerLoad = (event) =>
  kept(event, async (tx, id) => {
    const [entry] = await entriesWith(tx, [id]);
    const versions = await selfViewsOf(tx, id);
    const asked = event.url.searchParams.get('version');
    return {
      name: entry?.name ?? event.params.slug,
      slug: event.params.slug,
      versions,
      shown: versions.find(({ on }) => on === asked) ?? versions[0] ?? null,
      others: await othersOf(tx, id),
      done:
        (['saved', 'thrown'] as const).find((each) => event.url.searchParams.get('done') === each) ?? null,
    };
  });

const here = ({ locals, params }: Event) => `/${locals.language}/initiatives/${params.slug}/self-view`;

export const actions = {
  keep: async (event) => {
    const view = parseSelfView(await event.request.formData());
    const answer = await kept(event, (tx, id) => keepSelfView(tx, id, event.locals.language, view));
    if (answer.ok) redirect(303, `${here(event)}?done=saved`);
    return fail(422, {
      refused: `reflecting.self.refused.${answer.reason}` as const,
      details: answer.details,
      view,
    });
  },
  throw: async (event) => {
    const which = String((await event.request.formData()).get('which') ?? '');
    await kept(event, async (tx, id) => (isKey(which) ? throwVersionAway(tx, id, which) : undefined));
    redirect(303, `${here(event)}?done=thrown`);
  },
} satisfies Actions;
