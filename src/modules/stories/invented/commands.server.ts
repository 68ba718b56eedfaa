import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Catalogue } from '#platform/i18n/speech.ts';
import { countWords, indexTexts } from '../../languages/search/commands.server.ts';
import { blocksOf, sealedWords, type Doc } from '../document/model.ts';
import { indexStories } from '../gathering/finding/commands.server.ts';
import { searchTextsOf } from '../opening/queries.server.ts';
import { blocksFor, type InventedStory, type InventedVoice } from './model.ts';

const hashed = (words: string) => createHash('sha256').update(words).digest();

/**
 * Lays an invented story and its voices, each marked as invented, in the operator's transaction. What is there already, or was taken back
 * once, is left as it is. Answers how many voices came in.
 */
export async function layInvented(tx: Tx, told: InventedStory, catalogue: Catalogue): Promise<number> {
  await insistOnOperator(tx);
  const { rows: stands } = await sql`select from core.story where slug = ${told.story.slug}`.execute(tx);
  if (stands.length > 0) return 0;
  const { id: teller } = await tx
    .insertInto('core.person')
    .values({ called: 'Voorbeeld van het huis', came_by: 'card' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const keys = new Map(told.moments.map((moment) => [moment, randomUUID()]));
  const tellings: string[] = [];
  for (const voice of told.voices) tellings.push(await layVoice(tx, voice, teller, keys, told.signedAs));
  await sql`select core.lay_tellings_open(${tellings}::uuid[])`.execute(tx);
  const { id: story } = await tx
    .insertInto('core.story')
    .values({ ...told.story, kind: 'shared', link: null, standing: 'open', made_by: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('core.story_telling')
    .values(tellings.map((telling, place) => ({ story, telling, place })))
    .execute();
  await sql`select core.lay_stories_open(array[${story}::uuid])`.execute(tx);
  for (const telling of tellings) await indexTexts(tx, await searchTextsOf(tx, telling, catalogue));
  await indexStories(tx, [story]);
  await countWords(tx);
  return tellings.length;
}

async function layVoice(
  tx: Tx,
  voice: InventedVoice,
  teller: string,
  keys: ReadonlyMap<string, string>,
  signedAs: string,
): Promise<string> {
  const doc: Doc = { type: 'doc', content: blocksFor(voice, keys, randomUUID) };
  const { id: telling } = await tx
    .insertInto('core.consent_item')
    .values({ kind: 'telling', teller, recorded_by: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { slug, language, title, roleThen, themes, toldHow } = voice;
  await tx
    .insertInto('core.telling')
    .values({
      id: telling,
      slug,
      language,
      title,
      role_then: roleThen,
      themes: [...themes],
      province: null,
      told_how: toldHow,
      prompt: null,
      invented: true,
    })
    .execute();
  const hash = hashed(JSON.stringify([title, doc]));
  await tx.insertInto('core.telling_version').values({ telling, number: 1, title, doc, hash }).execute();
  const blocks = blocksOf(doc).map(({ saidDay, saidPrecision, content, ...block }) => ({
    ...block,
    telling,
    version: 1,
    content: JSON.stringify(content),
    said_day: saidDay,
    said_precision: saidPrecision,
    hash: hashed(sealedWords(block)),
  }));
  await tx.insertInto('core.telling_block').values(blocks).execute();
  await tx
    .insertInto('vault.teller_name')
    .values({ telling, full_name: null, first_name: null, other_name: voice.name })
    .execute();
  await sql`update core.telling set standing = 'released', version = 1, released_at = now(), open_from = now() where id = ${telling}`.execute(
    tx,
  );
  for (const use of ['read', 'translate-people', 'translate-machine'] as const) {
    await tx
      .insertInto('core.consent')
      .values({
        use,
        item: telling,
        verdict: 'given',
        audience: 'public',
        languages: null,
        name_form: voice.name === null ? 'none' : 'other',
        until_day: null,
        seen_hash: hash,
        shown_in: 'nl',
        how: 'screen',
        said_by: teller,
      })
      .execute();
  }
  for (const made of voice.renderings) await layRendering(tx, telling, made, blocks, signedAs);
  return telling;
}

async function layRendering(
  tx: Tx,
  telling: string,
  made: InventedVoice['renderings'][number],
  blocks: readonly { readonly block: string; readonly hash: Buffer }[],
  signedAs: string,
): Promise<void> {
  const { language, madeHow, standing } = made;
  const byMachine = madeHow === 'machine';
  const { id: rendering } = await tx
    .insertInto('core.rendering')
    .values({
      telling,
      language,
      made_how: madeHow,
      signed_as: byMachine ? null : signedAs,
      standing: 'done',
      translator: null,
      checked_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const words = made.parts.flat();
  const rows = blocks.map(({ block, hash }, at) => ({
    block,
    text: words[at] ?? '',
    hash: hash.toString('hex'),
  }));
  await sql`insert into core.rendering_block (rendering, block, text, source_hash, gone_through)
    select ${rendering}, block, text, decode(hash, 'hex'), ${!byMachine}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(block uuid, text text, hash text) where text <> ''`.execute(
    tx,
  );
  // Words that come in are words nobody checked yet: that someone did is said after them.
  if (standing !== 'done')
    await sql`update core.rendering set standing = ${standing} where id = ${rendering}`.execute(tx);
}
