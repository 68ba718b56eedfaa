import { error, fail, redirect } from '@sveltejs/kit';
import { proposerOf } from '#modules/languages/words/access.ts';
import { headOf } from '#modules/languages/words/model.ts';
import { proposeWord, takeWordBack } from '#modules/languages/words/proposing/commands.server.ts';
import { parseWish, typedWish } from '#modules/languages/words/proposing/input.ts';
import { ownProposals } from '#modules/languages/words/proposing/queries.server.ts';
import { openWords } from '#modules/languages/words/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['sent', 'back'] as const;
const proposer = (viewer: Viewer) => proposerOf(viewer) ?? error(404, 'not found');

export const load: PageServerLoad = async ({ locals, url }) => {
  const who = proposer(locals.viewer);
  const { words, mine } = await withViewer(locals.viewer, async (tx) => ({
    words: await openWords(tx),
    mine: await ownProposals(tx, who),
  }));
  const disputed = url.searchParams.get('disputes');
  const version = words.flatMap(({ versions }) => versions).find(({ id }) => id === disputed);
  if (disputed !== null && !version) error(404, 'not found');
  return {
    mine,
    disputed: version ?? null,
    chosen: words.find(({ slug }) => slug === url.searchParams.get('word'))?.id ?? '',
    words: words.flatMap((word) => {
      const head = headOf(word, locals.language);
      return head ? [{ id: word.id, term: head.term, language: head.language }] : [];
    }),
    done: dones.find((done) => done === url.searchParams.get('done')) ?? null,
  };
};

export const actions = {
  propose: async ({ locals, request, url }) => {
    const who = proposer(locals.viewer);
    const form = await request.formData();
    const typed = typedWish(form);
    const read = parseWish(form);
    if (!read.ok) return fail(422, { typed, problems: read.problems, refused: null });
    const proposed = await withViewer(locals.viewer, (tx) => proposeWord(tx, who, read.wish));
    if (!proposed.ok) return fail(409, { typed, problems: [], refused: proposed.reason });
    redirect(303, `${url.pathname}?done=sent`);
  },
  back: async ({ locals, request, url }) => {
    const who = proposer(locals.viewer);
    const proposal = String((await request.formData()).get('proposal') ?? '');
    const gone =
      isKey(proposal) && (await withViewer(locals.viewer, (tx) => takeWordBack(tx, who, proposal)));
    if (!gone) error(404, 'not found');
    redirect(303, `${url.pathname}?done=back`);
  },
} satisfies Actions;
