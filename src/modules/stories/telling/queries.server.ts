import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { daysToThinkAgain } from '../../consent/model.ts';
import type { Doc } from '../document/model.ts';
import '../tables.ts';
import type { TellableMoment, TellingToWrite } from './model.ts';

/** The telling with this key, for who tells it or writes it down; null for anyone else, and when it was taken back. */
export async function tellingToWrite(tx: Tx, id: string): Promise<TellingToWrite | null> {
  if (!isKey(id)) return null;
  const { rows } = await sql<TellingToWrite>`
    select t.id, t.slug, t.language, t.title, t.role_then as "roleThen", t.themes, t.province, t.told_how as "toldHow", t.prompt, t.findable,
      t.standing, t.version, t.open_from as "openFrom", d.doc, d.saved_at as "savedAt",
      jsonb_build_object('full', n.full_name, 'first', n.first_name, 'other', n.other_name) as names,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'slug', i.slug, 'name', i.name) order by i.name)
        from core.telling_about a join pub.initiative i on i.id = a.initiative_id where a.telling = t.id), '[]') as about,
      c.teller is distinct from core.viewer_person() as "forSomeone", c.recorded_by is not null as "writtenDown"
    from core.telling t join core.telling_draft d on d.telling = t.id join core.consent_item c on c.id = t.id
    left join vault.teller_name n on n.telling = t.id
    where t.id = ${id} and core.tells(t.id)`.execute(tx);
  return rows[0] ?? null;
}

/** A version that was frozen as it was seen. */
export interface Frozen {
  readonly number: number;
  readonly title: string;
  readonly doc: Doc;
  readonly hash: Buffer;
}

/** The newest version of a telling, for who tells it; null when there is none. */
export async function newestVersion(tx: Tx, telling: string): Promise<Frozen | null> {
  const found = await tx
    .selectFrom('core.telling_version')
    .select(['number', 'title', 'doc', 'hash'])
    .where('telling', '=', telling)
    .where(sql<boolean>`core.tells(telling)`)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found ?? null;
}

/** The fingerprint of what a teller sees: the title and the tree of blocks as the database holds it. Consent names it. */
export const seal = (title: string, doc: Doc): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([title, doc]))
    .digest();

/** The open life events of the initiatives a telling is about, oldest first. */
export async function momentsToTell(tx: Tx, telling: string): Promise<TellableMoment[]> {
  const { rows } = await sql<TellableMoment>`
    select e.fact, i.name as initiative, e.kind, e.day, e.precision
    from core.telling_about a join pub.initiative i on i.id = a.initiative_id join pub.life_event e on e.initiative_id = i.id
    where a.telling = ${telling} and core.tells(a.telling) and e.kind not in ('confirmed', 'checked')
    order by e.day nulls last, e.fact`.execute(tx);
  return rows;
}

/** How many days a teller has to think again in this house: its own setting, or the usual ones. */
export function daysHere(): number {
  const set = Number(process.env.STEPPINGSTONES_DAYS_TO_THINK_AGAIN ?? '');
  return process.env.STEPPINGSTONES_DAYS_TO_THINK_AGAIN && Number.isInteger(set) && set >= 0 && set <= 365
    ? set
    : daysToThinkAgain;
}

/** The open initiative with this word in its address; null when there is none. */
export async function initiativeCalled(
  tx: Tx,
  slug: string,
): Promise<{ readonly slug: string; readonly name: string } | null> {
  const { rows } = await sql<{ slug: string; name: string }>`
    select slug, name from pub.initiative where slug = ${slug}`.execute(tx);
  return rows[0] ?? null;
}
