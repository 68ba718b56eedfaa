import type { EventKind, State } from '../../../initiatives/model.ts';
import { across, el, ink, linesOf, lines, pebble, side, svg } from './svg.ts';

interface TrajectoryDrawn {
  readonly title: string;
  readonly direction: 'ltr' | 'rtl';
  readonly events: readonly {
    readonly kind: EventKind;
    readonly when: string;
    readonly what: string;
    /** How things stood from then on. */
    readonly after: State;
  }[];
  /** What stands at the end of the line: how it is today. */
  readonly now: string;
}

const begins: readonly EventKind[] = ['founded', 'opened', 'revived'];
const strains: readonly EventKind[] = ['paused', 'ended', 'crisis'];
const [stem, text] = [44, 82];
const wide = across - text - 22;

/** The life of an initiative as a line that runs down, with a stone for each thing that happened; the newest lies at the foot. */
export function trajectoryDrawing({ title, direction, events, now }: TrajectoryDrawn): string {
  const { x, begin } = side(direction);
  const drawn: string[] = [];
  let y = 38;
  let open: { y: number; after: State } | null = null;
  const stretch = (until: number) =>
    open &&
    drawn.unshift(
      el('path', {
        d: `M${x(stem)} ${open.y}V${until}`,
        stroke: open.after === 'ended' ? ink.line : ink.arrival,
        'stroke-width': open.after === 'ended' ? 3 : 6,
        'stroke-linecap': 'round',
        'stroke-dasharray': open.after === 'paused' ? '1 11' : null,
        fill: 'none',
      }),
    );
  for (const { kind, when, what, after } of events) {
    stretch(y);
    open = { y, after };
    const told = linesOf(what, wide, 17, 3);
    const fill = begins.includes(kind) ? ink.landing : strains.includes(kind) ? ink.sun : ink.deep;
    drawn.push(
      pebble(x(stem), y, kind === 'founded' ? 13 : 10, { fill, stroke: ink.paper, 'stroke-width': 2.4 }),
      // Never by colour alone: what strains a life has a line through its stone, what begins a spark.
      strains.includes(kind)
        ? el('path', {
            d: `M${x(stem) - 5} ${y}h10`,
            stroke: ink.paper,
            'stroke-width': 2.6,
            'stroke-linecap': 'round',
          })
        : begins.includes(kind)
          ? el('circle', { cx: x(stem), cy: y, r: 3.2, fill: ink.paper })
          : '',
      lines(x(text), y - 2, linesOf(when, wide, 14, 1), { size: 14, anchor: begin, fill: ink.stone }),
      lines(x(text), y + 18, told, { size: 17, anchor: begin, weight: 600 }),
    );
    y += 38 + told.length * 22;
  }
  stretch(y + 4);
  const told = linesOf(now, wide, 15, 2);
  drawn.push(
    pebble(x(stem), y + 4, 6, { fill: ink.paper, stroke: ink.arrival, 'stroke-width': 3 }),
    lines(x(text), y + 9, told, { size: 15, anchor: begin, fill: ink.stone }),
  );
  return svg({ width: across, height: y + 26 + (told.length - 1) * 20, direction }, title, ...drawn);
}
