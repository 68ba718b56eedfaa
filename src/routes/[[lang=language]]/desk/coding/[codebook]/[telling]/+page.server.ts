import { fail, redirect } from '@sveltejs/kit';
import {
  codePassage,
  dropMemo,
  uncodePassage,
  writeMemo,
} from '#modules/stories/coding/commands/passages.server.ts';
import { keyIn, parseMemo, parsePassage } from '#modules/stories/coding/input.ts';
import { inTree } from '#modules/stories/coding/model.ts';
import {
  blocksToCode,
  codesOf,
  fallenPassages,
  memosOf,
  noteLook,
  passagesOf,
} from '#modules/stories/coding/queries.server.ts';
import { speakDesk } from '../../../ways.ts';
import { atTelling } from '../../here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  atTelling(event, async ({ tx, book, telling }) => {
    speakDesk(event.locals.language, event.url);
    await noteLook(tx, telling.id);
    return {
      book,
      telling,
      blocks: (await blocksToCode(tx, [telling.id])).map(({ block, kind, language, text }) => ({
        block,
        kind,
        language,
        text,
      })),
      codes: inTree(await codesOf(tx, book.id)),
      passages: await passagesOf(tx, book.id, telling.id),
      fallen: await fallenPassages(tx, book.id, telling.id),
      memos: await memosOf(tx, book.id, telling.id),
    };
  });

const backTo = (event: { readonly url: URL }, block: string | null): never =>
  redirect(303, `${event.url.pathname}${block ? `#b-${block}` : ''}`);
const nowhere = '00000000-0000-0000-0000-000000000000';

export const actions: Actions = {
  code: async (event) => {
    const form = await event.request.formData();
    const block = keyIn(form, 'block');
    const done = await atTelling(event, async ({ tx, who, book, telling }) => {
      const said = parsePassage(form, await blocksToCode(tx, [telling.id]));
      return said.ok ? codePassage(tx, who, book.id, telling.id, said.value) : said;
    });
    const words = String(form.get('words') ?? '').slice(0, 20_000);
    return done.ok ? backTo(event, block) : fail(400, { problem: done.reason, block, words });
  },
  uncode: async (event) => {
    const form = await event.request.formData();
    const passage = keyIn(form, 'passage') ?? nowhere;
    await atTelling(event, ({ tx, who, book }) => uncodePassage(tx, who, book.id, passage));
    return backTo(event, keyIn(form, 'block'));
  },
  memo: async (event) => {
    const form = await event.request.formData();
    const text = parseMemo(form);
    if (!text.ok) return fail(400, { problem: text.reason, block: null, words: '' });
    const passage = keyIn(form, 'passage');
    const wrote = await atTelling(event, ({ tx, who, book, telling }) =>
      writeMemo(tx, who, book.id, { telling: telling.id, passage }, text.value),
    );
    const block = keyIn(form, 'block');
    return wrote.ok ? backTo(event, block) : fail(409, { problem: wrote.reason, block, words: '' });
  },
  drop: async (event) => {
    const form = await event.request.formData();
    await atTelling(event, ({ tx, who, book }) => dropMemo(tx, who, book.id, keyIn(form, 'memo') ?? nowhere));
    return backTo(event, keyIn(form, 'block'));
  },
};
