import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Speaker } from '../../consent/access.ts';
import { say, takeBack } from '../../consent/commands.server.ts';
import { nothingSaid, type Saying, type Use } from '../../consent/model.ts';
import type { Layer } from '../access.ts';
import '../tables.ts';
import type { Given, Stance } from './model.ts';

/** Whose words they are, and who passes them on by their word; null is themselves. */
export interface Giver {
  readonly teller: string;
  readonly recordedBy: string | null;
}

interface Gift extends Given {
  readonly publication: string;
  readonly kind: 'own-words' | 'margin';
  readonly stance: Stance;
}

const hashOf = ({ language, words }: Given): Buffer =>
  createHash('sha256').update(`${language}\n${words}`, 'utf8').digest();

/**
 * Takes words somebody gives to a publication, as an item of their own with the consent that every way out of it needs, said in this
 * deed; answers its key. The walls take them from who works on the publication or is used in it, and from nobody else.
 */
export async function giveWords(
  tx: Tx,
  speaker: Speaker,
  { teller, recordedBy }: Giver,
  gift: Gift,
  shownIn: Language,
): Promise<string> {
  const { id } = await tx
    .insertInto('core.consent_item')
    .values({ kind: gift.kind, teller, recorded_by: recordedBy })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { publication, kind, stance, words, language, called, renderable } = gift;
  const hash = hashOf(gift);
  await tx
    .insertInto('core.own_word')
    .values({ id, publication, kind, stance, words, language, called, hash })
    .execute();
  const { rows } = await sql<{ uses: Use[] }>`select core.uses_of(${publication}) as uses`.execute(tx);
  const given = (use: Use): Saying => ({
    ...nothingSaid(use),
    verdict: 'given',
    audience: 'public',
    nameForm: called === null ? 'none' : 'other',
  });
  const uses = [...(rows[0]?.uses ?? []), ...(renderable ? (['translate-people'] as const) : [])];
  const said = await say(tx, speaker, {
    item: id,
    sayings: uses.map(given),
    seenHash: hash,
    shownIn,
    how: 'screen',
  });
  if (!said.ok) throw new Error(`Words that were just given could not be consented to: ${said.reason}.`);
  return id;
}

/** Takes words somebody gives and lays them in the margin of a block; answers their key. The walls ask whether the block is one of the publication. */
export async function giveInMargin(
  tx: Tx,
  speaker: Speaker,
  giver: Giver,
  { paragraph, ...gift }: Omit<Gift, 'kind'> & { readonly paragraph: string },
  shownIn: Language,
): Promise<string> {
  const word = await giveWords(tx, speaker, giver, { ...gift, kind: 'margin' }, shownIn);
  await tx.insertInto('core.margin').values({ own_word: word, paragraph }).execute();
  return word;
}

/** Puts words of who works on the publication in the margin of a block of it. */
export async function putInMargin(
  tx: Tx,
  layer: Layer,
  beside: Given & { readonly paragraph: string; readonly stance: Stance },
  shownIn: Language,
): Promise<Result<{ word: string }, 'margin_no_block'>> {
  const there = await tx
    .selectFrom('core.paragraph as b')
    .innerJoin('core.article as a', 'a.id', 'b.article')
    .select('b.id')
    .where('b.id', '=', beside.paragraph)
    .where('b.gone_at', 'is', null)
    .where('a.publication', '=', layer.publication)
    .executeTakeFirst();
  if (!there) return refused('margin_no_block');
  const giver = { teller: layer.person, recordedBy: null };
  const gift = { ...beside, publication: layer.publication };
  return ok({ word: await giveInMargin(tx, layer, giver, gift, shownIn) });
}

/** Takes words one gave to a publication back from everywhere; nobody else can. */
export async function takeWordsAway(
  tx: Tx,
  speaker: Speaker,
  word: string,
  language: Language,
): Promise<Result<null, 'margin_unknown'>> {
  const mine = await tx
    .selectFrom('core.own_word')
    .select('id')
    .where('id', '=', word)
    .where(sql<boolean>`core.tells(id)`)
    .executeTakeFirst();
  if (!mine) return refused('margin_unknown');
  const taken = await takeBack(tx, speaker, { item: word, language, how: 'screen' });
  return taken.ok ? ok(null) : refused('margin_unknown');
}
