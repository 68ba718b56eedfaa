import { createHash } from 'node:crypto';
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';
import { likenessOf, stepsFrom, type Field, type Standing, type Stone } from '../model.ts';
import { shapeOf, type DrawnStone, type Drawing, type Label } from './model.ts';

interface Node extends SimulationNodeDatum {
  readonly stone: Stone;
  readonly size: number;
}

// Where people expect a province on a map of the country, in units of the drawing around its middle.
const home: Readonly<Record<string, readonly [number, number]>> = {
  PV20: [330, -480],
  PV21: [60, -470],
  PV22: [360, -290],
  PV23: [330, -80],
  PV24: [60, -210],
  PV25: [250, 140],
  PV26: [0, 60],
  PV27: [-230, -190],
  PV28: [-300, 120],
  PV29: [-430, 400],
  PV30: [0, 380],
  PV31: [260, 440],
};
const narrowest = 1000;
const fontSize = 19;
const labelHeight = 22;

/**
 * Draws the field as stones that are pulled towards the place of their province and towards those they are connected to.
 * Always the same drawing for the same field: d3-force starts from a fixed spiral and draws its chance from a fixed seed.
 * At most `most` connected stones (those with most relations), so that it stays readable and quick in a field of any size.
 */
export function layOut(field: Field, most = 240): Drawing {
  const count = (stone: Stone) => stepsFrom(field).get(stone.slug)?.length ?? 0;
  const all = [...field.stones.values()].sort((a, b) => count(b) - count(a) || (a.slug < b.slug ? -1 : 1));
  const drawn = all.filter((stone) => count(stone) > 0).slice(0, most);
  const alone = all.filter((stone) => count(stone) === 0).slice(0, most);
  const nodes = drawn.map((stone): Node => ({ stone, size: Math.round(11 + 2.6 * Math.sqrt(count(stone))) }));
  settle(nodes, field);
  // Names are wide and low: room between rows is worth more than room within one.
  for (const node of nodes) node.y = (node.y ?? 0) * 1.3;
  const [left, top, right] = framed(nodes);
  const room = { width: Math.max(narrowest, right), left, top };
  const placed = nodes.map((node) => ({
    ...node,
    x: Math.round((node.x ?? 0) - left),
    y: Math.round((node.y ?? 0) - top),
  }));
  const bottom = placed.length === 0 ? 0 : Math.max(...placed.map((node) => node.y)) + 70;
  const rows = rowsOnTheBeach(alone, room.width, bottom);
  return {
    width: room.width,
    height: bottom + (rows.length === 0 ? 0 : (rows.at(-1)?.y ?? 0) - bottom + 45),
    stones: labelled(placed, room.width),
    alone: rows,
    beach: bottom,
    steps: stepPaths(placed, field),
    leftOut: field.stones.size - drawn.length - alone.length,
  };
}

const remembered = new Map<string, Drawing>();
const mostRemembered = 40;

/** The drawing of `layOut`, worked out once for every field that looks the same; many days share one. */
export function drawingOf(field: Field): Drawing {
  const stones = [...field.stones.values()].map(({ slug, name, kind, ledBy, province }) => [
    slug,
    name,
    kind,
    ledBy,
    province,
  ]);
  const relations = field.relations.map(({ from, to, standing }) => [from, to, standing]);
  const looks = createHash('sha256')
    .update(JSON.stringify([stones, relations]))
    .digest('base64');
  const before = remembered.get(looks);
  if (before) return before;
  const drawing = layOut(field);
  remembered.set(looks, drawing);
  const oldest = remembered.keys().next();
  if (remembered.size > mostRemembered && !oldest.done) remembered.delete(oldest.value);
  return drawing;
}

function settle(nodes: Node[], field: Field): void {
  const at = new Map(nodes.map((node) => [node.stone.slug, node]));
  const links = [...at.keys()].flatMap((slug) =>
    (stepsFrom(field).get(slug) ?? [])
      .filter((step) => step.from < step.to && at.has(step.to))
      .map((step) => ({ source: slug, target: step.to })),
  );
  const towards = (axis: 0 | 1) => (node: Node) => home[node.stone.province ?? '']?.[axis] ?? 0;
  const homesick = (node: Node) => (node.stone.province === null ? 0.02 : 0.11);
  // A field of few stones needs less room than the whole country.
  const spread = Math.min(1.25, Math.max(0.25, Math.sqrt(nodes.length / 150)));
  forceSimulation(nodes)
    .force(
      'link',
      forceLink<Node, { source: string; target: string }>(links)
        .id((node) => node.stone.slug)
        .distance(62)
        .strength(0.32),
    )
    .force('apart', forceManyBody<Node>().strength(-150).distanceMax(420))
    .force('x', forceX<Node>((node) => towards(0)(node) * spread).strength(homesick))
    .force('y', forceY<Node>((node) => towards(1)(node) * spread).strength(homesick))
    .force(
      'room',
      forceCollide<Node>((node) => node.size + 14 + 6 * (node.size - 13))
        .strength(1)
        .iterations(3),
    )
    .stop()
    .tick(320);
}

function framed(nodes: readonly Node[]): [left: number, top: number, width: number] {
  if (nodes.length === 0) return [0, 0, 0];
  const xs = nodes.map((node) => node.x ?? 0);
  const left = Math.min(...xs) - 95;
  const wide = Math.max(...xs) + 95 - left;
  // A small field stands in the middle of the narrowest drawing.
  const spare = Math.max(0, narrowest - wide) / 2;
  return [
    Math.round(left - spare),
    Math.round(Math.min(...nodes.map((node) => node.y ?? 0)) - 60),
    Math.round(wide),
  ];
}

type Placed = Node & { x: number; y: number };

function stepPaths(placed: readonly Placed[], field: Field): Record<Standing, string> {
  const at = new Map(placed.map((node) => [node.stone.slug, node]));
  const paths: Record<Standing, string> = { confirmed: '', asserted: '', disputed: '' };
  for (const [slug, node] of at) {
    for (const step of stepsFrom(field).get(slug) ?? []) {
      const other = at.get(step.to);
      if (other && step.from < step.to) {
        paths[step.relation.standing] += `M${node.x} ${node.y}l${other.x - node.x} ${other.y - node.y}`;
      }
    }
  }
  return paths;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
const touch = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** How wide a name is about to be, in units of the drawing; other scripts than Latin are a little wider. */
export function widthOf(name: string, size = fontSize): number {
  return [...name].reduce((wide, letter) => wide + (/[\u0000-\u024f]/u.test(letter) ? 0.57 : 0.64) * size, 0);
}

// A ring reaches half as far again as its stone.
const reach = (node: Node) => Math.round(node.stone.ledBy === 'refugee-led' ? node.size * 1.5 : node.size);

/** Names stay clear of stones, of the edge and of each other; stones with many relations choose first. */
function labelled(placed: readonly Placed[], width: number): DrawnStone[] {
  const taken: Box[] = placed.map((node) => {
    const { x, y } = node;
    const size = reach(node);
    return { left: x - size * 1.2, top: y - size, right: x + size * 1.2, bottom: y + size };
  });
  return placed.map((node) => {
    const { x, y } = node;
    const size = reach(node);
    const wide = widthOf(node.stone.name);
    const beside = Math.round(size * 1.15) + 6;
    const sides = [
      { x: x + beside, y: y + 6, anchor: 'start', left: x + beside, top: y - 11 },
      { x: x - beside, y: y + 6, anchor: 'end', left: x - beside - wide, top: y - 11 },
      { x, y: y + size + 20, anchor: 'middle', left: x - wide / 2, top: y + size + 3 },
      { x, y: y - size - 8, anchor: 'middle', left: x - wide / 2, top: y - size - 25 },
      { x: x + 4, y: y + size + 20, anchor: 'start', left: x + 4, top: y + size + 3 },
      { x: x - 4, y: y + size + 20, anchor: 'end', left: x - 4 - wide, top: y + size + 3 },
      { x: x + 4, y: y - size - 8, anchor: 'start', left: x + 4, top: y - size - 25 },
      { x: x - 4, y: y - size - 8, anchor: 'end', left: x - 4 - wide, top: y - size - 25 },
    ] as const;
    const boxOf = (side: (typeof sides)[number]): Box => ({
      left: side.left,
      top: side.top,
      right: side.left + wide,
      bottom: side.top + labelHeight,
    });
    const fits = sides.find((side) => {
      const box = boxOf(side);
      return box.left > 4 && box.right < width - 4 && !taken.some((other) => touch(box, other));
    });
    if (fits) taken.push(boxOf(fits));
    // Where nothing fits, the name that shows on focus leans towards the middle, so that it stays on the drawing.
    const shown = fits ?? (x > width / 2 ? sides[1] : sides[0]);
    return drawnStone(node.stone, x, y, node.size, {
      x: shown.x,
      y: shown.y,
      anchor: shown.anchor,
      always: fits !== undefined,
    });
  });
}

function drawnStone(stone: Stone, x: number, y: number, size: number, label: Label): DrawnStone {
  return {
    slug: stone.slug,
    name: stone.name,
    likeness: likenessOf(stone.kind),
    refugeeLed: stone.ledBy === 'refugee-led',
    x,
    y,
    size,
    shape: shapeOf(stone.slug),
    label,
  };
}

function rowsOnTheBeach(alone: readonly Stone[], width: number, beach: number): DrawnStone[] {
  const apart = 42;
  const inRow = Math.max(1, Math.floor((width - 60) / apart));
  return [...alone]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((stone, at) => {
      const row = Math.floor(at / inRow);
      const x = 51 + (at % inRow) * apart;
      const y = beach + 78 + row * 46 + ((at * 7) % 9) - 4;
      const anchor = x > width / 2 ? 'end' : 'start';
      return drawnStone(stone, x, y, 11, {
        x: anchor === 'end' ? x - 18 : x + 18,
        y: y + 6,
        anchor,
        always: false,
      });
    });
}
