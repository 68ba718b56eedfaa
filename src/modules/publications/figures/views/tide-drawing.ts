import type { Day } from '#platform/clock.ts';
import { across, el, ink, linesOf, lines, pebble, side, svg, words } from './svg.ts';

/** The water on a day: how many lived, and what began and ended since the day before it in the row. */
export interface Water {
  readonly day: Day;
  readonly there: number;
  readonly began: number;
  readonly ended: number;
}

interface TideDrawn {
  readonly title: string;
  readonly waters: readonly Water[];
  readonly direction: 'ltr' | 'rtl';
  readonly says: {
    readonly from: string;
    readonly until: string;
    readonly water: string;
    readonly began: string;
    readonly ended: string;
  };
}

const [top, floor, margin] = [36, 196, 30];

/** The shoreline between two days: the water rises with the number of initiatives, from zero; under it what came and went. Time runs to the right. */
export function tideDrawing({ title, waters, direction, says }: TideDrawn): string {
  const most = Math.max(1, ...waters.map(({ there }) => there));
  const step = (across - 2 * margin) / Math.max(1, waters.length - 1);
  const spots = waters.map((water, at) => ({
    ...water,
    x: waters.length === 1 ? across / 2 : margin + at * step,
    y: floor - (water.there / most) * (floor - top - 24),
  }));
  const [first] = spots;
  const curve = spots
    .slice(1)
    .map((to, at) => {
      const from = spots[at] ?? to;
      const middle = Math.round((from.x + to.x) / 2);
      return `C${middle} ${Math.round(from.y)} ${middle} ${Math.round(to.y)} ${Math.round(to.x)} ${Math.round(to.y)}`;
    })
    .join('');
  const edge = `M0 ${Math.round(first?.y ?? floor)}H${Math.round(first?.x ?? 0)}${curve}H${across}`;
  const tight = step < 36;
  const ends = (at: number) => at === 0 || at === spots.length - 1;
  const key = legend(says, direction, floor + 108);
  return svg(
    { width: across, height: floor + 108 + key.height, direction },
    title,
    el('path', { d: `${edge}V${floor}H0z`, fill: ink.water }),
    el('path', { d: edge, fill: 'none', stroke: ink.arrival, 'stroke-width': 2 }),
    ...spots.map(({ x, y, there, began, ended, day }, at) =>
      [
        pebble(x, y, 8, { fill: ends(at) ? ink.sun : ink.deep, stroke: ink.paper, 'stroke-width': 2 }),
        words(x, y - 15, String(there), { size: 15, anchor: 'middle', weight: 600 }),
        // The two days themselves are written whole below; between them lie ends of years.
        ends(at)
          ? ''
          : words(x, floor + 20, tight ? `’${day.slice(2, 4)}` : day.slice(0, 4), {
              size: 14,
              anchor: 'middle',
              fill: ink.stone,
            }),
        began > 0
          ? words(x, floor + 44, `+${began}`, { size: 14, anchor: 'middle', fill: ink.landing, weight: 600 })
          : '',
        ended > 0
          ? words(x, floor + 64, `−${ended}`, { size: 14, anchor: 'middle', fill: ink.sun, weight: 600 })
          : '',
      ].join(''),
    ),
    words(margin - 12, floor + 86, says.from, { size: 14, fill: ink.sun, weight: 600 }),
    words(across - margin + 12, floor + 86, says.until, {
      size: 14,
      anchor: 'end',
      fill: ink.sun,
      weight: 600,
    }),
    el('path', { d: `M14 ${floor + 97}H${across - 14}`, stroke: ink.line, 'stroke-width': 1 }),
    key.drawn,
  );
}

function legend(says: TideDrawn['says'], direction: 'ltr' | 'rtl', top: number) {
  const { x, begin } = side(direction);
  let y = top + 16;
  const drawn = [
    { sign: '●', fill: ink.deep, text: says.water },
    { sign: '+', fill: ink.landing, text: says.began },
    { sign: '−', fill: ink.sun, text: says.ended },
  ].map(({ sign, fill, text }) => {
    const told = linesOf(text, across - 64, 15, 2);
    const row =
      (sign === '●'
        ? pebble(x(26), y - 5, 6, { fill })
        : words(x(26), y, sign, { size: 17, anchor: 'middle', fill, weight: 600 })) +
      lines(x(44), y, told, { size: 15, anchor: begin });
    y += 24 + (told.length - 1) * 20;
    return row;
  });
  return { drawn: drawn.join(''), height: y - top };
}
