import { shoreOf, type Stone } from '../../../sessions/picturing/views/shore.ts';
import { el, ink, linesOf, lines, side, svg, words } from './svg.ts';

interface LandscapeDrawn {
  readonly title: string;
  readonly direction: 'ltr' | 'rtl';
  /** How many people lie in each heap; the heaps are groups when there are several. */
  readonly heaps: readonly number[];
  readonly letters: boolean;
  /** Numbers of what is said, in the water, standing apart, and farther out. */
  readonly shared: readonly number[];
  readonly lonely: readonly number[];
  readonly open: readonly number[];
  readonly says: {
    readonly people: (each: number) => string;
    readonly shared: string;
    readonly lonely: string;
    readonly open: string;
  };
}

const heapInk = [ink.arrival, ink.rooting, ink.landing];

/** The landscape of voices: people as stones on the shore, what was said as steps in the water, by number. */
export function landscapeDrawing(drawn: LandscapeDrawn): string {
  const { title, direction, heaps, letters, says } = drawn;
  const shore = shoreOf(
    { heaps, shared: drawn.shared.length, lonely: drawn.lonely.length, open: drawn.open.length },
    direction === 'rtl',
  );
  const step = (
    stones: readonly Stone[],
    numbers: readonly number[],
    look: Readonly<Record<string, string | number>>,
  ) =>
    stones
      .map(
        ({ x, y, rx, ry }, at) =>
          el('ellipse', {
            cx: x,
            cy: y,
            rx,
            ry,
            fill: ink.paper,
            stroke: ink.deep,
            'stroke-width': 2,
            ...look,
          }) + words(x, y + 6, String(numbers[at] ?? ''), { size: 17, anchor: 'middle', weight: 600 }),
      )
      .join('');
  const { x, begin } = side(direction, shore.width);
  const raise = 16 - shore.top;
  let y = shore.foot + raise + 30;
  const key = [
    says.people(shore.each),
    ...(shore.shared.length > 0 ? [says.shared] : []),
    ...(shore.lonely.length > 0 ? [says.lonely] : []),
    ...(shore.open.length > 0 ? [says.open] : []),
  ].map((text) => {
    const told = linesOf(text, shore.width - 40, 15, 2);
    const row = lines(x(20), y, told, { size: 15, anchor: begin, fill: ink.stone });
    y += 22 + (told.length - 1) * 20;
    return row;
  });
  return svg(
    { width: shore.width, height: y + 2, direction },
    title,
    el(
      'g',
      { transform: `translate(0 ${raise})` },
      el('path', {
        d: `M0 ${shore.waterline}q55-8 110 0t110 0t110 0t110 0V${shore.foot}H0Z`,
        fill: ink.water,
      }),
      ...shore.heaps.map(({ stones, x: middle, y: high }, at) =>
        [
          ...stones.map((stone) =>
            el('ellipse', {
              cx: stone.x,
              cy: stone.y,
              rx: stone.rx,
              ry: stone.ry,
              fill: heapInk[at % heapInk.length],
              stroke: ink.ground,
              'stroke-width': 1.2,
            }),
          ),
          letters
            ? words(middle, high, String.fromCharCode(65 + at), { size: 20, anchor: 'middle', weight: 600 })
            : '',
        ].join(''),
      ),
      step(shore.shared, drawn.shared, {}),
      step(shore.lonely, drawn.lonely, { stroke: ink.sun, 'stroke-width': 3 }),
      step(shore.open, drawn.open, { 'stroke-dasharray': '5 4' }),
    ),
    ...key,
  );
}
