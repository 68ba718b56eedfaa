import { createHash, randomBytes } from 'node:crypto';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { visitor } from '#platform/viewer.ts';
import type { Layer } from '../access.ts';
import { layPiece } from '../laying/commands.server.ts';
import type { LayRefusal } from '../laying/model.ts';
import '../tables.ts';
import { addressOf, wordsOf, type FigureAsk } from './model.ts';
import { seen } from './queries.server.ts';

// Letters and figures that nobody mistakes for another when a printed address is typed over.
const signs = '23456789abcdefghjkmnpqrstuvwxyz';
const freshWord = () => [...randomBytes(10)].map((byte) => signs[byte % signs.length]).join('');

/** What was taken: its key, and its word in the address. */
export interface FigureKey {
  readonly id: string;
  readonly slug: string;
}

/**
 * Takes a figure of the house as any visitor sees it at this moment, and keeps it as it is: question, facts, drawing and day. It is
 * asked on the visitor's own way to the database, so nothing that is hidden from the street can get into it.
 */
export async function takeFigure(
  tx: Tx,
  layer: Layer,
  ask: FigureAsk,
  say: Speech,
): Promise<Result<FigureKey, 'figures.desk.refused.nothing'>> {
  const day = today();
  const what = await withViewer(visitor, (street) => seen(street, ask, say, day));
  if (!what) return refused('figures.desk.refused.nothing');
  const row = await tx
    .insertInto('core.figure')
    .values({
      slug: freshWord(),
      kind: ask.kind,
      asked: JSON.stringify(ask),
      address: addressOf(ask),
      taken_on: day,
      language: say.language,
      title: what.title.slice(0, 200),
      alt: what.alt.replace(/\s+/g, ' ').trim().slice(0, 2000),
      facts: JSON.stringify(what.facts),
      drawing: what.drawing,
      hash: createHash('sha256').update(wordsOf(ask, what)).digest(),
      made_by: layer.person,
    })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow();
  return ok(row);
}

/** Takes a figure and lays it into the publication, or does neither; answers the key of the figure. */
export async function layFigure(
  tx: Tx,
  layer: Layer,
  { ask, say, why }: { readonly ask: FigureAsk; readonly say: Speech; readonly why: string },
): Promise<Result<FigureKey, 'figures.desk.refused.nothing' | `together.refused.${LayRefusal}`>> {
  const going = await tx
    .selectFrom('core.publication')
    .select('id')
    .where('id', '=', layer.publication)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  // What is taken stays for ever: nothing is taken that cannot lie anywhere.
  if (!going) return refused('together.refused.publication_ended');
  const taken = await takeFigure(tx, layer, ask, say);
  if (!taken.ok) return taken;
  const laid = await layPiece(tx, layer, { kind: 'figure', key: taken.value.id, why });
  if (!laid.ok) throw new Error(`A figure that was just taken could not be laid: ${laid.reason}.`);
  return taken;
}
