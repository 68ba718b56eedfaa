import { error } from '@sveltejs/kit';
import {
  closeAbsence,
  eraseAbsence,
  nameAbsence,
  tellAbsence,
} from '#modules/tables/chairs/commands.server.ts';
import { parseAbsence, parseClosing } from '#modules/tables/chairs/input.ts';
import { chairsAsKept } from '#modules/tables/chairs/queries.server.ts';
import { today } from '#platform/clock.ts';
import { keyIn } from '#platform/form.ts';
import { deed, serve } from '../serving.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  serve(event, async (tx, { id }) => ({
    seen: (await chairsAsKept(tx, id, today(), event.locals.language)) ?? error(404, 'not found'),
  }));

const absenceIn = (form: FormData) => keyIn(form, 'absence') ?? error(404, 'not found');

export const actions = {
  name: deed(async (tx, goer, form, { table, event }) => {
    const said = parseAbsence(form, today());
    return said.ok ? nameAbsence(tx, goer, table, said.value, event.locals.language) : said;
  }),
  close: deed(async (tx, goer, form, { table }) => {
    const said = parseClosing(form);
    return said.ok ? closeAbsence(tx, goer, table, said.value) : said;
  }),
  open: deed((tx, goer, form, { table }) => tellAbsence(tx, goer, table, absenceIn(form), true)),
  shut: deed((tx, goer, form, { table }) => tellAbsence(tx, goer, table, absenceIn(form), false)),
  erase: deed((tx, goer, form, { table }) => eraseAbsence(tx, goer, table, absenceIn(form))),
} satisfies Actions;
