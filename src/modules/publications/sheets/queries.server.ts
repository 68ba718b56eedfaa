import { openAgenda } from '../../agendas/reading/queries.server.ts';
import { entryNamed } from '../../initiatives/entry/queries.server.ts';
import type { ChainWishes } from '../../initiatives/relations/chains/model.ts';
import { bestChain, chainPage } from '../../initiatives/relations/chains/queries.server.ts';
import { relationsOf } from '../../initiatives/relations/queries.server.ts';
import { listedFor, shelvesOf, type ListWish } from '../../languages/words/reading/model.ts';
import { openWords } from '../../languages/words/reading/queries.server.ts';
import { tellingsFor, voicesOf } from '../../stories/reading/queries.server.ts';
import type { Voice } from '../../stories/reading/model.ts';
import type { Tx } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { agendaSheet } from './agenda/model.ts';
import { chainSheet } from './chain/model.ts';
import { entrySheet } from './entry/model.ts';
import { glossarySheet } from './glossary/model.ts';
import type { Desk, Laid } from './model.ts';

/** An initiative as a sheet, of what the street knows of it; null when the street knows no such entry. */
export async function sheetOfEntry(tx: Tx, desk: Desk, slug: string): Promise<Laid | null> {
  const { language } = desk.say;
  const entry = await entryNamed(tx, slug, language);
  if (!entry) return null;
  const relations = await relationsOf(tx, entry.id, desk.today, language);
  return entrySheet(desk, { entry, relations, chain: await bestChain(tx, desk.today, slug) });
}

/** The ways between whom the words name as a sheet; null when they do not say who is meant. */
export const sheetOfChains = async (tx: Tx, desk: Desk, wishes: ChainWishes): Promise<Laid | null> =>
  chainSheet(desk, await chainPage(tx, wishes));

/** An open agenda as a sheet for the wall; null when there is none at this address. */
export async function sheetOfAgenda(tx: Tx, desk: Desk, slug: string): Promise<Laid | null> {
  const agenda = await openAgenda(tx, slug);
  return agenda && agendaSheet(desk, agenda);
}

/** The words that fit a wish as a sheet. */
export async function sheetOfWords(tx: Tx, desk: Desk, wish: ListWish): Promise<Laid> {
  const { language } = desk.say;
  const words = await openWords(tx);
  return glossarySheet(desk, shelvesOf(listedFor(words, wish, language), language), words);
}

/** A telling that anyone may read, as it is read in this language; null when there is none at this address. */
export async function openTelling(tx: Tx, slug: string, language: string): Promise<Voice | null> {
  const ids = /^[a-z0-9]{10}$/.test(slug) ? await tellingsFor(tx, visitor, { slug }) : [];
  const [voice] = await voicesOf(tx, visitor, ids, language);
  return voice ?? null;
}
