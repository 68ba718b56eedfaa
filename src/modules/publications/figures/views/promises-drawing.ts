import type { Day } from '#platform/clock.ts';
import type { OpenStone } from '../../../agendas/model.ts';
import { formOf } from '../../../agendas/views/year-line.ts';
import { across, el, ink, linesOf, lines, side, svg, words } from './svg.ts';

interface PromisesDrawn {
  readonly title: string;
  readonly direction: 'ltr' | 'rtl';
  readonly from: Day;
  readonly until: Day;
  readonly today: Day;
  readonly begin: string;
  readonly end: string;
  readonly promises: readonly {
    readonly number: number;
    readonly what: string;
    readonly state: string;
    readonly stones: readonly OpenStone[];
  }[];
}

const dayNumber = (day: Day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const margin = 26;

/** The year of an agenda: for each promise a line from the day it was made, with a stone for each day it was asked how things are. */
export function promisesDrawing(drawn: PromisesDrawn): string {
  const { title, direction, promises, from, until, today } = drawn;
  const { x, begin, end } = side(direction);
  const long = Math.max(1, dayNumber(until) - dayNumber(from));
  const at = (day: Day) =>
    x(margin + Math.min(1, Math.max(0, (dayNumber(day) - dayNumber(from)) / long)) * (across - 2 * margin));
  let y = 32;
  const rows = promises.map(({ number, what, state, stones }) => {
    const told = linesOf(what, across - margin * 2 - 26, 16, 2);
    const line = y + told.length * 21 + 16;
    const row = [
      words(x(margin), y, String(number), { size: 16, anchor: begin, weight: 600, fill: ink.sun }),
      lines(x(margin + 26), y, told, { size: 16, anchor: begin, weight: 600, own: true }),
      el('path', {
        d: `M${at(from)} ${line}H${at(until)}`,
        stroke: ink.line,
        'stroke-width': 6,
        'stroke-linecap': 'round',
      }),
      today > from
        ? el('path', {
            d: `M${at(from)} ${line}H${at(today)}`,
            stroke: ink.arrival,
            'stroke-width': 6,
            'stroke-linecap': 'round',
          })
        : '',
      ...stones.map((stone) => stoneDrawing(at(stone.due_on), line, formOf(stone))),
      words(x(margin), line + 30, state, { size: 14, anchor: begin, fill: ink.stone }),
    ].join('');
    y = line + 62;
    return row;
  });
  return svg(
    { width: across, height: y + 12, direction },
    title,
    ...rows,
    el('path', { d: `M${margin} ${y - 24}H${across - margin}`, stroke: ink.line, 'stroke-width': 1 }),
    words(x(margin), y - 6, drawn.begin, { size: 14, anchor: begin, fill: ink.stone }),
    words(x(across - margin), y - 6, drawn.end, { size: 14, anchor: end, fill: ink.stone }),
  );
}

/** A stone by its form: done has a tick, rest two bars, let go a cross, silence a broken edge. */
function stoneDrawing(x: number, y: number, form: ReturnType<typeof formOf>): string {
  if (form === 'rested')
    return el('path', {
      d: `M${x - 6} ${y}h12`,
      stroke: ink.stone,
      'stroke-width': 3,
      'stroke-linecap': 'round',
    });
  const full = form === 'moving' || form === 'done';
  const held = form === 'let-go' || form === 'paused';
  const sign = { fill: 'none', 'stroke-width': 2.6, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return el(
    'g',
    { transform: `translate(${Math.round(x)} ${Math.round(y)})` },
    el('ellipse', {
      rx: 13,
      ry: 11,
      fill: full ? ink.landing : ink.paper,
      stroke: full ? ink.landing : held ? ink.rooting : ink.stone,
      'stroke-width': 2.6,
      'stroke-dasharray': form === 'silent' ? '3 5' : null,
    }),
    form === 'done'
      ? el('path', { d: 'M-6 0l4 5 8-9', stroke: ink.paper, ...sign })
      : form === 'let-go'
        ? el('path', { d: 'M-5-5l10 10M5-5l-10 10', stroke: ink.rooting, ...sign })
        : form === 'paused'
          ? el('path', { d: 'M-3-5v10M3-5v10', stroke: ink.rooting, ...sign })
          : form === 'moving'
            ? el('circle', { r: 4, fill: ink.paper })
            : form === 'asked'
              ? el('circle', { r: 3, fill: ink.stone })
              : '',
  );
}
