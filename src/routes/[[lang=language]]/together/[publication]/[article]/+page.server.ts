import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { copiedIn } from '#modules/publications/beginning/articles/model.ts';
import { piecesIn } from '#modules/publications/laying/queries.server.ts';
import { anchorOf } from '#modules/publications/reading/model.ts';
import { writeDeed } from '#modules/publications/writing/commands.server.ts';
import { parseDeed } from '#modules/publications/writing/input.ts';
import { landings } from '#modules/publications/writing/model.ts';
import { proofOf } from '#modules/publications/writing/proof/queries.server.ts';
import { blocksOf, picturesOf, wordsGiven } from '#modules/publications/writing/queries.server.ts';
import { keyIn, typedIn } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { refused } from '#platform/result.ts';
import { articleAt } from './here.server.ts';
import type { Actions, PageServerLoad } from './$types';

const keyOr = (word: string | null): string | null => (word !== null && isKey(word) ? word : null);

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const { work, writer, article } = await articleAt(tx, { locals, params });
    const blocks = await blocksOf(tx, article.id);
    const pieces = await piecesIn(tx, work.id, locals.language);
    const said = pieces.flatMap(({ voice }) => voice?.words ?? []);
    const proof = await proofOf(tx, work.id, { article: article.id, exit: 'web', pictures: false });
    const asked = url.searchParams;
    return {
      work,
      article,
      blocks,
      pieces,
      shown: new Map((proof?.articles[0]?.blocks ?? []).map((block) => [block.id, block])),
      notes: proof?.articles[0]?.notes ?? [],
      copied: copiedIn(blocks, said),
      pictures: writer && asked.get('kind') === 'image' ? await picturesOf(tx, work.id) : [],
      given: writer ? await wordsGiven(tx, work.id) : [],
      writes: writer !== null,
      at: keyOr(asked.get('at')),
      after: asked.has('after') ? (keyOr(asked.get('after')) ?? '') : null,
      kind:
        (['quote', 'figure', 'image'] as const).find((kind) => kind === asked.get('kind')) ??
        ('typed' as const),
      told: landings.find((landing) => landing === asked.get('told')) ?? null,
      keys: { op: randomUUID(), paragraph: randomUUID() },
    };
  });

export const actions = {
  do: async (event) => {
    const form = await event.request.formData();
    const deed = parseDeed(form);
    const answer = await withViewer(event.locals.viewer, async (tx) => {
      const { writer, article } = await articleAt(tx, event);
      if (!deed.ok || !writer) return deed.ok ? refused('writing.refused.unknown') : deed;
      return writeDeed(tx, writer, article.id, deed.value);
    });
    if (answer.ok) {
      const { landing, paragraph } = answer.value;
      redirect(303, `${event.url.pathname}?told=${landing}#${anchorOf(paragraph)}`);
    }
    const typed = typedIn(form);
    return fail(422, { refused: answer.reason, typed, paragraph: keyIn(form, 'paragraph') });
  },
} satisfies Actions;
