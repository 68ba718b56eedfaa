import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { speakerOf, type Speaker } from '#modules/consent/access.ts';
import { say, takeBack } from '#modules/consent/commands.server.ts';
import { nothingSaid, type Use } from '#modules/consent/model.ts';
import { aPerson } from '#modules/people/testing.ts';
import { useOf } from '#modules/publications/model.ts';
import { bookOf } from '#modules/publications/reading/queries.server.ts';
import { sawHow, sendOut } from '#modules/publications/releasing/testing.ts';
import { aParagraph, anArticle, aPublication } from '#modules/publications/testing.ts';
import { answerQuote, carryQuotes } from '#modules/stories/quotes/commands.server.ts';
import { laidFlat, type Said } from '#modules/stories/quotes/testing.ts';
import { tellerOf, type Teller } from '#modules/stories/access.ts';
import { aTelling, aParagraph as aBlock } from '#modules/stories/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { inTurns } from '../sequences/diagram.ts';
import { anyDeed, atFirst, differences, editsFor, length, seenIn, type WalkedEditions } from './rules.ts';
import { after, exits, type Deed, type World } from './world.ts';

interface House {
  readonly editor: Viewer;
  readonly tellers: readonly Viewer[];
  readonly tellings: readonly string[];
  readonly publication: string;
  readonly slug: string;
  readonly article: string;
  /** The block, quote and piece that each key of the world has here. */
  readonly blocks: Map<string, string>;
  readonly quotes: Map<string, string>;
  readonly pieces: Map<string, string>;
}

const uses = exits.map((exit) => useOf('magazine', exit));
const digest = (words: string) => createHash('sha256').update(words).digest();
const blockOf = (house: House, key: string): string => {
  const block = house.blocks.get(key) ?? randomUUID();
  house.blocks.set(key, block);
  return block;
};

/** Walks random deeds through PostgreSQL by whoever would do them, and beside them along the rules; after each it reads every edition as anyone does, both ways out. */
export async function walkKeptEditions(times: number, seed: number, atOnce = 4): Promise<WalkedEditions> {
  const edits = editsFor(seed);
  const sums = { deeds: 0, refused: 0, quotes: 0 };
  const reached: Record<string, number> = {};
  const disagreements: string[] = [];
  const editor = await aPerson('Redacteur', [{ role: 'editor' }]);
  const tellers = await Promise.all(['Noor', 'Bram'].map((name) => aPerson(name)));
  await inTurns(times, atOnce, async (sequence) => {
    const chance = chanceOf(seed + sequence);
    let world = atFirst(chance);
    const house = await begun(world, editor, tellers);
    for (let at = 0; at < length && disagreements.length < 10; at++) {
      const deed = anyDeed(world, chance, edits);
      const { world: next, done } = after(world, deed);
      const did = await doneHere(house, world, deed);
      world = next;
      sums.deeds++;
      if (did) reached[deed.kind] = (reached[deed.kind] ?? 0) + 1;
      else sums.refused++;
      const wrong =
        done === did ? await lookedAt(house, world, sums) : [`the house ${did ? 'did' : 'refused'} it`];
      disagreements.push(...wrong.map((one) => `${sequence}.${at} ${deed.kind}: ${one}`));
      if (wrong.length > 0) break;
    }
  });
  return { sequences: times, ...sums, disagreements, reached };
}

async function begun(world: World, editor: Viewer, tellers: readonly Viewer[]): Promise<House> {
  const { id: publication, slug } = await aPublication({ by: editor, kind: 'magazine' });
  const { id: article } = await anArticle({ publication, standing: 'ready' });
  const blocks = new Map<string, string>();
  const tellings: string[] = [];
  for (const [at, { versions }] of world.voices.entries()) {
    const says = laidFlat(versions[0] ?? []).map(({ block, text }) => {
      const made = aBlock(text);
      if ('attrs' in made) blocks.set(block, String(made.attrs.id));
      return made;
    });
    const consents = (['read', ...uses] as Use[]).map((use) => ({
      use,
      verdict: 'given' as const,
      audience: 'public' as const,
    }));
    tellings.push((await aTelling({ teller: tellers[at] ?? editor, says, consents })).id);
  }
  return {
    editor,
    tellers,
    tellings,
    publication,
    slug,
    article,
    blocks,
    quotes: new Map(),
    pieces: new Map(),
  };
}

const speaking = (viewer: Viewer | undefined) => speakerOf(viewer ?? visitor) as Speaker;

/** Does a deed as whoever does it; false when the house does not let it through. */
async function doneHere(house: House, world: World, deed: Deed): Promise<boolean> {
  switch (deed.kind) {
    case 'edit':
      return edited(house, world, deed.voice, deed.next);
    case 'lay':
      return laid(house, world, deed);
    case 'release':
      return released(house);
    case 'say': {
      const teller = house.tellers[deed.voice] ?? visitor;
      const item = house.tellings[deed.voice] ?? '';
      const version = world.voices[deed.voice]?.versions.length ?? 0;
      return withViewer(teller, async (tx) => {
        const { rows } = await sql<{
          hash: Buffer;
        }>`select hash from core.telling_version where telling = ${item} and number = ${version}`.execute(tx);
        const saying = {
          ...nothingSaid(deed.use),
          ...(deed.yes && { verdict: 'given' as const, audience: 'public' as const }),
        };
        const said = await say(tx, speaking(teller), {
          item,
          sayings: [saying],
          seenHash: rows[0]?.hash ?? Buffer.alloc(32),
          shownIn: 'nl',
          how: 'screen',
        });
        return said.ok;
      });
    }
    case 'take-back': {
      const teller = house.tellers[deed.voice] ?? visitor;
      const item = house.tellings[deed.voice] ?? '';
      const back = await withViewer(teller, (tx) =>
        takeBack(tx, speaking(teller), { item, language: 'nl', how: 'screen' }),
      );
      return back.ok;
    }
    case 'answer': {
      const voice = world.held.find(({ key }) => key === deed.key)?.voice ?? 0;
      const teller = house.tellers[voice] ?? visitor;
      const [telling, quote] = [house.tellings[voice] ?? '', house.quotes.get(deed.key) ?? ''];
      const proof = tellerOf(teller) as Teller;
      return withViewer(teller, (tx) => answerQuote(tx, proof, { telling, quote }, deed.words)).then(
        ({ ok }) => ok,
      );
    }
  }
}

/** A new version of a telling goes out, as its teller releases it, and what is quoted is carried along. */
async function edited(house: House, world: World, voice: number, next: readonly Said[]): Promise<boolean> {
  if (world.voices[voice]?.gone) return false;
  const [teller, telling] = [house.tellers[voice] ?? visitor, house.tellings[voice] ?? ''];
  const number = (world.voices[voice]?.versions.length ?? 0) + 1;
  const doc = JSON.stringify({ type: 'doc', content: [number] });
  return withViewer(teller, async (tx) => {
    await sql`insert into core.telling_version (telling, number, doc, hash) values (${telling}, ${number}, ${doc}, ${digest(`${telling} ${number}`)})`.execute(
      tx,
    );
    for (const [place, { block, text }] of laidFlat(next).entries())
      await sql`insert into core.telling_block (telling, version, block, place, kind, language, text, hash)
        values (${telling}, ${number}, ${blockOf(house, block)}, ${place}, 'paragraph', 'nl', ${text}, ${digest(text)})`.execute(
        tx,
      );
    await sql`update core.telling set version = ${number} where id = ${telling}`.execute(tx);
    await carryQuotes(tx, tellerOf(teller) as Teller, telling);
    return true;
  });
}

async function laid(house: House, world: World, deed: Extract<Deed, { kind: 'lay' }>): Promise<boolean> {
  const { anchor, voice, key, retold } = deed;
  const { publication, article, editor } = house;
  const telling = house.tellings[voice] ?? '';
  const version = world.voices[voice]?.versions.length ?? 0;
  const laidIn = await withViewer(editor, async (tx) => {
    // The editor reads no word of who never let everyone read it, so the words are held by the teller's own hand here.
    const { rows: may } = await sql<{
      may: boolean;
    }>`select core.may_stand_in(${telling}, ${publication}) as may`.execute(tx);
    return may[0]?.may ?? false;
  });
  if (!laidIn) return false;
  await withViewer(operator, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into core.quote (telling, version, block, start_at, end_at, exact, exact_hash, use, made_by)
      values (${telling}, ${version}, ${blockOf(house, anchor.block)}, ${anchor.start}, ${anchor.end}, ${anchor.exact}, ${digest(anchor.exact)}, 'web-book', ${editor.id}) returning id`.execute(
      tx,
    );
    house.quotes.set(key, rows[0]?.id ?? '');
  });
  const quote = house.quotes.get(key);
  await withViewer(editor, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`insert into core.piece (publication, kind, quote, laid_by) values (${publication}, 'quote', ${quote}, ${editor.id}) returning id`.execute(
      tx,
    );
    house.pieces.set(key, rows[0]?.id ?? '');
  });
  const piece = house.pieces.get(key) ?? '';
  await aParagraph({ article, piece });
  await aParagraph({
    article,
    text: 'Zo schreven wij het op.',
    draws: [{ piece, way: retold ? 'paraphrases' : 'answers' }],
  });
  return true;
}

async function released({ publication, article, pieces, editor, tellers }: House): Promise<boolean> {
  await withViewer(operator, async (tx) => {
    await sql`update core.article set standing = 'ready' where id = ${article}`.execute(tx);
    // What was told back about a piece that is no more is gone with it.
    const { rows } = await sql<{
      id: string;
    }>`select id from core.piece where id = any(${[...pieces.values()]}::uuid[])`.execute(tx);
    return rows;
  }).then((rows) => Promise.all(rows.map(({ id }) => sawHow(id, tellers[0] ?? editor))));
  return sendOut(editor, publication).then(
    () => true,
    (error: unknown) => {
      if ((error as { code?: string }).code === '23514') return false;
      throw error;
    },
  );
}

/** Reads every edition as anyone does, both ways out, beside the rules. */
async function lookedAt(house: House, world: World, sums: { quotes: number }): Promise<string[]> {
  const keys = new Map([...house.quotes].map(([key, quote]) => [quote, key]));
  const wrong: string[] = [];
  for (const [at, edition] of world.editions.entries())
    for (const exit of exits) {
      const book = await withViewer(visitor, (tx) => bookOf(tx, house.slug, at + 1, exit));
      if (!book) return [`edition ${at + 1} is not there`];
      const { quotes, blocks } = seenIn(book);
      sums.quotes += quotes.length;
      const named = quotes.map(({ key, words }) => ({ key: keys.get(key) ?? key, words }));
      wrong.push(...differences(world, edition, exit, { quotes: named, blocks }));
    }
  return wrong;
}
