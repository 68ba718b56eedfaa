import { error, fail, redirect } from '@sveltejs/kit';
import { answerAsking, sayAskingWish } from '#modules/initiatives/asking/commands/answer.server.ts';
import { heldEntry } from '#modules/initiatives/asking/held/queries.server.ts';
import { parseAnswer, parseAskingWish, parseSaid, parseSince } from '#modules/initiatives/asking/input.ts';
import { askedBy, askingWishOf } from '#modules/initiatives/asking/queries.server.ts';
import { linkNamed } from '#modules/initiatives/links/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

const opened = async (word: string) => (await linkNamed(word, 'still-true')) ?? error(404, 'not found');

export const load: PageServerLoad = async ({ params, url, locals }) => {
  const link = await opened(params.word);
  return withViewer(link.viewer, async (tx) => {
    const held = link.initiative === null ? null : await heldEntry(tx, link.initiative, locals.language);
    if (held?.standing !== 'laid') error(404, 'not found');
    return {
      held,
      asked: await askedBy(tx, link),
      wish: await askingWishOf(tx, held.id),
      wishKept: url.searchParams.has('kept'),
      answer: parseAnswer(url.searchParams.get('answer')),
      keep: `/${locals.language}/keep/${params.word}`,
      today: today(),
    };
  });
};

export const actions: Actions = {
  /** A link that is only opened does nothing, so that what scans mails answers for nobody; a button does. */
  answer: async ({ params, request, locals, url }) => {
    const form = await request.formData();
    const answer = parseAnswer(String(form.get('answer')));
    if (!answer) error(400, 'no answer');
    const then = form.get('then');
    const typed = Object.fromEntries(
      ['said', 'year', 'month'].map((name) => [name, String(form.get(name) ?? '')]),
    );
    const said = parseSaid(form);
    const since = answer === 'stopped' ? parseSince(form, today()) : null;
    const problems = [
      ...(said.ok ? [] : said.problems),
      ...(since === null || since.ok ? [] : since.problems),
    ];
    if (answer === 'changed' && then !== 'keep' && said.ok && said.value === null)
      problems.push({ field: 'said', reason: 'asking.problem.said.empty' });
    if (problems.length > 0 || !said.ok || since?.ok === false) return fail(400, { answer, typed, problems });
    const link = await opened(params.word);
    const done = await withViewer(link.viewer, (tx) =>
      answerAsking(tx, link, {
        answer,
        since: since?.value ?? null,
        said: said.value,
        language: locals.language,
      }),
    );
    if (!done.ok) return fail(409, { answer, typed, problems: [{ field: null, reason: done.reason }] });
    redirect(303, then === 'keep' ? `/${locals.language}/keep/${params.word}` : url.pathname);
  },
  wish: async ({ params, request, url }) => {
    const wish = parseAskingWish(await request.formData());
    if (!wish) error(400, 'no wish');
    const link = await opened(params.word);
    const initiative = link.initiative ?? error(404, 'not found');
    const said = await withViewer(link.viewer, (tx) => sayAskingWish(tx, initiative, wish));
    if (!said.ok) error(404, 'not found');
    redirect(303, `${url.pathname}?kept=wish`);
  },
};
