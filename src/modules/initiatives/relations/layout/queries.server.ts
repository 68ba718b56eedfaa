import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { municipalities, provinces } from '#modules/places/queries.server.ts';
import { bridges } from '../bridges/model.ts';
import { withoutChain } from '../chains/model.ts';
import { partOf, type Stone } from '../model.ts';
import { fieldGraph } from '../queries.server.ts';
import { drawingOf } from './drawing.ts';
import type { NetworkWishes } from './model.ts';

const onOnePage = 50;

/** All that the page of the network shows: the drawing, a page of its relations, who bridges in it and who has no chain. */
export async function networkPage(tx: Tx, wishes: NetworkWishes, language: Language) {
  const whole = await fieldGraph(tx, wishes.day);
  const wished = (stone: Stone) =>
    (wishes.place === null || stone.province === wishes.place || stone.municipality === wishes.place) &&
    (wishes.kind === null || stone.kind === wishes.kind);
  const { field, around } = partOf(whole, wished);
  const asked = (slug: string) => field.stones.has(slug) && !around.has(slug);
  const names = new Map([...whole.stones.values()].map((stone) => [stone.slug, stone.name]));
  const name = (slug: string) => names.get(slug) ?? slug;
  const byName = (a: string, b: string) => name(a).localeCompare(name(b), language);
  const relations = [...field.relations].sort(
    (a, b) => byName(a.from, b.from) || byName(a.to, b.to) || (a.key < b.key ? -1 : 1),
  );
  const pages = Math.max(1, Math.ceil(relations.length / onOnePage));
  const page = Math.min(wishes.page, pages);
  const inhabited = new Set([...whole.stones.values()].map((stone) => stone.municipality));
  return {
    wishes: { ...wishes, page },
    counts: { entries: field.stones.size - around.size, relations: relations.length },
    drawing: drawingOf(field),
    around,
    relations: relations.slice((page - 1) * onOnePage, page * onOnePage),
    pages,
    names,
    // Bridges and chains are a matter of the whole field, also when only a part of it is shown.
    bridges: bridges(whole).filter(({ slug }) => asked(slug)),
    without: withoutChain(whole).filter(asked).sort(byName),
    provinces: await provinces(tx, language),
    municipalities: (await municipalities(tx, undefined, language)).filter(
      ({ code }) => inhabited.has(code) || code === wishes.place,
    ),
  };
}
