import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { apart } from '../../../initiatives/relations/model.ts';
import { waitsSince } from '../../../pools/answering/model.ts';
import { openAdvice } from '../../../pools/following/queries.server.ts';
import type { FigureAsk, Seen } from '../model.ts';
import { silenceDrawing } from '../views/silence-drawing.ts';

const most = 24;
const daysBetween = (from: Day, to: Day): number =>
  Math.max(0, Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000));

/** The silence after an advice that was handed over, point by point; null when there is none by that name. */
export async function seeSilence(
  tx: Tx,
  { advice: slug }: Extract<FigureAsk, { kind: 'silence' }>,
  say: Speech,
  today: Day,
): Promise<Seen | null> {
  const advice = await openAdvice(tx, { slug });
  if (!advice || advice.points.length === 0) return null;
  const points = advice.points.slice(0, most).map(({ number, text, answers }) => {
    const waits = waitsSince(advice.handedOn, answers, today);
    const last = answers.at(-1);
    const days = daysBetween(waits ?? advice.handedOn, waits === null ? (last?.day ?? today) : today);
    const said = waits === null && last ? say(`consulting.answer.${last.said}`) : null;
    return {
      number,
      what: text,
      days,
      answered: said !== null,
      said: said === null ? say('consulting.silent', { days }) : say('figures.after', { days, said }),
      answer: said,
    };
  });
  const name = apart(advice.title);
  const title = say('figures.title.silence', { name }).slice(0, 200);
  const waiting = points.filter(({ answered }) => !answered);
  return {
    title,
    alt: say('figures.alt.silence', {
      name,
      client: apart(advice.clientName),
      day: dayIn(say.language, advice.handedOn),
      count: points.length,
      waiting: waiting.length,
      days: Math.max(0, ...waiting.map(({ days }) => days)),
    }),
    facts: {
      columns: [
        say('figures.column.number'),
        say('figures.column.point'),
        say('figures.column.days'),
        say('figures.column.answer'),
      ],
      rows: points.map(({ number, what, days, answer }) => [number, what, days, answer]),
    },
    drawing: silenceDrawing({ title, direction: say.direction, points, week: say('figures.week') }),
  };
}
