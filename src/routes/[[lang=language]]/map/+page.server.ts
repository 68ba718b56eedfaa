import { parseWish, typedWords } from '#modules/initiatives/input.ts';
import { fieldMap } from '#modules/initiatives/map/queries.server.ts';
import { spokenLanguages } from '#modules/initiatives/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

const frames = ['province', 'municipality', 'window'];

export const load: PageServerLoad = ({ url, locals }) => {
  const { wish, problems } = parseWish(url.searchParams, today());
  return withViewer(locals.viewer, async (tx) => {
    const field = await fieldMap(tx, wish, url.searchParams, locals.language);
    return {
      wish,
      field,
      problems: [...problems.filter((problem) => !frames.includes(problem.name)), ...field.problems],
      day: wish.asOf === today() ? null : wish.asOf,
      typed: typedWords(url.searchParams),
      spoken: await spokenLanguages(tx),
    };
  });
};
