import { outlines, shapeOf } from '../../../initiatives/relations/layout/model.ts';
import type { Likeness } from '../../../initiatives/relations/model.ts';
import { across, el, ink, linesOf, lines, side, svg } from './svg.ts';

interface ChainDrawn {
  readonly title: string;
  readonly direction: 'ltr' | 'rtl';
  readonly stones: readonly {
    readonly slug: string;
    readonly name: string;
    readonly kind: string;
    readonly likeness: Likeness;
    readonly refugeeLed: boolean;
  }[];
  /** What is said between each stone and the next. */
  readonly steps: readonly {
    readonly sentence: string;
    readonly when: string;
    readonly confirmed: boolean;
  }[];
}

const looks: Readonly<Record<Likeness, { fill: string; stroke: string; 'stroke-width': number }>> = {
  initiative: { fill: ink.stone, stroke: ink.paper, 'stroke-width': 1 },
  union: { fill: '#52727c', stroke: ink.paper, 'stroke-width': 1 },
  institution: { fill: ink.paper, stroke: ink.deep, 'stroke-width': 1.4 },
  government: { fill: ink.deep, stroke: ink.paper, 'stroke-width': 1 },
};
const [stem, text, wide] = [46, 92, 420 - 92 - 22];

/** A chain as steps through water from one shore to the other: large stones for who it leads along, small ones between them. */
export function chainDrawing({ title, direction, stones, steps }: ChainDrawn): string {
  const { x, begin } = side(direction);
  const drawn: string[] = [];
  let y = 34;
  stones.forEach(({ slug, name, kind, likeness, refugeeLed }, at) => {
    const told = linesOf(name, wide, 18, 2);
    const middle = y + 14 + (told.length - 1) * 12;
    drawn.push(
      refugeeLed
        ? el('circle', { cx: x(stem), cy: middle, r: 30, fill: 'none', stroke: ink.sun, 'stroke-width': 3.4 })
        : '',
      el('path', {
        d: outlines[likeness][shapeOf(slug)],
        transform: `translate(${x(stem)} ${middle}) scale(2.15)`,
        ...looks[likeness],
      }),
      lines(x(text), y + 8, told, { size: 18, anchor: begin, weight: 600, own: true }),
      lines(x(text), y + 8 + told.length * 23, linesOf(kind, wide, 14, 1), {
        size: 14,
        anchor: begin,
        fill: ink.stone,
      }),
    );
    y += 24 + told.length * 24 + 18;
    const step = steps[at];
    if (!step) return;
    const sentence = linesOf(step.sentence, wide, 15, 4);
    const high = sentence.length * 19.5 + 22;
    const [from, until] = [middle + 36, y + high + 8];
    for (let small = from + 4; small < until; small += 15)
      drawn.push(
        el('ellipse', {
          cx: x(stem) + (Math.round((small - from) / 15) % 2 === 0 ? -3 : 3),
          cy: small,
          rx: 5.4,
          ry: 4,
          fill: step.confirmed ? ink.deep : ink.paper,
          stroke: ink.deep,
          'stroke-width': 1.4,
        }),
      );
    drawn.push(
      lines(x(text), y + 6, sentence, { size: 15, anchor: begin, fill: ink.deep }),
      lines(x(text), y + 6 + sentence.length * 19.5, linesOf(step.when, wide, 14, 1), {
        size: 14,
        anchor: begin,
        fill: ink.stone,
      }),
    );
    y += high + 24;
  });
  const height = y;
  return svg(
    { width: across, height, direction },
    title,
    el('path', {
      d: `M${x(18)} 34Q${x(8)} ${height / 3} ${x(16)} ${height / 2}T${x(14)} ${height - 22}H${x(76)}Q${x(86)} ${height / 1.6} ${x(76)} ${height / 2.4}T${x(78)} 24Z`,
      fill: ink.water,
    }),
    ...drawn,
  );
}
