import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { askMachine, type Machine, type MachineRefusal } from '#platform/translation/machine.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { translatorOf, type Translator } from '../access.ts';
import { settleTelling } from '../opening/jobs.server.ts';
import '../tables.ts';
import type { TypedRendering } from './input.ts';
import { align, saved, type RenderedBlock } from './model.ts';
import {
  mayAskMachine,
  mayGoInto,
  renderedOf,
  renderingsOf,
  sourceOf,
  tellingToRender,
} from './queries.server.ts';

export type RenderingRefusal = 'rendering_unknown' | 'rendering_empty' | 'rendering_not_wished';

interface Place {
  readonly telling: string;
  readonly language: string;
}

/** The key of one's own rendering, begun where there is none. */
async function ownRendering(tx: Tx, { person }: Translator, place: Place, madeHow: 'person' | 'machine') {
  const [mine] = (await renderingsOf(tx, place.telling, place.language)).filter((each) => each.mine);
  if (mine) return mine.id;
  const { id } = await tx
    .insertInto('core.rendering')
    .values({ ...place, made_how: madeHow, translator: person, signed_as: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function write(tx: Tx, rendering: string, { block, text, sourceHash, goneThrough }: RenderedBlock) {
  const words = { text, source_hash: Buffer.from(sourceHash, 'hex'), gone_through: goneThrough };
  await tx
    .insertInto('core.rendering_block')
    .values({ rendering, block, ...words })
    .onConflict((conflict) => conflict.columns(['rendering', 'block']).doUpdateSet(words))
    .execute();
}

/**
 * Keeps what a translator typed, as a draft or as done, and answers the key of the rendering. What is done stands beside the original
 * where the teller consents to it; a draft is seen by nobody but its translator and the teller.
 */
export async function saveRendering(
  tx: Tx,
  translator: Translator,
  place: Place,
  { blocks, signedAs }: TypedRendering,
  standing: 'draft' | 'done',
): Promise<Result<{ rendering: string }, RenderingRefusal>> {
  if (!(await tellingToRender(tx, place.telling))) return refused('rendering_unknown');
  if (!(await mayGoInto(tx, place.telling, place.language))) return refused('rendering_not_wished');
  const rendering = await ownRendering(tx, translator, place, 'person');
  const held = new Map((await renderedOf(tx, rendering)).map((each) => [each.block, each]));
  for (const typed of blocks) {
    const before = held.get(typed.block) ?? null;
    const now = saved(typed, before);
    if (now) await write(tx, rendering, now);
    else if (before)
      await tx
        .deleteFrom('core.rendering_block')
        .where('rendering', '=', rendering)
        .where('block', '=', typed.block)
        .execute();
  }
  const empty = (await renderedOf(tx, rendering)).length === 0;
  const stands = empty ? 'draft' : standing;
  await tx
    .updateTable('core.rendering')
    .set({ signed_as: signedAs, standing: stands, checked_by: null })
    .where('id', '=', rendering)
    // What was checked stays so when nothing changed; other words have undone the check by themselves.
    .$if(stands === 'done', (query) =>
      query.where(
        sql<boolean>`(standing in ('draft', 'done') or signed_as is distinct from ${signedAs}::text)`,
      ),
    )
    .execute();
  await settleTelling(tx, place.telling);
  return empty && standing === 'done' ? refused('rendering_empty') : ok({ rendering });
}

/** Asks a machine, outside any transaction, for the blocks that have no words yet, where the teller consents to that; marked as a machine's until a person went through them. */
export async function draftByMachine(
  viewer: Viewer,
  machine: Machine | null,
  place: Place,
): Promise<Result<{ many: number }, RenderingRefusal | MachineRefusal | 'machine_none'>> {
  const translator = translatorOf(viewer);
  if (!translator) return refused('rendering_unknown');
  if (!machine) return refused('machine_none');
  const asked = await withViewer(viewer, async (tx) => {
    const telling = await tellingToRender(tx, place.telling);
    if (!telling) return refused('rendering_unknown');
    const may =
      (await mayGoInto(tx, place.telling, place.language)) &&
      (await mayAskMachine(tx, place.telling, place.language));
    if (!may) return refused('rendering_not_wished');
    const [mine] = (await renderingsOf(tx, place.telling, place.language)).filter((each) => each.mine);
    const blocks = align(await sourceOf(tx, place.telling), mine ? await renderedOf(tx, mine.id) : []);
    return ok({ from: telling.language, missing: blocks.filter(({ state }) => state === 'missing') });
  });
  if (!asked.ok) return asked;
  const { from, missing } = asked.value;
  const given = await askMachine(machine, {
    from,
    to: place.language,
    texts: missing.map(({ text }) => text),
  });
  if (!given.ok) return given;
  return withViewer(viewer, async (tx) => {
    // The teller may have thought again while the machine was at it.
    if (
      !(await tellingToRender(tx, place.telling)) ||
      !(await mayAskMachine(tx, place.telling, place.language))
    )
      return refused('rendering_not_wished');
    const rendering = await ownRendering(tx, translator, place, 'machine');
    const there = new Set((await renderedOf(tx, rendering)).map(({ block }) => block));
    let many = 0;
    for (const [at, { block, hash }] of missing.entries()) {
      const text = (given.value[at] ?? '').trim();
      if (text === '' || there.has(block)) continue;
      await write(tx, rendering, { block, text, sourceHash: hash, goneThrough: false });
      many++;
    }
    await settleTelling(tx, place.telling);
    return ok({ many });
  });
}
