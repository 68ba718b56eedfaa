import { sql, type SqlBool } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Translator } from '../access.ts';
import type { BlockKind } from '../document/model.ts';
import type { RenderingStanding } from '../model.ts';
import '../tables.ts';
import { remarksOn } from './checking/queries.server.ts';
import {
  align,
  howFar,
  type AlignedBlock,
  type DeskFilter,
  type Remark,
  type RenderedBlock,
  type Rendering,
  type SourceBlock,
  type ToRender,
} from './model.ts';
import './tables.ts';
import { termsIn, type Offer } from './terms/model.ts';
import { termsToOffer } from './terms/queries.server.ts';

const mostOnDesk = 100;

/** The tellings that who asks may put into this language, newest first and at most 100; what they may not read is not among them. */
export async function tellingsToRender(
  tx: Tx,
  { person }: Translator,
  wish: { into: string; from: string | null; filter: DeskFilter },
): Promise<ToRender[]> {
  const { rows } = await sql<
    Omit<ToRender, 'mine'> & { standing: RenderingStanding | null; done: number; stale: number }
  >`
    with open as (
      select t.id, t.version, t.language, t.open_from from core.telling t
      where t.standing = 'released' and t.language <> ${wish.into} and (${wish.from}::text is null or t.language = ${wish.from})
        and core.renders(t.id) and (core.tells(t.id) or core.allows(t.id, 'translate-people', 'circle', ${wish.into})))
    select o.id, v.title, o.language, left(coalesce(b.begins, ''), 80) as begins, coalesce(b.many, 0)::int as blocks, r.standing, coalesce(m.done, 0)::int as done, coalesce(m.stale, 0)::int as stale,
      (select count(*)::int from core.rendering x where x.telling = o.id and x.language = ${wish.into} and x.standing <> 'draft' and x.translator is distinct from ${person}::uuid) as others
    from open o join core.telling_version v on v.telling = o.id and v.number = o.version
    left join core.rendering r on r.telling = o.id and r.language = ${wish.into} and r.translator = ${person}
    left join lateral (select count(*) as many, (array_agg(x.text order by x.place))[1] as begins from core.telling_block x
      where x.telling = o.id and x.version = o.version and x.text <> '') b on true
    left join lateral (select count(*) as done, count(*) filter (where y.source_hash <> x.hash) as stale from core.rendering_block y
      join core.telling_block x on x.telling = o.id and x.version = o.version and x.block = y.block where y.rendering = r.id) m on true
    where ${filters[wish.filter](person)}
    order by o.open_from desc, o.id limit ${mostOnDesk}`.execute(tx);
  return rows.map(({ standing, done, stale, ...telling }) => ({
    ...telling,
    mine: standing && { standing, done, stale },
  }));
}

const filters: Readonly<Record<DeskFilter, (person: string) => ReturnType<typeof sql<SqlBool>>>> = {
  all: () => sql`true`,
  'none-yet': () =>
    sql`not exists (select from core.rendering x where x.telling = o.id and x.standing <> 'draft')`,
  mine: () => sql`r.id is not null`,
  stale: () => sql`m.stale > 0`,
};

/** The blocks of the version of a telling that was released, in order; none when who asks may not read it. */
export async function sourceOf(tx: Tx, telling: string): Promise<SourceBlock[]> {
  const { rows } = await sql<{
    block: string;
    kind: BlockKind;
    language: string;
    text: string;
    hash: string;
  }>`
    select b.block, b.kind, b.language, b.text, encode(b.hash, 'hex') as hash from core.telling_block b
    where b.telling = ${telling} and b.version = core.released_version(b.telling) order by b.place`.execute(
    tx,
  );
  return rows;
}

/** The blocks of a rendering, with the fingerprints of what they were made from. */
export async function renderedOf(tx: Tx, rendering: string): Promise<RenderedBlock[]> {
  const rows = await tx
    .selectFrom('core.rendering_block')
    .select(['block', 'text', 'gone_through', sql<string>`encode(source_hash, 'hex')`.as('hash')])
    .where('rendering', '=', rendering)
    .execute();
  return rows.map(({ block, text, gone_through, hash }) => ({
    block,
    text,
    sourceHash: hash,
    goneThrough: gone_through,
  }));
}

/** What is said of a telling above its renderings. */
export interface OfTelling {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  /** Whether who asks is the teller, or wrote it down for them. */
  readonly tells: boolean;
}

/** The telling as it was released; null when who asks may not put it into other languages. */
export async function tellingToRender(tx: Tx, telling: string): Promise<OfTelling | null> {
  const { rows } =
    await sql<OfTelling>`select t.id, t.slug, v.title, t.language, core.tells(t.id) as tells from core.telling t
    join core.telling_version v on v.telling = t.id and v.number = t.version
    where t.id = ${telling} and t.standing = 'released' and core.renders(t.id)`.execute(tx);
  return rows[0] ?? null;
}

/** Whether a telling may be put into this language by who asks: the teller themselves, or whom they let. */
export async function mayGoInto(tx: Tx, telling: string, language: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select core.tells(${telling}) or core.allows(${telling}, 'translate-people', 'circle', ${language}) as may`.execute(
    tx,
  );
  return rows[0]?.may === true;
}

/** Whether the teller lets a machine make a draft in this language. */
export async function mayAskMachine(tx: Tx, telling: string, language: string): Promise<boolean> {
  const { rows } = await sql<{
    may: boolean;
  }>`select core.allows(${telling}, 'translate-machine', 'circle', ${language}) as may`.execute(tx);
  return rows[0]?.may === true;
}

/** The renderings of a telling that who asks may see, in one language or in all, their own first. */
export async function renderingsOf(
  tx: Tx,
  telling: string,
  language: string | null = null,
): Promise<Rendering[]> {
  const { rows } = await sql<Rendering>`
    select r.id, r.telling, r.language, r.made_how as "madeHow", r.signed_as as "signedAs", r.standing, r.translator is not distinct from core.viewer_person() as mine
    from core.rendering r where r.telling = ${telling} and (${language}::text is null or r.language = ${language})
    order by mine desc, r.language, r.made_at`.execute(tx);
  return rows;
}

export interface BothSides {
  readonly telling: OfTelling;
  readonly rendering: Rendering;
  readonly blocks: readonly AlignedBlock[];
}

/** A telling and one rendering of it, block by block; null when who asks may not see both. */
export async function bothSides(tx: Tx, telling: string, rendering: string): Promise<BothSides | null> {
  const of = await tellingToRender(tx, telling);
  const found = of && (await renderingsOf(tx, telling)).find(({ id }) => id === rendering);
  if (!found) return null;
  return {
    telling: of,
    rendering: found,
    blocks: align(await sourceOf(tx, telling), await renderedOf(tx, rendering)),
  };
}

/** The renderings of one's own telling, with how far each is, for its teller. */
export async function renderingsForTeller(tx: Tx, telling: string) {
  const source = await sourceOf(tx, telling);
  const renderings = await renderingsOf(tx, telling);
  return Promise.all(
    renderings.map(async (each) => ({ ...each, ...howFar(align(source, await renderedOf(tx, each.id))) })),
  );
}

export interface Work {
  readonly telling: OfTelling;
  readonly blocks: readonly AlignedBlock[];
  /** Words of the field in each block, in the order of the blocks. */
  readonly offers: readonly (readonly Offer[])[];
  readonly mine: Rendering | null;
  readonly others: readonly Rendering[];
  readonly remarks: readonly Remark[];
  readonly mayAskMachine: boolean;
}

/** Everything a translator has before them for one telling and one language; null when they may not render it into that. */
export async function workOn(tx: Tx, key: string, language: string): Promise<Work | null> {
  const telling = await tellingToRender(tx, key);
  if (!telling || telling.language === language || !(await mayGoInto(tx, key, language))) return null;
  const renderings = await renderingsOf(tx, key, language);
  const mine = renderings.find((each) => each.mine) ?? null;
  const blocks = align(await sourceOf(tx, key), mine ? await renderedOf(tx, mine.id) : []);
  const terms = await termsToOffer(tx);
  return {
    telling,
    blocks,
    offers: blocks.map(({ text, language: from }) => termsIn(text, from, language, terms)),
    mine,
    others: renderings.filter((each) => !each.mine && each.standing !== 'draft'),
    remarks: mine ? await remarksOn(tx, mine.id) : [],
    mayAskMachine: await mayAskMachine(tx, key, language),
  };
}
