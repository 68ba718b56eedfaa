import { answerInvitation, takeUpAgain, tellHow } from '#modules/agendas/carrying/commands.server.ts';
import { parseHelp, parseHowItIs, parseInvited, parseWhich } from '#modules/agendas/carrying/input.ts';
import { askHelp, closeHelp, offerHelp } from '#modules/agendas/helping/commands/carriers.server.ts';
import { today } from '#platform/clock.ts';
import { ok, refused } from '#platform/result.ts';
import { done, type Event } from './carrying.server.ts';

const invited = (yes: boolean) => (event: Event) =>
  done(
    event,
    (tx, carrier, form) =>
      answerInvitation(tx, carrier, parseInvited(form, yes), event.locals.language, today()),
    yes ? 'yes' : 'no',
  );

const helpIn = (event: Event, form: FormData) => {
  const text = parseHelp(form);
  return text.ok
    ? ok({ promise: parseWhich(form), language: event.locals.language, text: text.value })
    : text;
};

export const carriedActions = {
  yes: invited(true),
  no: invited(false),
  tell: (event: Event) =>
    done(
      event,
      async (tx, carrier, form) => {
        const how = parseHowItIs(form, today());
        return how.ok ? tellHow(tx, carrier, how.value, event.locals.language, today()) : how;
      },
      'told',
    ),
  again: (event: Event) =>
    done(
      event,
      (tx, carrier, form) => takeUpAgain(tx, carrier, parseWhich(form), event.locals.language, today()),
      'again',
    ),
  help: (event: Event) =>
    done(
      event,
      async (tx, carrier, form) => {
        const help = helpIn(event, form);
        return help.ok ? askHelp(tx, carrier, help.value, today()) : help;
      },
      'help',
    ),
  offer: (event: Event) =>
    done(
      event,
      async (tx, carrier, form) => {
        const help = helpIn(event, form);
        return help.ok ? offerHelp(tx, carrier, help.value, today()) : help;
      },
      'offer',
    ),
  close: (event: Event) =>
    done(
      event,
      async (tx, carrier, form) => {
        const help = parseWhich(form, 'help');
        return (await closeHelp(tx, carrier, help)) ? ok(null) : refused('not_there');
      },
      'close',
    ),
};
