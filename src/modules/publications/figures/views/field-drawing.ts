import type { DrawnStone } from '../../../initiatives/map/model.ts';
import { provinceLabels } from '../../../places/basemap/labels/model.ts';
import type { Basemap, Sea } from '../../../places/basemap/model.ts';
import type { Province } from '../../../places/model.ts';
import { el, ink, linesOf, lines, pebble, side, svg, words } from './svg.ts';

interface FieldDrawn {
  readonly title: string;
  readonly map: Basemap;
  readonly stones: readonly DrawnStone[];
  readonly provinces: readonly Province[];
  readonly direction: 'ltr' | 'rtl';
  readonly water: (name: Sea) => string;
  readonly legend: { readonly size: string; readonly ring: string; readonly perhaps: string };
}

const size = 32;

/** The field as stones on the land, with what the signs mean under it; a map is not a text: west stays on the left. */
export function fieldDrawing({
  title,
  map,
  stones,
  provinces,
  direction,
  water,
  legend,
}: FieldDrawn): string {
  const land = map.land.map(({ d }) => d).join('');
  const units = (km: number, least: number) => Math.max(least, km / map.kmPerUnit);
  const tide = (wide: number) =>
    el('path', {
      d: land,
      fill: 'none',
      stroke: ink.shallow,
      'stroke-width': wide,
      'stroke-linejoin': 'round',
    });
  const key = legendDrawing(legend, direction, map.height + 24, map.width);
  return svg(
    { width: map.width, height: map.height + 24 + key.height, direction },
    title,
    el('clipPath', { id: 'frame' }, el('rect', { width: map.width, height: map.height, rx: 38 })),
    el(
      'g',
      { 'clip-path': 'url(#frame)' },
      el('rect', { width: map.width, height: map.height, fill: ink.water }),
      tide(46),
      map.beyond.d ? el('path', { d: map.beyond.d, fill: ink.shallow }) : '',
      el('path', {
        d: land,
        fill: ink.sand,
        stroke: '#a9bdc0',
        'stroke-width': 5,
        'stroke-linejoin': 'round',
      }),
      ...map.land.map(({ d, name }) =>
        el('path', {
          d,
          fill: map.about !== null && map.about !== name ? ink.shallow : ink.sand,
          stroke: '#cbc1b0',
          'stroke-width': 1.8,
        }),
      ),
      map.rivers.d
        ? el('path', { d: map.rivers.d, fill: 'none', stroke: '#c3d5d9', 'stroke-width': units(0.3, 2.2) })
        : '',
      ...map.lakes.map(({ d }) => el('path', { d, fill: ink.water, stroke: '#a9bdc0', 'stroke-width': 2 })),
      map.channels.d
        ? el('path', { d: map.channels.d, fill: 'none', stroke: ink.water, 'stroke-width': units(1.4, 5) })
        : '',
      ...map.seas.map(({ label, name }) =>
        words(label.x, label.y, water(name), { size: 28, anchor: 'middle', fill: '#3f6875', italic: true }),
      ),
      ...provinceLabels(map, provinces, stones, size).map(({ spot, lines: told }) =>
        told
          .map((line, at) =>
            words(spot.x, spot.y + (at - (told.length - 1) / 2) * size * 1.1, line, {
              size: 28,
              anchor: 'middle',
              fill: ink.stone,
              behind: ink.sand,
            }),
          )
          .join(''),
      ),
      ...stones.map(stoneDrawing),
    ),
    key.drawn,
  );
}

function stoneDrawing(stone: DrawnStone): string {
  const { x, y, radius, count, refugeeLed, perhaps } = stone;
  return [
    refugeeLed
      ? el('circle', { cx: x, cy: y, r: radius + 7, fill: 'none', stroke: ink.sun, 'stroke-width': 4 })
      : '',
    pebble(x, y, radius, {
      fill: perhaps ? ink.paper : ink.deep,
      stroke: perhaps ? ink.deep : ink.paper,
      'stroke-width': 3,
    }),
    count > 1
      ? words(x, y + 11, String(count), {
          size,
          anchor: 'middle',
          weight: 600,
          fill: perhaps ? ink.deep : ink.paper,
        })
      : '',
  ].join('');
}

/** What the signs of the map mean, one under another. */
function legendDrawing(
  { size: bigger, ring, perhaps }: FieldDrawn['legend'],
  direction: 'ltr' | 'rtl',
  top: number,
  width: number,
): { drawn: string; height: number } {
  const { x, begin } = side(direction, width);
  const stone = (y: number, open: boolean, led: boolean) =>
    [
      led ? el('circle', { cx: x(52), cy: y, r: 23, fill: 'none', stroke: ink.sun, 'stroke-width': 4 }) : '',
      pebble(x(52), y, 15, {
        fill: open ? ink.paper : ink.deep,
        stroke: open ? ink.deep : ink.paper,
        'stroke-width': 3,
      }),
    ].join('');
  let y = top + 30;
  const drawn = [
    { text: bigger, open: false, led: false },
    { text: ring, open: false, led: true },
    { text: perhaps, open: true, led: false },
  ].map(({ text, open, led }) => {
    const told = linesOf(text, width - 140, 34, 2);
    const row = stone(y, open, led) + lines(x(96), y + 11, told, { size: 34, anchor: begin });
    y += 58 + (told.length - 1) * 42;
    return row;
  });
  return { drawn: drawn.join(''), height: y - top };
}
