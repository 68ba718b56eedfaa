import { fail, redirect } from '@sveltejs/kit';
import { addCode, removeCode, shareCodebook } from '#modules/stories/coding/commands/codebook.server.ts';
import { dropMemo, writeMemo } from '#modules/stories/coding/commands/passages.server.ts';
import { bringIn } from '#modules/stories/coding/exchange/commands.server.ts';
import { limits, readExchange } from '#modules/stories/coding/exchange/input.ts';
import { keyIn, parseCode, parseMemo } from '#modules/stories/coding/input.ts';
import { inTree } from '#modules/stories/coding/model.ts';
import {
  codableTellings,
  codesOf,
  fellowsOf,
  memosOf,
  takenOut,
} from '#modules/stories/coding/queries.server.ts';
import { speakDesk } from '../../ways.ts';
import { atCodebook } from '../here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  atCodebook(event, async ({ tx, book }) => {
    speakDesk(event.locals.language, event.url);
    return {
      book,
      codes: inTree(await codesOf(tx, book.id)),
      memos: await memosOf(tx, book.id, null),
      tellings: await codableTellings(tx),
      fellows: await fellowsOf(tx, book.id),
      taken: await takenOut(tx, book.id),
      megabytes: limits.bytes / 1024 / 1024,
    };
  });

const again = (event: { readonly url: URL }): never => redirect(303, event.url.pathname);
const nowhere = '00000000-0000-0000-0000-000000000000';

export const actions: Actions = {
  code: async (event) => {
    const said = parseCode(await event.request.formData());
    if (!said.ok) return fail(400, { problem: said.reason });
    const added = await atCodebook(event, ({ tx, who, book }) => addCode(tx, who, book.id, said.value));
    return added.ok ? again(event) : fail(409, { problem: added.reason });
  },
  remove: async (event) => {
    const code = keyIn(await event.request.formData(), 'code') ?? nowhere;
    const removed = await atCodebook(event, ({ tx, who, book }) => removeCode(tx, who, book.id, code));
    return removed.ok ? again(event) : fail(409, { problem: removed.reason });
  },
  memo: async (event) => {
    const form = await event.request.formData();
    const text = parseMemo(form);
    if (!text.ok) return fail(400, { problem: text.reason });
    const about = { code: keyIn(form, 'code') ?? nowhere };
    const wrote = await atCodebook(event, ({ tx, who, book }) =>
      writeMemo(tx, who, book.id, about, text.value),
    );
    return wrote.ok ? again(event) : fail(409, { problem: wrote.reason });
  },
  drop: async (event) => {
    const memo = keyIn(await event.request.formData(), 'memo') ?? nowhere;
    await atCodebook(event, ({ tx, who, book }) => dropMemo(tx, who, book.id, memo));
    return again(event);
  },
  share: async (event) => {
    const form = await event.request.formData();
    const share = { with: keyIn(form, 'person') ?? nowhere, on: form.get('on') === 'yes' };
    const shared = await atCodebook(event, ({ tx, who, book }) => shareCodebook(tx, who, book.id, share));
    return shared.ok ? again(event) : fail(409, { problem: shared.reason });
  },
  bring: async (event) => {
    const file = (await event.request.formData()).get('file');
    if (!(file instanceof File) || file.size === 0)
      return fail(400, { problem: 'coding.desk.file.none' as const });
    const read = await readExchange(Buffer.from(await file.arrayBuffer()));
    if (!read.ok)
      return fail(400, { problem: `coding.desk.file.${read.reason}` as const, details: read.details });
    const brought = await atCodebook(event, ({ tx, who, book }) => bringIn(tx, who, book, read.value));
    return brought.ok ? { brought: brought.value } : fail(409, { problem: brought.reason });
  },
};
