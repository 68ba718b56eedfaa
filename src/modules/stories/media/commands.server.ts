import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { directionOf } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Viewer } from '#platform/viewer.ts';
import { tellerOf, type Teller } from '../access.ts';
import { parseDoc } from '../document/input.ts';
import type { Block, Doc } from '../document/model.ts';
import '../tables.ts';
import { madeAnew, type Made } from './anew/workshop.server.ts';
import type { MediaReason } from './model.ts';
import { whyNoRoom } from './queries.server.ts';

interface Bringing {
  readonly telling: string;
  readonly bytes: Uint8Array;
  /** The block it comes after; null or unknown is at the end. */
  readonly after?: string | null;
}

type Added = Result<{ readonly id: string }, MediaReason>;

/**
 * Makes a photo anew and lays it in the telling; the original is not kept. With words for what can be seen it stands in the draft
 * at once, without them it waits until the teller says so.
 */
export async function addPhoto(
  viewer: Viewer,
  { alt, ...brought }: Bringing & { readonly alt: string | null },
): Promise<Added> {
  const teller = tellerOf(viewer);
  if (!teller) return refused('not_there');
  const made = await madeFor(viewer, brought.telling, () => madeAnew('photo', brought.bytes));
  return made.ok ? withViewer(viewer, (tx) => lay(tx, teller, brought, made.value, alt)) : made;
}

/** Wraps a voice anew and lays it in the draft of the telling; the original is not kept. */
export async function addVoice(viewer: Viewer, brought: Bringing): Promise<Added> {
  const teller = tellerOf(viewer);
  if (!teller) return refused('not_there');
  const made = await madeFor(viewer, brought.telling, () => madeAnew('voice', brought.bytes));
  return made.ok ? withViewer(viewer, (tx) => lay(tx, teller, brought, made.value, null)) : made;
}

/** The work takes seconds; no connection to the database waits for it. */
async function madeFor(viewer: Viewer, telling: string, make: () => Promise<Made>): Promise<Made> {
  const closed = await withViewer(viewer, (tx) => whyNoRoom(tx, telling));
  return closed ? refused(closed) : make();
}

async function lay(
  tx: Tx,
  _teller: Teller,
  { telling, after }: Bringing,
  made: (Made & { ok: true })['value'],
  alt: string | null,
): Promise<Added> {
  // One at a time for one telling: two that come together both find their place.
  await sql`select from core.telling where id = ${telling} for update`.execute(tx);
  const closed = await whyNoRoom(tx, telling);
  if (closed) return refused(closed);
  const { id } = await tx
    .insertInto('core.media')
    .values({
      telling,
      kind: made.kind,
      type: made.type,
      bytes: made.bytes,
      width: 'width' in made ? made.width : null,
      height: 'height' in made ? made.height : null,
      seconds: 'seconds' in made ? made.seconds : null,
      alt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const block = await blockFor(tx, telling, id, made.kind, alt);
  await changeDraft(tx, telling, (blocks) => (block ? placed(blocks, block, after ?? null) : blocks));
  return ok({ id });
}

async function blockFor(
  tx: Tx,
  telling: string,
  media: string,
  kind: 'photo' | 'voice',
  alt: string | null,
): Promise<Block | null> {
  const { language } = await tx
    .selectFrom('core.telling')
    .select('language')
    .where('id', '=', telling)
    .executeTakeFirstOrThrow();
  const attrs = { id: randomUUID(), lang: language, dir: directionOf(language), media };
  if (kind === 'voice') return { type: 'voice', attrs };
  return alt === null ? null : { type: 'image', attrs: { ...attrs, alt } };
}

function placed(blocks: readonly Block[], block: Block, after: string | null): readonly Block[] {
  const at = blocks.findIndex(({ attrs }) => attrs.id === after);
  return at < 0 ? [...blocks, block] : blocks.toSpliced(at + 1, 0, block);
}

/** Writes what the teller is working on anew; a draft that would grow out of its bounds stays as it was. */
async function changeDraft(
  tx: Tx,
  telling: string,
  change: (blocks: readonly Block[]) => readonly Block[],
): Promise<void> {
  const draft = await tx
    .selectFrom('core.telling_draft')
    .select('doc')
    .where('telling', '=', telling)
    .forUpdate()
    .executeTakeFirst();
  const before = draft?.doc.content ?? [];
  const content = change(before);
  if (content === before) return;
  const doc = parseDoc({ type: 'doc', content });
  if (!doc.ok) throw new Error(`The draft cannot take this block: ${doc.reason}.`);
  await saveDraft(tx, telling, doc.value);
}

async function saveDraft(tx: Tx, telling: string, doc: Doc): Promise<void> {
  const values = { doc: JSON.stringify(doc), saved_at: sql<Date>`now()` };
  await sql`insert into core.telling_draft (telling, doc) values (${telling}, ${values.doc}::jsonb)
    on conflict (telling) do update set doc = excluded.doc, saved_at = now()`.execute(tx);
  await sql`update core.telling set changed_at = now() where id = ${telling}`.execute(tx);
}

interface Which {
  readonly telling: string;
  readonly id: string;
}

/**
 * Says what can be seen on a photo: it then stands in the draft, or its words there change. What was released keeps the words it
 * was released with.
 */
export async function describePhoto(
  tx: Tx,
  _teller: Teller,
  { telling, id, alt }: Which & { readonly alt: string },
): Promise<Result<null, MediaReason>> {
  await sql`select from core.telling where id = ${telling} for update`.execute(tx);
  const photo = await tx
    .selectFrom('core.media')
    .select('id')
    .where('id', '=', id)
    .where('telling', '=', telling)
    .where('kind', '=', 'photo')
    .where(sql<boolean>`core.tells(telling)`)
    .executeTakeFirst();
  if (!photo) return refused('not_there');
  await sql`update core.media set alt = ${alt} where id = ${id} and not exists
    (select from core.telling_block b where b.telling = ${telling} and b.media = ${id})`.execute(tx);
  const block = await blockFor(tx, telling, id, 'photo', alt);
  await changeDraft(tx, telling, (blocks) =>
    blocks.some((each) => each.type === 'image' && each.attrs.media === id)
      ? blocks.map((each) =>
          each.type === 'image' && each.attrs.media === id
            ? { ...each, attrs: { ...each.attrs, alt } }
            : each,
        )
      : block
        ? [...blocks, block]
        : blocks,
  );
  return ok(null);
}

/** Takes a photo or a voice away for good: from the draft, from what was released, and from the street. */
export async function removeMedium(
  tx: Tx,
  _teller: Teller,
  { telling, id }: Which,
): Promise<Result<null, MediaReason>> {
  await sql`select from core.telling where id = ${telling} for update`.execute(tx);
  const gone = await tx
    .deleteFrom('core.media')
    .where('id', '=', id)
    .where('telling', '=', telling)
    .where(sql<boolean>`core.tells(telling)`)
    .returning('id')
    .executeTakeFirst();
  if (!gone) return refused('not_there');
  await changeDraft(tx, telling, (blocks) =>
    blocks.filter((each) => !('media' in each.attrs) || each.attrs.media !== id),
  );
  await sql`select core.lay_tellings_open(array[${telling}::uuid])`.execute(tx);
  return ok(null);
}
