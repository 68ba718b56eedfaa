import { error } from '@sveltejs/kit';
import {
  adoptWord,
  layAgain,
  layWord,
  letWordGo,
  signFor,
  takeSignatureBack,
  tellWhere,
} from '#modules/tables/adopting/commands.server.ts';
import { parseLetGo, parsePair } from '#modules/tables/adopting/input.ts';
import { meetingsHeld, wordsAt, wordsToLay } from '#modules/tables/adopting/queries.server.ts';
import { keyIn } from '#platform/form.ts';
import { deed, serve } from '../serving.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  serve(event, async (tx, { id }) => ({
    words: await wordsAt(tx, id),
    toLay: await wordsToLay(tx, id),
    meetings: await meetingsHeld(tx, id),
  }));

const lyingIn = (form: FormData) => keyIn(form, 'lies') ?? error(404, 'not found');

export const actions = {
  lay: deed((tx, goer, form, { table }) =>
    layWord(tx, goer, table, keyIn(form, 'version') ?? crypto.randomUUID()),
  ),
  where: deed(async (tx, goer, form) => {
    const said = parsePair(form, 'lies', 'meeting');
    return said.ok ? tellWhere(tx, goer, ...said.value) : said;
  }),
  sign: deed(async (tx, goer, form) => {
    const said = parsePair(form, 'lies', 'seat');
    return said.ok ? signFor(tx, goer, ...said.value) : said;
  }),
  unsign: deed(async (tx, goer, form) => {
    const said = parsePair(form, 'lies', 'seat');
    return said.ok ? takeSignatureBack(tx, goer, ...said.value) : said;
  }),
  adopt: deed((tx, goer, form) => adoptWord(tx, goer, lyingIn(form))),
  go: deed(async (tx, goer, form, { event }) => {
    const said = parseLetGo(form);
    return said.ok ? letWordGo(tx, goer, said.value, event.locals.language) : said;
  }),
  again: deed((tx, goer, form) => layAgain(tx, goer, lyingIn(form))),
} satisfies Actions;
