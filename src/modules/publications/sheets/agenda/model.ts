import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { SheetBlock } from '#platform/print/sheet.ts';
import type { ReadAgenda, ReadPromise } from '../../../agendas/reading/model.ts';
import { wordsFor } from '../../../sessions/room/model.ts';
import { heading, laid, listed, text, wordsIn, type Desk, type Laid } from '../model.ts';

function promiseOf(say: Speech, promise: ReadPromise) {
  const what = wordsFor(promise.what, [say.language]);
  const carriers = [
    ...promise.carriers.map(({ name }) => name),
    ...(promise.unnamed > 0 ? [say('agendas.unnamed', { count: promise.unnamed })] : []),
  ];
  const parts = [
    ...(carriers.length > 0 ? [listed(say, carriers)] : []),
    ...(promise.toWhom ? [`${say('agendas.to')} ${promise.toWhom}`] : []),
    ...(promise.byDay ? [`${say('agendas.by')} ${dayIn(say.language, promise.byDay)}`] : []),
    ...(promise.silentSince
      ? [say('agendas.silent', { day: dayIn(say.language, promise.silentSince) })]
      : []),
  ];
  return {
    name: what ? wordsIn(say, what.text, what.language) : say('agendas.spoken'),
    ...(parts.length > 0 ? { text: parts.join(' · ') } : {}),
    mark: say(`agendas.state.${promise.state}`),
  };
}

/** An action agenda for the wall where people meet: each promise with who carries it and how it stands. */
export function agendaSheet(desk: Desk, agenda: ReadAgenda): Laid {
  const { say } = desk;
  const title = wordsFor(agenda.title, [say.language]);
  const { drawnOn, untilDay } = agenda;
  const days = [
    drawnOn ? dayIn(say.language, drawnOn, agenda.precision ?? 'day') : say('agendas.day.unknown'),
    ...(untilDay ? [dayIn(say.language, untilDay)] : []),
  ];
  const asked: SheetBlock[] = agenda.told
    .flatMap(({ helpAsked }) => helpAsked)
    .map((help) => text(wordsIn(say, help.text, help.language)));
  return laid(desk, {
    kind: say('sheets.agenda'),
    title: title ? wordsIn(say, title.text, title.language) : say('agendas.title'),
    subtitle: days.join(' – '),
    opening:
      agenda.origin === 'sources'
        ? say('agendas.sources')
        : say(agenda.endedOn ? 'agendas.year.over' : 'agendas.year'),
    blocks: [
      ...(agenda.told.length === 0
        ? [text(say('agendas.none'))]
        : [{ type: 'steps' as const, steps: agenda.told.map((promise) => promiseOf(say, promise)) }]),
      ...(asked.length > 0 ? [heading(say('agendas.help.asked')), ...asked] : []),
    ],
  });
}
