import { error, fail, redirect } from '@sveltejs/kit';
import { librarianOf, lookerOf } from '#modules/learning/access.ts';
import { typedIn } from '#platform/form.ts';
import { askQuestion } from '#modules/learning/insight-cards/commands.server.ts';
import { parseQuestion } from '#modules/learning/insight-cards/input.ts';
import { lookAt } from '#modules/learning/looking/commands.server.ts';
import { toldKinds } from '#modules/learning/looking/model.ts';
import { waitingToBeSeen } from '#modules/learning/looking/queries.server.ts';
import type { Typed } from '#modules/learning/model.ts';
import { askedQuestions, openDilemmas } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['opened', 'returned', 'asked'] as const;
type Wrong = { readonly wrong: string | null } & Omit<Typed, 'themes'>;
const amiss = (told: Partial<Wrong>): Wrong => ({ wrong: null, typed: {}, problems: [], ...told });

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    waiting: await waitingToBeSeen(tx),
    questions: await askedQuestions(tx),
    dilemmas: await openDilemmas(tx),
    done: dones.find((done) => done === url.searchParams.get('done')) ?? null,
  }));
};

async function look(locals: App.Locals, form: FormData, why: string | null) {
  const looker = lookerOf(locals.viewer) ?? error(404, 'not found');
  const [kind, id] = [toldKinds.find((each) => each === form.get('kind')), String(form.get('id') ?? '')];
  if (!kind || !isKey(id)) error(404, 'not found');
  const looked = await withViewer(locals.viewer, (tx) => lookAt(tx, looker, { kind, id, why }));
  if (!looked.ok) error(404, 'not found');
}

export const actions = {
  look: async ({ locals, request, url }) => {
    await look(locals, await request.formData(), null);
    redirect(303, `${url.pathname}?done=opened`);
  },
  return: async ({ locals, request, url }) => {
    const form = await request.formData();
    const why = String(form.get('why') ?? '')
      .trim()
      .slice(0, 500);
    if (why === '') return fail(422, amiss({ wrong: String(form.get('id') ?? '') }));
    await look(locals, form, why);
    redirect(303, `${url.pathname}?done=returned`);
  },
  ask: async ({ locals, request, url }) => {
    const librarian = librarianOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const { wish, problems } = parseQuestion(form, locals.language);
    if (problems.length > 0) return fail(422, amiss({ typed: typedIn(form), problems }));
    await withViewer(locals.viewer, (tx) => askQuestion(tx, librarian, wish));
    redirect(303, `${url.pathname}?done=asked`);
  },
} satisfies Actions;
