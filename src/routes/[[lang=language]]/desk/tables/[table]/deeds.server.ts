import * as deciding from '#modules/tables/deciding/commands.server.ts';
import {
  parseDecision,
  parseDissent,
  parseDissentBack,
  parseMeeting,
} from '#modules/tables/deciding/input.ts';
import { chooseDirector, place } from '#modules/tables/directing/commands.server.ts';
import { parseDirector, parseStance } from '#modules/tables/directing/input.ts';
import { chosenIn } from '#modules/tables/input.ts';
import { audiences } from '#modules/tables/model.ts';
import { layOutSeat, showSeat, stepSeat } from '#modules/tables/seats/commands.server.ts';
import { parseSeat, parseSeatStep, parseShowing } from '#modules/tables/seats/input.ts';
import * as setting from '#modules/tables/setting/commands.server.ts';
import { today } from '#platform/clock.ts';
import { keyIn, wordsIn } from '#platform/form.ts';
import type { Actions } from './$types';
import { done, said } from './here.server.ts';

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
  lay: (event) => said(event, parseSeat, (tx, goer, wish, table) => layOutSeat(tx, goer, table, wish)),
  step: (event) =>
    said(
      event,
      (form) => parseSeatStep(form, today()),
      (tx, goer, step) => stepSeat(tx, goer, step, event.locals.language, today()),
    ),
  show: (event) => said(event, parseShowing, showSeat),
  meet: (event) =>
    said(
      event,
      (form) => parseMeeting(form, today()),
      (tx, goer, met, table) => deciding.noteMeeting(tx, goer, table, met, event.locals.language),
    ),
  decide: (event) =>
    said(
      event,
      (form) => parseDecision(form, today()),
      (tx, goer, wish, table) => deciding.noteDecision(tx, goer, table, wish, event.locals.language),
    ),
  disagree: (event) =>
    said(event, parseDissent, (tx, goer, wish) => deciding.disagree(tx, goer, wish, event.locals.language)),
  agree: (event) => said(event, parseDissentBack, deciding.agreeAfterAll),
  place: (event) =>
    said(event, parseStance, (tx, goer, wish, table) =>
      place(tx, goer, table, wish, event.locals.language, today()),
    ),
  direct: (event) =>
    said(event, parseDirector, (tx, goer, wish, table) => chooseDirector(tx, goer, table, wish, today())),
} satisfies Actions;
