import { fail, redirect } from '@sveltejs/kit';
import { layFigure } from '#modules/publications/figures/commands.server.ts';
import { parseAsk } from '#modules/publications/figures/input.ts';
import { asksFor } from '#modules/publications/figures/model.ts';
import { choicesFor } from '#modules/publications/figures/queries/choices.server.ts';
import { figuresLaid, seen } from '#modules/publications/figures/queries.server.ts';
import { figureKinds } from '#modules/publications/model.ts';
import { layingLimits } from '#modules/publications/laying/model.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { wordsIn } from '#platform/form.ts';
import { refused } from '#platform/result.ts';
import { visitor } from '#platform/viewer.ts';
import { workHere } from '../../../../together/[publication]/here.server.ts';
import { speakDesk } from '../../../ways.ts';
import { speechOf } from '../speech.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  const here = await withViewer(locals.viewer, async (tx) => {
    const { work } = await workHere(tx, { locals, params });
    return { work, laid: await figuresLaid(tx, work.id) };
  });
  const kind = figureKinds.find((one) => one === url.searchParams.get('kind')) ?? null;
  const say = speechOf(here.work.language);
  const asked = kind && url.searchParams.has('see') ? parseAsk(url.searchParams, today()) : null;
  return withViewer(visitor, async (tx) => ({
    ...here,
    kind,
    asks: kind ? asksFor[kind] : [],
    choices: kind ? await choicesFor(tx, kind, speechOf(locals.language)) : {},
    typed: Object.fromEntries(url.searchParams),
    query: url.searchParams.toString(),
    today: today(),
    language: say.language,
    refused: asked && !asked.ok ? asked.reason : null,
    shown: asked?.ok ? await seen(tx, asked.value, say, today()).then(withoutDrawing) : null,
    done: url.searchParams.has('done'),
  }));
};

const withoutDrawing = (what: Awaited<ReturnType<typeof seen>>) =>
  what && { title: what.title, alt: what.alt, facts: what.facts };

export const actions = {
  default: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const ask = parseAsk(url.searchParams, today());
    if (!ask.ok) return fail(422, { refused: ask.reason });
    const laid = await withViewer(locals.viewer, async (tx) => {
      const { layer, work } = await workHere(tx, { locals, params });
      if (!layer) return refused('together.refused.publication_ended');
      const why = wordsIn(form, 'why').slice(0, layingLimits.why);
      return layFigure(tx, layer, { ask: ask.value, say: speechOf(work.language), why });
    });
    if (!laid.ok) return fail(409, { refused: laid.reason });
    redirect(303, `${url.pathname}?done`);
  },
} satisfies Actions;
