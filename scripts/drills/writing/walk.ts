import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { aPerson } from '#modules/people/testing.ts';
import { writerOf, type Writer } from '#modules/publications/access.ts';
import { ways } from '#modules/publications/model.ts';
import { aParagraph, aPiece, anArticle, aPublication } from '#modules/publications/testing.ts';
import { writeDeed } from '#modules/publications/writing/commands.server.ts';
import type { Draw } from '#modules/publications/writing/merging/model.ts';
import type { Deed } from '#modules/publications/writing/model.ts';
import { aTelling } from '#modules/stories/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { Device, type Seen } from './device.ts';

export interface Walked {
  readonly edits: number;
  readonly dropped: number;
  readonly merged: number;
  readonly beside: number;
  readonly words: number;
  readonly draws: number;
  /** What was lost or differs, each in a sentence; none is how it should be. */
  readonly lost: readonly string[];
}

class Dropped extends Error {}

/** What everyone did, in sets: which words and draws were laid, and which were let go by someone who saw them. */
class Diary {
  readonly typed = new Map<string, string>();
  readonly drawn = new Map<string, string>();
  readonly letGo = new Set<string>();
  readonly undrawn = new Set<string>();
  readonly ops = new Set<string>();
  readonly landings: Record<string, number> = {};
  dropped = 0;
}

const keyOf = (paragraph: string, { piece, way }: Draw): string => `${paragraph} ${way} ${piece}`;
const split = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const shapes = ['woord', 'كلمة', 'ቃል', 'слово', '😀'];

/** One random edit of a writer, on their own device, of what they see. */
function edit(
  device: Device,
  diary: Diary,
  pieces: readonly string[],
  chance: () => number,
  at: number,
): void {
  const pick = <One>(from: readonly One[]): One | undefined => from[Math.floor(chance() * from.length)];
  const block = pick(device.blocks);
  if (!block) return;
  const op = randomUUID();
  const { text, draws } = device.now(block);
  const words = split(text);
  const fresh = () => {
    const word = `${pick(shapes)}${at}${String.fromCharCode(97 + Math.floor(chance() * 26))}`;
    diary.typed.set(word, block.id);
    return word;
  };
  const letGo = (gone: readonly string[]) => gone.forEach((word) => diary.letGo.add(word));
  const spot = Math.floor(chance() * (words.length + 1));
  const lot = chance();
  const write = (next: readonly string[], rests: readonly Draw[] = draws) =>
    device.write(block, next.join(' '), rests);
  const other = pick(device.blocks);
  if (lot < 0.55) return write(words.toSpliced(spot, 0, fresh()));
  if (lot < 0.7) {
    letGo(words.slice(spot, spot + 2));
    return write(words.toSpliced(spot, 2, fresh()));
  }
  if (lot < 0.8) {
    const draw = { piece: pick(pieces) ?? '', way: pick(ways) ?? 'answers' };
    diary.drawn.set(keyOf(block.id, draw), block.id);
    return write(words, [...draws.filter((each) => keyOf('', each) !== keyOf('', draw)), draw]);
  }
  if (lot < 0.83) {
    const [gone, ...rest] = draws;
    if (gone) diary.undrawn.add(keyOf(block.id, gone));
    return write(words, rest);
  }
  if (lot < 0.87 && device.blocks.length < 40) {
    const paragraph = randomUUID();
    const word = `begin${at}`;
    diary.typed.set(word, paragraph);
    return device.do({
      ...{ deed: 'add', op, paragraph, kind: 'paragraph', level: null, language: 'nl', text: word },
      ...{ draws: [], piece: null, picture: null, after: other?.id ?? null },
    });
  }
  if (lot < 0.91) return device.do({ deed: 'move', op, paragraph: block.id, after: other?.id ?? null });
  if (lot < 0.93) return device.do({ deed: 'take-out', op, paragraph: block.id });
  if (lot < 0.96) return device.do({ deed: 'bring-back', op, paragraph: block.id });
  const [beside] = block.beside;
  if (!beside) return write(words.toSpliced(spot, 0, fresh()));
  // People join two wordings; now and then they let the other one go.
  const joined = chance() < 0.7;
  if (!joined) letGo(split(beside.text));
  const all = joined ? [...new Set([...split(block.text), ...split(beside.text)])] : split(block.text);
  return device.do({
    ...{ deed: 'join', op, paragraph: block.id, base: block.version, follows: null, text: all.join(' ') },
    ...{ draws: block.draws, settles: [beside.id] },
  });
}

/** What the page of an article shows a writer. */
async function pageOf(viewer: Viewer, article: string): Promise<Seen[]> {
  return withViewer(viewer, async (tx) => {
    const { rows } = await sql<Seen>`select p.id, p.version, p.text, p.gone_at is not null as gone,
      coalesce((select jsonb_agg(jsonb_build_object('piece', d.piece, 'way', d.way) order by d.piece, d.way) from core.draw d where d.paragraph = p.id), '[]') as draws,
      coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'text', w.text) order by w.at) from core.paragraph_wording w where w.paragraph = p.id and w.settled_at is null), '[]') as beside
      from core.paragraph p where p.article = ${article} order by p.place`.execute(tx);
    return rows;
  });
}

/** Does one deed; a saboteur may do it otherwise, to see whether the walk finds that. */
export type Does = typeof writeDeed;

/** Lets two writers do `edits` random edits on one article, over lines that break before, during and after a deed, and tells what was lost. */
export async function walkWriters(edits: number, seed: number, does: Does = writeDeed): Promise<Walked> {
  const chance = chanceOf(seed);
  const editor = await aPerson('Redacteur', [{ role: 'editor' }]);
  const people = [await aPerson('Een'), await aPerson('Twee')];
  const publication = await aPublication({
    by: editor,
    people: people.map((viewer) => ({ viewer, part: 'writer' as const })),
  });
  const teller = await aPerson('Vertelt');
  const says = Array.from({ length: 12 }, (_, at) => `Dit is zin ${at} van wie het vertelt.`);
  const telling = await aTelling({
    ...{ teller, says },
    consents: [{ use: 'quote-report', verdict: 'given', audience: 'public' }],
  });
  const pieces: string[] = [];
  for (const exact of says)
    pieces.push(
      (await aPiece({ publication: publication.id, by: editor, quote: { telling: telling.id, exact } })).id,
    );
  const { id: article } = await anArticle({ publication: publication.id });
  for (const text of ['Zo begon het.', 'En zo ging het verder.', 'Dit weten wij nog niet.'])
    await aParagraph({ article, text });
  const diary = new Diary();
  const writers = people.map((viewer) => {
    const writer = writerOf(viewer, { publication: publication.id, part: 'writer' });
    if (!writer) throw new Error('Whoever was made a writer is none.');
    return { viewer, device: new Device(), send: sender(viewer, writer, article, diary, chance, does) };
  });
  for (const { viewer, device } of writers) device.look(await pageOf(viewer, article));
  let at = 0;
  const goOn = async ({ viewer, device, send }: (typeof writers)[number]) => {
    while (at < edits) {
      for (let more = 1 + Math.floor(chance() * 6); more > 0 && at < edits; more--)
        edit(device, diary, pieces, chance, at++);
      // Now and then someone is off the line for longer.
      if (chance() < 0.25) continue;
      await device.flush(send).catch(ignoreDrops);
      if (chance() < 0.5) device.look(await pageOf(viewer, article));
    }
    for (let tries = 0; device.waits > 0 && tries < 1_000; tries++)
      await device.flush(send).catch(ignoreDrops);
  };
  await Promise.all(writers.map(goOn));
  const [one, two] = await Promise.all(writers.map(({ viewer }) => pageOf(viewer, article)));
  const lost = await lostOf(one ?? [], editor, article, diary);
  if (JSON.stringify(one) !== JSON.stringify(two))
    lost.push('The two writers do not see the same in the end.');
  return {
    edits: at,
    dropped: diary.dropped,
    merged: diary.landings.merged ?? 0,
    beside: diary.landings.beside ?? 0,
    words: diary.typed.size,
    draws: diary.drawn.size,
    lost,
  };
}

function ignoreDrops(error: unknown): void {
  if (!(error instanceof Dropped)) throw error;
}

/** A line to the house that breaks by lot: before the deed, in the middle of its transaction, or before the answer. */
function sender(
  viewer: Viewer,
  writer: Writer,
  article: string,
  diary: Diary,
  chance: () => number,
  does: Does,
) {
  return async (deed: Deed): Promise<void> => {
    const lot = chance();
    const drop = () => {
      diary.dropped++;
      throw new Dropped();
    };
    if (lot < 0.06) drop();
    const answer = await withViewer(viewer, async (tx) => {
      const said = await does(tx, writer, article, deed);
      // In the midst of its transaction: the database takes all of it back.
      if (lot < 0.1) drop();
      return said;
    });
    if (!answer.ok) throw new Error(`A deed was refused: ${answer.reason}.`);
    if (lot < 0.16) drop();
    if (!diary.ops.has(deed.op)) {
      diary.ops.add(deed.op);
      const { landing } = answer.value;
      diary.landings[landing] = (diary.landings[landing] ?? 0) + 1;
    }
  };
}

/** Every word and draw that somebody laid and nobody let go stands in its block or in a wording beside it, and every deed was done once. */
async function lostOf(
  page: readonly Seen[],
  viewer: Viewer,
  article: string,
  diary: Diary,
): Promise<string[]> {
  const lost: string[] = [];
  const here = new Map(page.map((block) => [block.id, block]));
  for (const [word, paragraph] of diary.typed) {
    const block = here.get(paragraph);
    const stands =
      block &&
      [block.text, ...block.beside.map(({ text }) => text)].some((text) => split(text).includes(word));
    if (!stands && !diary.letGo.has(word)) lost.push(`The word ${word} is lost.`);
  }
  for (const [key, paragraph] of diary.drawn) {
    const stands = here.get(paragraph)?.draws.some((draw) => keyOf(paragraph, draw) === key);
    if (!stands && !diary.undrawn.has(key)) lost.push(`The draw ${key} is lost.`);
  }
  const { rows } = await withViewer(viewer, (tx) =>
    sql<{ ops: string; numbers: boolean }>`select string_agg(v.op::text, ' ') as ops,
      count(*) = max(v.number) and max(v.number) = p.version as numbers from core.paragraph_version v
      join core.paragraph p on p.id = v.paragraph where p.article = ${article} group by p.id`.execute(tx),
  );
  if (rows.some(({ numbers }) => !numbers))
    lost.push('The deeds of a block are not numbered one after the other.');
  return lost;
}
