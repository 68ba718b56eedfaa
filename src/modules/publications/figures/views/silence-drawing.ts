import { across, el, ink, linesOf, lines, side, svg, words } from './svg.ts';

interface SilenceDrawn {
  readonly title: string;
  readonly direction: 'ltr' | 'rtl';
  readonly points: readonly {
    readonly number: number;
    readonly what: string;
    /** Days it waited, or waits. */
    readonly days: number;
    readonly answered: boolean;
    readonly said: string;
  }[];
  readonly week: string;
}

const [margin, step, perRow, mostWeeks] = [26, 24, 15, 60];

/** The silence after an advice: for each point a stone for every week without an answer, and a closing stone where one came. */
export function silenceDrawing({ title, direction, points, week }: SilenceDrawn): string {
  const { x, begin } = side(direction);
  let y = 34;
  const rows = points.map(({ number, what, days, answered, said }) => {
    const told = linesOf(what, across - 2 * margin - 26, 16, 2);
    const weeks = Math.min(mostWeeks, Math.ceil(days / 7));
    const first = y + told.length * 21 + 8;
    const spot = (at: number) => ({
      cx: x(margin + 12 + (at % perRow) * step),
      cy: first + Math.floor(at / perRow) * step,
    });
    const count = weeks + (answered ? 1 : 0);
    const last = first + Math.floor(Math.max(0, count - 1) / perRow) * step;
    const row = [
      words(x(margin), y, String(number), { size: 16, anchor: begin, weight: 600, fill: ink.sun }),
      lines(x(margin + 26), y, told, { size: 16, anchor: begin, weight: 600, own: true }),
      ...Array.from({ length: weeks }, (_, at) =>
        el('ellipse', { ...spot(at), rx: 9, ry: 7.4, fill: ink.paper, stroke: ink.stone, 'stroke-width': 2 }),
      ),
      answered ? answer(spot(weeks)) : '',
      lines(x(margin), last + 32, linesOf(said, across - 2 * margin, 15, 1), {
        size: 15,
        anchor: begin,
        fill: ink.stone,
      }),
    ].join('');
    y = last + 68;
    return row;
  });
  return svg(
    { width: across, height: y + 14, direction },
    title,
    ...rows,
    el('path', { d: `M${margin} ${y - 24}H${across - margin}`, stroke: ink.line, 'stroke-width': 1 }),
    el('ellipse', {
      cx: x(margin + 12),
      cy: y - 8,
      rx: 9,
      ry: 7.4,
      fill: ink.paper,
      stroke: ink.stone,
      'stroke-width': 2,
    }),
    words(x(margin + 32), y - 3, week, { size: 15, anchor: begin, fill: ink.stone }),
  );
}

const answer = ({ cx, cy }: { cx: number; cy: number }): string =>
  el('ellipse', { cx, cy, rx: 11, ry: 9.4, fill: ink.landing }) +
  el('path', {
    d: `M${Math.round(cx) - 5} ${Math.round(cy)}l4 4 6-8`,
    stroke: ink.paper,
    'stroke-width': 2.4,
    fill: 'none',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
