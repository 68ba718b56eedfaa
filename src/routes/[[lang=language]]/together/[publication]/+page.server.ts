import { beginArticle } from '#modules/publications/beginning/articles/commands.server.ts';
import { parseArticle } from '#modules/publications/beginning/articles/input.ts';
import { articlesOf } from '#modules/publications/beginning/articles/queries.server.ts';
import { leavePublication, signAs } from '#modules/publications/beginning/commands.server.ts';
import { calledIn } from '#modules/publications/beginning/input.ts';
import { workersOf } from '#modules/publications/beginning/queries.server.ts';
import { coverageIn } from '#modules/publications/coverage/queries.server.ts';
import { piecesIn } from '#modules/publications/laying/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { ok, refused } from '#platform/result.ts';
import { done, doneByMember, workHere } from './here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const { work, writer } = await workHere(tx, { locals, params });
    return {
      work,
      writes: writer !== null,
      articles: await articlesOf(tx, work.id),
      workers: await workersOf(tx, work.id),
      covered: await coverageIn(tx, work.id),
      pieces: (await piecesIn(tx, work.id, locals.language)).length,
      done: url.searchParams.has('done'),
    };
  });

export const actions = {
  begin: (event) =>
    done(event, async (tx, { work, writer }, form) => {
      const { wish, problems } = parseArticle(form, work);
      if (!writer) return refused('together.refused.publication_ended');
      if (problems.length > 0) return refused('together.refused.article_title');
      return ok(await beginArticle(tx, writer, wish));
    }),
  sign: (event) => done(event, async (tx, { layer }, form) => ok(await signAs(tx, layer, calledIn(form)))),
  leave: (event) =>
    doneByMember(
      event,
      async (tx, { member }) => {
        const left = await leavePublication(tx, member);
        return left.ok ? left : refused(`together.refused.${left.reason}`);
      },
      `/${event.locals.language}/together?left`,
    ),
} satisfies Actions;
