import * as deciding from '#modules/tables/deciding/commands.server.ts';
import {
  parseDecision,
  parseDissent,
  parseDissentBack,
  parseMeeting,
} from '#modules/tables/deciding/input.ts';
import { chooseDirector, place } from '#modules/tables/directing/commands.server.ts';
import { parseDirector, parseStance } from '#modules/tables/directing/input.ts';
import { chosenIn, keyIn, wordsIn } from '#modules/tables/input.ts';
import { audiences, mostRings } from '#modules/tables/model.ts';
import { layOutSeat, showSeat, stepSeat } from '#modules/tables/seats/commands.server.ts';
import { parseSeat, parseSeatStep, parseShowing } from '#modules/tables/seats/input.ts';
import * as setting from '#modules/tables/setting/commands.server.ts';
import { today } from '#platform/clock.ts';
import type { Actions } from './$types';
import { done } from './here.server.ts';

/** What can be done at a table, each by who the walls let. */
export const deeds = {
  open: (event) =>
    done(event, (tx, goer, form, table) =>
      setting.openTableTo(tx, goer, table, chosenIn(form, 'open-to', audiences)),
    ),
  end: (event) =>
    done(event, (tx, goer, form, table) =>
      setting.endTable(tx, goer, { table, why: wordsIn(form, 'why', true) }, today()),
    ),
  keep: (event) =>
    done(event, (tx, goer, form, table) =>
      setting.letKeep(tx, goer, { table, person: keyIn(form, 'person') ?? table }),
    ),
  drop: (event) =>
    done(event, (tx, goer, form, table) =>
      setting.letGoOfKeeping(tx, goer, { table, person: keyIn(form, 'person') ?? table }),
    ),
  lay: (event) =>
    done(event, async (tx, goer, form, table) => {
      const wish = parseSeat(form, mostRings);
      return wish.ok ? layOutSeat(tx, goer, table, wish.value) : wish;
    }),
  step: (event) =>
    done(event, async (tx, goer, form) => {
      const step = parseSeatStep(form, today());
      return step.ok ? stepSeat(tx, goer, step.value, event.locals.language, today()) : step;
    }),
  show: (event) =>
    done(event, async (tx, goer, form) => {
      const showing = parseShowing(form);
      return showing.ok ? showSeat(tx, goer, showing.value) : showing;
    }),
  meet: (event) =>
    done(event, async (tx, goer, form, table) => {
      const met = parseMeeting(form, today());
      return met.ok ? deciding.noteMeeting(tx, goer, table, met.value, event.locals.language) : met;
    }),
  decide: (event) =>
    done(event, async (tx, goer, form, table) => {
      const wish = parseDecision(form, today());
      return wish.ok ? deciding.noteDecision(tx, goer, table, wish.value, event.locals.language) : wish;
    }),
  disagree: (event) =>
    done(event, async (tx, goer, form) => {
      const said = parseDissent(form);
      return said.ok ? deciding.disagree(tx, goer, said.value, event.locals.language) : said;
    }),
  agree: (event) =>
    done(event, async (tx, goer, form) => {
      const back = parseDissentBack(form);
      return back.ok ? deciding.agreeAfterAll(tx, goer, back.value) : back;
    }),
  place: (event) =>
    done(event, async (tx, goer, form, table) => {
      const wish = parseStance(form);
      return wish.ok ? place(tx, goer, table, wish.value, event.locals.language, today()) : wish;
    }),
  direct: (event) =>
    done(event, async (tx, goer, form, table) => {
      const chosen = parseDirector(form);
      return chosen.ok ? chooseDirector(tx, goer, table, chosen.value, today()) : chosen;
    }),
} satisfies Actions;
