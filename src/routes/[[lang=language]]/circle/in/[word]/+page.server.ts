import { fail, redirect } from '@sveltejs/kit';
import { isWord } from '#modules/learning/intervision/access.ts';
import { doInCircle } from '#modules/learning/intervision/commands.server.ts';
import { isHere } from '#modules/learning/intervision/model.ts';
import { parseCalled } from '#modules/learning/intervision/input.ts';
import { circleOf, seatOf } from '#modules/learning/intervision/queries.server.ts';
import { comeIn } from '#modules/learning/intervision/round/model.ts';
import type { RefusedInCircle } from '#modules/learning/intervision/seeing/model.ts';
import { giveWord, phoneAt, refuseHere } from '../../here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, cookies, locals, setHeaders }) => {
  const opened = isWord(params.word) ? await circleOf(params) : null;
  const at = phoneAt(cookies);
  if (opened && at && at.word === params.word && isHere(opened.circle, seatOf(at)))
    redirect(303, `/${locals.language}/circle`);
  setHeaders({ 'referrer-policy': 'no-referrer' });
  return { open: opened !== null, people: opened?.circle.people.length ?? 0 };
};

export const actions = {
  default: async (event) => {
    const { params, cookies, locals, request } = event;
    const form = await request.formData();
    const gone: RefusedInCircle = { refused: 'circle.refused.gone', deed: '', details: {}, typed: {} };
    if (!isWord(params.word) || !(await circleOf(params))) return fail(404, gone);
    const at = giveWord(cookies, params.word);
    const came = await doInCircle(at, (circle, seat) => comeIn(circle, seat, parseCalled(form)));
    if (!came.ok) return refuseHere(event, form, came);
    redirect(303, `/${locals.language}/circle`);
  },
} satisfies Actions;
