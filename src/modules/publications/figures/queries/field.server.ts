import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { parseWish } from '../../../initiatives/input.ts';
import { fieldMap } from '../../../initiatives/map/queries.server.ts';
import { basemap } from '../../../places/basemap/drawing.ts';
import type { FigureAsk, Seen } from '../model.ts';
import { fieldDrawing } from '../views/field-drawing.ts';

const led = ['refugee-led', 'together'];

/** The open field on a day, of the country or of a province; null when nothing lay there. */
export async function seeField(
  tx: Tx,
  ask: Extract<FigureAsk, { kind: 'field' }>,
  say: Speech,
  today: Day,
): Promise<Seen | null> {
  const query = new URLSearchParams({ asOf: ask.on, ...(ask.province && { province: ask.province }) });
  const field = await fieldMap(tx, parseWish(query, today).wish, query, say.language);
  const { listed } = field;
  if (listed.length === 0) return null;
  const area =
    field.provinces.find(({ code }) => code === field.province)?.called ?? say('initiatives.map.country');
  const towns = [...Map.groupBy(listed, ({ town }) => town)].sort(
    ([one, some], [other, others]) => others.length - some.length || ((one ?? '') < (other ?? '') ? -1 : 1),
  );
  const day = dayIn(say.language, ask.on);
  const most = new Intl.ListFormat(say.language).format(
    towns
      .filter(([town]) => town !== null)
      .slice(0, 3)
      .map(([town, there]) => `${town} (${there.length})`),
  );
  const title = say('figures.title.field', { area, day });
  const ledCount = (stones: typeof listed) => stones.filter(({ ledBy }) => led.includes(ledBy)).length;
  return {
    title,
    alt: say('figures.alt.field', {
      area,
      day,
      most,
      count: listed.length,
      places: towns.length,
      led: ledCount(listed),
      nowhere: field.province === null ? field.nowhere : 0,
    }),
    facts: {
      columns: [say('figures.column.place'), say('figures.column.initiatives'), say('figures.column.led')],
      rows: towns.map(([town, there]) => [town ?? say('figures.nowhere'), there.length, ledCount(there)]),
    },
    drawing: fieldDrawing({
      title,
      map: basemap(field.frame),
      stones: field.stones,
      provinces: field.provinces,
      direction: say.direction,
      water: (name) => say(`places.water.${name}`),
      legend: {
        size: say('initiatives.map.legend.size'),
        ring: say('initiatives.map.legend.ring'),
        perhaps: say('initiatives.map.legend.perhaps'),
      },
    }),
  };
}
