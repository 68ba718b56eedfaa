import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { BlockRow, Head, Key, Which } from '../model.ts';

/** Keys of the tellings that are for the network or the table, and that who is asking may read. The walls look again. */
export async function limitedIds(tx: Tx, which: Which): Promise<Key[]> {
  const { rows } = await sql<Key>`
    select t.id, (t.open_from at time zone 'Europe/Amsterdam')::date as on from core.telling t cross join lateral core.read_limited(t.id) l
    where t.standing = 'released' and ${limitedOnes(which)}`.execute(tx);
  return rows;
}

function limitedOnes(which: Which): RawBuilder<unknown> {
  if ('slug' in which) return sql`t.slug = ${which.slug}`;
  if ('ids' in which) return sql`t.id = any(${[...which.ids]}::uuid[])`;
  return sql`t.id in (select a.telling from core.telling_about a where a.initiative_id = any(${[...which.about]}::uuid[])
    union select b.telling from core.telling_block b where b.moment = any(${[...which.moments]}::uuid[]))`;
}

/** What stands above tellings that are for the network or the table. */
export async function limitedHeads(tx: Tx, ids: readonly string[]): Promise<Head[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Head>`
    select t.id, t.slug, t.language, v.title, l.voice as name, t.role_then as "roleThen", t.told_how as "toldHow", t.invented, false as findable, t.themes, t.province,
      (t.open_from at time zone 'Europe/Amsterdam')::date as "openedOn", l.read_as as "readAs",
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'language', r.language, 'madeHow', r.made_how, 'signedAs', r.signed_as, 'standing', r.standing) order by r.language, r.id)
        from core.rendering r where r.telling = t.id and r.standing <> 'draft'
          and core.allows(r.telling, case r.made_how when 'person' then 'translate-people' else 'translate-machine' end, l.read_as, r.language)), '[]') as renderings,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'type', m.type, 'width', m.width, 'height', m.height, 'seconds', m.seconds, 'alt', m.alt))
        from core.media m cross join lateral core.consent_now(m.telling, 'read') c where m.telling = t.id and case m.kind when 'photo' then c.with_image and m.alt is not null else c.with_voice end), '[]') as media
    from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version cross join lateral core.read_limited(t.id) l
    where t.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/** Their blocks, without the photos and voices that may not be seen or heard. */
export async function limitedBlocks(
  tx: Tx,
  ids: readonly string[],
  renderings: readonly string[],
): Promise<BlockRow[]> {
  const { rows } = await sql<BlockRow>`
    select b.telling, b.block, b.kind, b.level, b.language, b.text, b.content, b.moment, b.said_day as "saidDay", b.said_precision as "saidPrecision", b.media,
      (select jsonb_build_object('text', x.text, 'stale', x.source_hash <> b.hash) from core.rendering_block x join core.rendering r on r.id = x.rendering and r.telling = b.telling
        where x.block = b.block and x.rendering = any(${[...renderings]}::uuid[])) as rendered
    from core.telling_block b join core.telling t on t.id = b.telling and t.version = b.version
    where b.telling = any(${[...ids]}::uuid[]) order by b.telling, b.place`.execute(tx);
  return rows;
}
