import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import '../../consent/tables.ts';
import type { Teller } from '../access.ts';
import { parseDoc, type DocRefusal } from '../document/input.ts';
import { blocksOf, sealedWords, textOf, type Doc } from '../document/model.ts';
import { carryQuotes } from '../quotes/commands.server.ts';
import '../tables.ts';
import { lookForOthers } from '../third-persons/commands.server.ts';
import type { MoreSaid, Sheet } from './input.ts';
import { asItAppears, written } from './model.ts';
import { momentsToTell, newestVersion, seal } from './queries.server.ts';

const changed = sql<Date>`now()`;

export interface TellingWish {
  readonly language: string;
  /** The key of who tells it, when someone else writes it down; they brought the teller in. */
  readonly toldBy: string | null;
  /** The word in the address of the open initiative it is about; anything else is none. */
  readonly about: string;
}

/** Begins a telling and answers its key. One that was begun the same way and still is without a word is gone on with. */
export async function beginTelling(tx: Tx, { person }: Teller, wish: TellingWish): Promise<string> {
  const { language, toldBy } = wish;
  const about = await tx
    .selectFrom('pub.initiative')
    .select('id')
    .where('slug', '=', wish.about)
    .executeTakeFirst();
  const { rows } = await sql<{ id: string }>`
    select t.id from core.telling t join core.consent_item c on c.id = t.id join core.telling_draft d on d.telling = t.id
    where c.teller = ${toldBy ?? person} and c.taken_back_at is null and t.language = ${language} and t.standing = 'draft' and t.title = ''
      and d.doc = '{"type":"doc","content":[]}'::jsonb
      and (select a.initiative_id from core.telling_about a where a.telling = t.id limit 1) is not distinct from ${about?.id ?? null}::uuid
    limit 1`.execute(tx);
  if (rows[0]) return rows[0].id;
  const item = await tx
    .insertInto('core.consent_item')
    .values({ kind: 'telling', teller: toldBy ?? person, recorded_by: toldBy === null ? null : person })
    .returning('id')
    .executeTakeFirstOrThrow();
  // Drawn by lot, so that the address tells nothing of when or by whom.
  const slug = BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(13, '0')
    .slice(-10);
  await tx
    .insertInto('core.telling')
    .values({ id: item.id, slug, language, told_how: toldBy === null ? 'alone' : 'with-someone' })
    .execute();
  await tx
    .insertInto('core.telling_draft')
    .values({ telling: item.id, doc: { type: 'doc', content: [] } })
    .execute();
  if (about)
    await tx.insertInto('core.telling_about').values({ telling: item.id, initiative_id: about.id }).execute();
  return item.id;
}

/** The draft, held until this transaction is over; null when it is not this teller's. */
async function heldDraft(tx: Tx, telling: string): Promise<Doc | null> {
  const found = await tx
    .selectFrom('core.telling_draft')
    .select('doc')
    .where('telling', '=', telling)
    .where(sql<boolean>`core.tells(telling)`)
    .forUpdate()
    .executeTakeFirst();
  return found?.doc ?? null;
}

export type WritingRefusal = 'telling_unknown' | DocRefusal;

/** Puts a whole new tree of blocks in the place of the draft; what was released stays as it was until it is released anew. */
export async function writeDraft(
  tx: Tx,
  _teller: Teller,
  telling: string,
  given: unknown,
): Promise<Result<Doc, WritingRefusal>> {
  const doc = parseDoc(given);
  if (!doc.ok) return doc;
  if (!(await heldDraft(tx, telling))) return refused('telling_unknown');
  await tx
    .updateTable('core.telling_draft')
    .set({ doc: doc.value, saved_at: changed })
    .where('telling', '=', telling)
    .execute();
  await tx.updateTable('core.telling').set({ changed_at: changed }).where('id', '=', telling).execute();
  return ok(doc.value);
}

/** Saves what was written on a sheet; blocks that it did not show stay as they are. */
export async function saveParts(
  tx: Tx,
  teller: Teller,
  telling: string,
  sheet: Sheet,
): Promise<Result<Doc, WritingRefusal>> {
  const draft = await heldDraft(tx, telling);
  if (!draft) return refused('telling_unknown');
  const { language } = await tx
    .updateTable('core.telling')
    .set({ title: sheet.title, prompt: sheet.prompt })
    .where('id', '=', telling)
    .returning('language')
    .executeTakeFirstOrThrow();
  const tellable = (await momentsToTell(tx, telling)).map(({ fact }) => fact);
  return writeDraft(tx, teller, telling, written(draft, sheet, { language, tellable, newKey: randomUUID }));
}

/** Saves what more the teller says: who they were then, themes, province, names. Nothing of it is needed. */
export async function saveMore(
  tx: Tx,
  _teller: Teller,
  telling: string,
  { roleThen, themes, province, findable, names }: MoreSaid,
): Promise<Result<null, 'telling_unknown'>> {
  const found = await tx
    .updateTable('core.telling')
    .set({ role_then: roleThen, themes: [...themes], province, findable, changed_at: changed })
    .where('id', '=', telling)
    .where(sql<boolean>`core.tells(id)`)
    .returning('id')
    .executeTakeFirst();
  if (!found) return refused('telling_unknown');
  const given = {
    full_name: names.full || null,
    first_name: names.first || null,
    other_name: names.other || null,
  };
  await tx
    .insertInto('vault.teller_name')
    .values({ telling, ...given })
    .onConflict((conflict) => conflict.column('telling').doUpdateSet(given))
    .execute();
  return ok(null);
}

export type FreezeRefusal = 'telling_unknown' | 'telling_empty' | 'others_unanswered';

/**
 * Freezes the draft as it will appear into a version that never changes, and answers its number and fingerprint. A draft that is
 * the newest version already is not frozen twice. Refuses while it may name someone and the teller did not answer that.
 */
export async function freezeVersion(
  tx: Tx,
  teller: Teller,
  telling: string,
): Promise<Result<{ readonly number: number; readonly hash: Buffer }, FreezeRefusal>> {
  const draft = await heldDraft(tx, telling);
  if (!draft) return refused('telling_unknown');
  const doc = asItAppears(draft);
  if (!doc.content.some((block) => block.type === 'voice' || textOf(block).trim() !== ''))
    return refused('telling_empty');
  if ((await lookForOthers(tx, teller, telling)) > 0) return refused('others_unanswered');
  const { title } = await tx
    .selectFrom('core.telling')
    .select('title')
    .where('id', '=', telling)
    .executeTakeFirstOrThrow();
  const hash = seal(title, doc);
  const before = await newestVersion(tx, telling);
  if (before?.hash.equals(hash)) return ok({ number: before.number, hash });
  const number = (before?.number ?? 0) + 1;
  await tx.insertInto('core.telling_version').values({ telling, number, title, doc, hash }).execute();
  await tx
    .insertInto('core.telling_block')
    .values(
      blocksOf(doc).map(({ saidDay, saidPrecision, content, ...block }) => ({
        ...block,
        telling,
        version: number,
        content: JSON.stringify(content),
        said_day: saidDay,
        said_precision: saidPrecision,
        hash: createHash('sha256').update(sealedWords(block)).digest(),
      })),
    )
    .execute();
  return ok({ number, hash });
}

/**
 * Releases the newest version: others read it after so many days, as far as consent lets them. A telling that was released before
 * keeps its day, and its older version is read until this one is.
 */
export async function release(
  tx: Tx,
  teller: Teller,
  telling: string,
  days: number,
): Promise<Result<{ readonly openFrom: Date; readonly number: number }, 'telling_unknown' | 'not_seen'>> {
  const version = await newestVersion(tx, telling);
  if (!version) return refused('not_seen');
  const { rows } = await sql<{ openFrom: Date }>`
    update core.telling set standing = 'released', version = ${version.number}, changed_at = now(),
      released_at = coalesce(released_at, now()), open_from = coalesce(open_from, now() + make_interval(days => ${days}))
    where id = ${telling} and core.tells(id) returning open_from as "openFrom"`.execute(tx);
  if (!rows[0]) return refused('telling_unknown');
  await carryQuotes(tx, teller, telling);
  return ok({ ...rows[0], number: version.number });
}
