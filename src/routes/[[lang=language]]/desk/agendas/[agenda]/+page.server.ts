import { error } from '@sveltejs/kit';
import { parseHowItIs, parseWhich } from '#modules/agendas/carrying/input.ts';
import { openAgendaTo } from '#modules/agendas/commands/draw-up.server.ts';
import {
  changeMonths,
  giveCard,
  giveReading,
  readdress,
  tellForCarrier,
} from '#modules/agendas/keeping/commands.server.ts';
import { parseMail, parseMonths } from '#modules/agendas/keeping/input.ts';
import { ledAgendas, ledPromises } from '#modules/agendas/keeping/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { ok } from '#platform/result.ts';
import type { Actions, PageServerLoad } from './$types';
import { done, given, leadsHere } from './here.server.ts';

export const load: PageServerLoad = async (event) => {
  const { leads, agenda } = leadsHere(event);
  return withViewer(leads, async (tx) => {
    const [led] = await ledAgendas(tx, agenda);
    if (!led) error(404, 'not found');
    return { agenda: led, promises: await ledPromises(tx, agenda), today: today() };
  });
};

export const actions = {
  open: (event) =>
    done(event, async (tx, leads, form, agenda) => {
      await openAgendaTo(tx, leads, agenda, form.get('to') === 'everyone' ? 'everyone' : 'room');
      return ok(null);
    }),
  months: (event) =>
    done(event, async (tx, leads, form, agenda) => {
      const months = parseMonths(form);
      return months.ok
        ? ok(await changeMonths(tx, leads, { agenda, months: months.value }, today()))
        : months;
    }),
  address: (event) =>
    done(event, async (tx, leads, form) => {
      const mail = parseMail(form);
      return mail.ok
        ? readdress(tx, leads, { carrier: parseWhich(form, 'carrier'), mail: mail.value })
        : mail;
    }),
  tell: (event) =>
    done(event, async (tx, leads, form) => {
      const how = parseHowItIs(form, today());
      return how.ok ? tellForCarrier(tx, leads, how.value, event.locals.language, today()) : how;
    }),
  card: (event) =>
    given(event, 'promise', (tx, leads, form, agenda) =>
      giveCard(tx, leads, { agenda, carrier: parseWhich(form, 'carrier') }, today()),
    ),
  reading: (event) =>
    given(event, 'agendas/with', (tx, leads, _form, agenda) => giveReading(tx, leads, agenda, today())),
} satisfies Actions;
