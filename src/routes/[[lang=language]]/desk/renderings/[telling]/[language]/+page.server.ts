import { error, fail, redirect } from '@sveltejs/kit';
import { translatorOf } from '#modules/stories/access.ts';
import { noteLook } from '#modules/stories/renderings/checking/commands.server.ts';
import { draftByMachine, saveRendering } from '#modules/stories/renderings/commands.server.ts';
import { parseRendering } from '#modules/stories/renderings/input.ts';
import { workOn } from '#modules/stories/renderings/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { isKey } from '#platform/ids.ts';
import { machineAtHand } from '#platform/translation/machine.server.ts';
import { speakDesk } from '../../../ways.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const absent = () => error(404, 'not found');

const here = ({ params, locals }: Pick<RequestEvent, 'params' | 'locals'>) => {
  const translator = translatorOf(locals.viewer);
  if (!translator || !isKey(params.telling) || !isLanguage(params.language)) absent();
  return {
    translator: translator ?? absent(),
    place: { telling: params.telling, language: params.language },
  };
};

export const load: PageServerLoad = async (event) => {
  speakDesk(event.locals.language, event.url);
  const { translator, place } = here(event);
  const asked = event.url.searchParams;
  const work = await withViewer(event.locals.viewer, async (tx) => {
    await noteLook(tx, translator, place.telling);
    return workOn(tx, place.telling, place.language);
  });
  return {
    ...(work ?? absent()),
    into: place.language,
    machine: machineAtHand() !== null,
    saved: (['draft', 'done'] as const).find((each) => each === asked.get('saved')) ?? null,
    filled: /^\d{1,4}$/.test(asked.get('filled') ?? '') ? Number(asked.get('filled')) : null,
  };
};

/** Keeps what was typed; what cannot be kept as wished comes back with every word. */
const keep = async (event: RequestEvent, standing: 'draft' | 'done') => {
  const { translator, place } = here(event);
  const form = await event.request.formData();
  const kept = await withViewer(event.locals.viewer, async (tx) => {
    const work = (await workOn(tx, place.telling, place.language)) ?? absent();
    const typed = parseRendering(
      form,
      work.blocks.map(({ block }) => block),
    );
    return { typed, saved: await saveRendering(tx, translator, place, typed, standing) };
  });
  const { typed, saved } = kept;
  if (saved.ok) redirect(303, `${event.url.pathname}?saved=${standing}`);
  const texts = Object.fromEntries(typed.blocks.map(({ block, text }) => [block, text]));
  return fail(400, { problem: `renderings.desk.problem.${saved.reason}` as const, texts });
};

export const actions = {
  draft: (event) => keep(event, 'draft'),
  done: (event) => keep(event, 'done'),
  machine: async (event) => {
    const { place } = here(event);
    const asked = await draftByMachine(event.locals.viewer, machineAtHand(), place);
    if (asked.ok) redirect(303, `${event.url.pathname}?filled=${asked.value.many}`);
    return fail(400, { problem: `renderings.desk.problem.${asked.reason}` as const, texts: {} });
  },
} satisfies Actions;
