import { createHash } from 'node:crypto';
import type { Tx } from '#platform/db.server.ts';
import { blocksOf, type Doc } from '../document/model.ts';
import '../tables.ts';
import { othersIn, type FlaggedText, type Found } from './model.ts';

export interface Draft {
  readonly title: string;
  readonly language: string;
  readonly doc: Doc;
}

/** The draft of a telling, for who tells it; null for anyone else. */
export async function draftOf(tx: Tx, telling: string): Promise<Draft | null> {
  const found = await tx
    .selectFrom('core.telling_draft as d')
    .innerJoin('core.telling as t', 't.id', 'd.telling')
    .select(['t.title', 't.language', 'd.doc'])
    .where('d.telling', '=', telling)
    .executeTakeFirst();
  return found ?? null;
}

/** Every text of a draft that others may be named in: its title, and the words of its blocks. */
export const textsOf = (telling: string, { title, language, doc }: Draft) => [
  { block: telling, language, text: title },
  ...blocksOf(doc).map(({ block, language: spoken, text }) => ({ block, language: spoken, text })),
];

/** The fingerprint of what was found: other in every telling, so that it says nothing beside another one. */
export const fingerprintOf = (telling: string, { kind }: Pick<Found, 'kind'>, exact: string): Buffer =>
  createHash('sha256').update(`${telling}\n${kind}\n${exact.toLowerCase()}`).digest();

/** What was found in a draft as it stands now, text by text; only the texts in which something was found. */
export async function othersOf(tx: Tx, telling: string): Promise<FlaggedText[]> {
  const draft = await draftOf(tx, telling);
  if (!draft) return [];
  const flags = await tx
    .selectFrom('core.telling_flag')
    .select(['id', 'block', 'kind', 'start_at as start', 'end_at as end', 'exact_hash as hash', 'answer'])
    .where('telling', '=', telling)
    .where((where) => where.or([where('answer', 'is', null), where('answer', '=', 'kept')]))
    .orderBy('start_at')
    .execute();
  return textsOf(telling, draft)
    .map((each) => ({
      ...each,
      flags: flags
        .filter(
          ({ block, kind, start, end, hash }) =>
            block === each.block &&
            hash.equals(fingerprintOf(telling, { kind }, each.text.slice(start, end))),
        )
        .map(({ id, kind, start, end, answer }) => ({ id, kind, start, end, kept: answer === 'kept' })),
    }))
    .filter((each) => each.flags.length > 0);
}

/** What stands in these texts that someone else may be named in. */
export const foundIn = (telling: string, draft: Draft) =>
  textsOf(telling, draft).flatMap(({ block, text }) =>
    othersIn(text).map((one) => ({
      ...one,
      block,
      hash: fingerprintOf(telling, one, text.slice(one.start, one.end)),
    })),
  );
