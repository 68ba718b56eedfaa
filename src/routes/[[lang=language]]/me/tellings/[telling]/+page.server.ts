import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { speakerOf } from '#modules/consent/access.ts';
import { speakForMyself, takeBack } from '#modules/consent/commands.server.ts';
import { questions } from '#modules/consent/model.ts';
import { consentsOf } from '#modules/consent/queries.server.ts';
import { receiptsOf } from '#modules/consent/receipts/queries.server.ts';
import { ledgerOf, toldAs } from '#modules/stories/ledger/queries.server.ts';
import { proposalsOn } from '#modules/stories/proposals/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

const speakerHere = ({ locals }: Pick<RequestEvent, 'locals'>) =>
  speakerOf(locals.viewer) ?? error(404, 'not found');

export const load: PageServerLoad = ({ locals, params }) =>
  withViewer(locals.viewer, async (tx) => {
    const { hash: _, ...told } = (await toldAs(tx, params.telling)) ?? error(404, 'not found');
    const { lastWords, history } = await consentsOf(tx, told.id);
    const given = lastWords.filter(({ verdict }) => verdict === 'given');
    return {
      told,
      said: lastWords.filter(({ verdict }) => verdict !== 'taken-back'),
      history,
      // What is on paper or with others cannot be called back: of these uses it is said before.
      lasting: given.filter(({ use }) => questions[use].lasting).map(({ use }) => use),
      ledger: await ledgerOf(tx, told.id),
      proposals: (await proposalsOn(tx, told.id)).filter(({ standing }) => standing === 'waiting'),
      receipts: await receiptsOf(tx, told.id),
    };
  });

export const actions = {
  back: async (event) => {
    const speaker = speakerHere(event);
    const { language, viewer } = event.locals;
    const back = await withViewer(viewer, async (tx) => {
      const told = (await toldAs(tx, event.params.telling)) ?? error(404, 'not found');
      return takeBack(tx, speaker, { item: told.id, language, how: 'screen' });
    });
    if (!back.ok) error(404, 'not found');
    redirect(303, `/${language}/me/tellings/${event.params.telling}/receipts/${back.value.receipt}`);
  },
  alone: async (event) => {
    const speaker = speakerHere(event);
    await withViewer(event.locals.viewer, async (tx) => {
      const told = (await toldAs(tx, event.params.telling)) ?? error(404, 'not found');
      return speakForMyself(tx, speaker, told.id);
    });
    redirect(303, event.url.pathname);
  },
} satisfies Actions;
