import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { ReadAs } from '../model.ts';
import { limitedBlocks, limitedHeads, limitedIds } from './queries/limited.server.ts';
import {
  renderingFor,
  type BlockRow,
  type Head,
  type Key,
  type OwnReading,
  type Voice,
  type Which,
} from './model.ts';

/** Keys of the tellings this viewer may read, oldest first; what they may not read is not there, in no way. */
export async function tellingsFor(tx: Tx, viewer: Viewer, which: Which): Promise<string[]> {
  const { rows } =
    await sql<Key>`select t.id, t.opened_on as on from pub.telling t where ${openOnes(which)}`.execute(tx);
  const limited = viewer.kind === 'visitor' ? [] : await limitedIds(tx, which);
  return [...rows, ...limited]
    .sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1))
    .map(({ id }) => id);
}

function openOnes(which: Which): RawBuilder<unknown> {
  if ('slug' in which) return sql`t.slug = ${which.slug}`;
  if ('ids' in which) return sql`t.id = any(${[...which.ids]}::uuid[])`;
  return sql`t.id in (select a.telling from pub.telling_about a where a.initiative_id = any(${[...which.about]}::uuid[])
    union select b.telling from pub.telling_block b where b.moment = any(${[...which.moments]}::uuid[]))`;
}

/** Tellings as this viewer may read them, in the order of the keys; `language` is what they read best. Two questions, and two more for who is signed in. */
export const voicesOf = (
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
  language: string,
): Promise<Voice[]> => readUpTo(tx, viewer, ids, language, 'whole');

/** The same, each with its first paragraph only: for lists. */
export const beginningsOf = (
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
  language: string,
): Promise<Voice[]> => readUpTo(tx, viewer, ids, language, 'beginning');

async function readUpTo(
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
  language: string,
  part: 'whole' | 'beginning',
): Promise<Voice[]> {
  if (ids.length === 0) return [];
  const open = await openHeads(tx, ids);
  const others = ids.filter((id) => !open.some((head) => head.id === id));
  const hidden = viewer.kind === 'visitor' ? [] : await limitedHeads(tx, others);
  const heads = [...open, ...hidden];
  const shown = new Map(
    heads.map((head) => [head.id, renderingFor(head.language, language, head.renderings)]),
  );
  const keys = (of: readonly Head[]) => of.flatMap(({ id }) => shown.get(id)?.id ?? []);
  const blocks = await openBlocks(
    tx,
    open.map(({ id }) => id),
    keys(open),
    part === 'beginning',
  );
  if (hidden.length > 0)
    blocks.push(
      ...(await limitedBlocks(
        tx,
        hidden.map(({ id }) => id),
        keys(hidden),
      )),
    );
  return ids.flatMap((id) => {
    const head = heads.find((one) => one.id === id);
    if (!head) return [];
    const own = blocks.filter(({ telling }) => telling === id);
    return { ...head, rendering: shown.get(id) ?? null, blocks: own };
  });
}

async function openHeads(tx: Tx, ids: readonly string[]): Promise<Head[]> {
  const { rows } = await sql<Head>`
    select t.id, t.slug, t.language, t.title, t.voice as name, t.role_then as "roleThen", t.told_how as "toldHow", t.invented, t.findable, t.themes, t.province,
      t.opened_on as "openedOn", ${'public' satisfies ReadAs} as "readAs",
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'language', r.language, 'madeHow', r.made_how, 'signedAs', r.signed_as, 'standing', r.standing) order by r.language, r.id)
        from pub.rendering r where r.telling = t.id), '[]') as renderings,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'type', m.type, 'width', m.width, 'height', m.height, 'seconds', m.seconds, 'alt', m.alt))
        from pub.media m where m.telling = t.id), '[]') as media
    from pub.telling t where t.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

async function openBlocks(
  tx: Tx,
  ids: readonly string[],
  renderings: readonly string[],
  onlyFirst: boolean,
): Promise<BlockRow[]> {
  const { rows } = await sql<BlockRow>`
    select b.telling, b.block, b.kind, b.level, b.language, b.text, b.content, b.moment, b.said_day as "saidDay", b.said_precision as "saidPrecision", b.media,
      (select jsonb_build_object('text', x.text, 'stale', x.stale) from pub.rendering_block x join pub.rendering r on r.id = x.rendering and r.telling = b.telling
        where x.block = b.block and x.rendering = any(${[...renderings]}::uuid[])) as rendered
    from pub.telling_block b where b.telling = any(${[...ids]}::uuid[]) and (not ${onlyFirst} or b.block = (
      select f.block from pub.telling_block f where f.telling = b.telling and f.kind = 'paragraph' order by f.place limit 1))
    order by b.telling, b.place`.execute(tx);
  return rows;
}

/** The initiatives of the open field that a telling is about, and the open stories it stands in. */
export async function standsWith(
  tx: Tx,
  telling: string,
): Promise<{
  initiatives: { slug: string; name: string }[];
  stories: { slug: string; title: string; language: string }[];
}> {
  const initiatives = await sql<{ slug: string; name: string }>`
    select i.slug, i.name from pub.telling_about a join pub.initiative i on i.id = a.initiative_id where a.telling = ${telling} order by i.name`.execute(
    tx,
  );
  const stories = await sql<{ slug: string; title: string; language: string }>`
    select s.slug, s.title, s.language from pub.story s where s.tellings @> array[${telling}::uuid] order by s.title`.execute(
    tx,
  );
  return { initiatives: initiatives.rows, stories: stories.rows };
}

/** What this reader answered about a telling before, oldest first; nobody else's. */
export async function ownReadings(tx: Tx, viewer: Viewer, telling: string): Promise<OwnReading[]> {
  const { rows } = await sql<OwnReading>`
    select r.id, r.prompt, r.words, r.language, r.for_teller as "forTeller", to_char(r.made_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as "madeOn"
    from core.reading r where r.telling = ${telling} and r.reader = ${viewer.id}::uuid order by r.made_at`.execute(
    tx,
  );
  return rows;
}
