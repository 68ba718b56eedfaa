import { error } from '@sveltejs/kit';
import { monthsLater } from '#modules/agendas/model.ts';
import { declineAsk, letWaitAgain, promiseStep } from '#modules/tables/connecting/commands.server.ts';
import { parseDecline, parseStep } from '#modules/tables/connecting/input.ts';
import { stepTitle } from '#modules/tables/connecting/model.ts';
import { asksAt, stepTakers } from '#modules/tables/connecting/queries.server.ts';
import { today } from '#platform/clock.ts';
import { keyIn } from '#platform/form.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { deed, serve } from '../serving.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  serve(event, async (tx, { id }) => ({
    asks: await asksAt(tx, id, today()),
    takers: await stepTakers(tx, id),
    byDay: monthsLater(today(), 3),
    done: event.url.searchParams.has('done'),
  }));

export const actions = {
  promise: deed(async (tx, goer, form, { served, event }) => {
    const said = parseStep(form, today());
    if (!said.ok) return said;
    const { language } = event.locals;
    const title = stepTitle(served, (one) => speaker(one, catalogue));
    return promiseStep(tx, goer, said.value, { language, home: event.url.origin, title });
  }),
  decline: deed(async (tx, goer, form, { event }) => {
    const said = parseDecline(form);
    return said.ok ? declineAsk(tx, goer, said.value, event.locals.language) : said;
  }),
  again: deed((tx, goer, form) => letWaitAgain(tx, goer, keyIn(form, 'ask') ?? error(404, 'not found'))),
} satisfies Actions;
