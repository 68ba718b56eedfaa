import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { WrongParameter } from '#platform/http/problem.ts';
import type { ChainQuestion } from '../input.ts';
import { isFormal, type Field, type Step } from '../model.ts';
import { fieldGraph } from '../queries.server.ts';
import {
  chains,
  tell,
  withoutChain,
  type Chain,
  type ChainAnswer,
  type ChainWishes,
  type Chosen,
  type Destination,
  type NamedEntry,
  type ToldChain,
} from './model.ts';

/** The best chains on a day from an entry to a destination, at most `wanted`; with the field they lie in. */
export async function chainsBetween(
  tx: Tx,
  day: Day,
  from: string,
  destination: Destination,
  wanted = 3,
): Promise<{ readonly field: Field; readonly chains: readonly Chain[] }> {
  const field = await fieldGraph(tx, day);
  return { field, chains: chains(field, from, destination, wanted) };
}

/** The entries these words may name, at most eight: the one with this slug or name alone if there is one, else the likeliest first. */
export async function entriesNamed(tx: Tx, words: string): Promise<NamedEntry[]> {
  if (words === '') return [];
  const { rows } = await sql<NamedEntry & { exact: boolean }>`
    with asked as (select lower(unaccent(${words})) as words),
    called as (
      select i.id, i.slug, i.name,
        bool_or(i.slug = ${words} or n.folded = asked.words) as exact,
        max(greatest(word_similarity(asked.words, n.folded), similarity(asked.words, n.folded),
          case when n.folded like '%' || replace(replace(asked.words, '%', ''), '_', '') || '%' then 0.9 else 0 end)) as likeness
      from pub.initiative i, asked, lateral (select lower(unaccent(name)) as folded from unnest(i.names || i.name) as name) n
      group by i.id, i.slug, i.name)
    select c.slug, c.name, p.kind, c.exact from called c
    join lateral (select p.kind from pub.initiative_period p where p.initiative_id = c.id order by p.valid desc limit 1) p on true
    where c.exact or c.likeness >= 0.4
    order by c.slug = ${words} desc, c.exact desc, c.likeness desc, c.name limit 8`.execute(tx);
  const found = rows.map(({ slug, name, kind }) => ({ slug, name, kind }));
  const certain = rows.filter((row) => row.exact || row.slug === words);
  return certain.length === 1 || rows[0]?.slug === words ? found.slice(0, 1) : found;
}

async function chosen(tx: Tx, words: string): Promise<Chosen> {
  const found = await entriesNamed(tx, words);
  const [only, ...others] = found;
  return only && others.length === 0 ? { meant: only, maybe: [] } : { meant: null, maybe: found };
}

/** The chains between whom the words name on a day, or what is missing to find them. */
export async function chainPage(tx: Tx, wishes: ChainWishes): Promise<ChainAnswer> {
  const [from, to] = [await chosen(tx, wishes.from), await chosen(tx, wishes.to)];
  const answer = (
    outcome: ChainAnswer['outcome'],
    told: readonly ToldChain[] = [],
    examples: readonly NamedEntry[] = [],
  ) => ({
    wishes,
    from,
    to,
    outcome,
    chains: told,
    examples,
  });
  if (wishes.from === '') return answer('start', [], await informalExamples(tx, wishes.day));
  if (!from.meant || (wishes.to !== '' && !to.meant)) return answer('unsure');
  const field = await fieldGraph(tx, wishes.day);
  const [begin, end] = [
    field.stones.get(from.meant.slug),
    to.meant ? field.stones.get(to.meant.slug) : undefined,
  ];
  if (!begin) return answer('from-not-then');
  if (to.meant && !end) return answer('to-not-then');
  if (begin === end) return answer('same');
  if (!end && isFormal(begin)) return answer('is-formal');
  const found = chains(field, begin.slug, end ? { slug: end.slug } : { formal: true });
  return answer(
    found.length === 0 ? 'none' : 'found',
    found.map((chain) => tell(field, chain)),
  );
}

/** Six initiatives that have a chain of at least two steps, spread over the alphabet. */
async function informalExamples(tx: Tx, day: Day): Promise<NamedEntry[]> {
  const field = await fieldGraph(tx, day);
  const lost = new Set(withoutChain(field));
  const far = [...field.stones.values()]
    .filter((stone) => stone.kind === 'initiative' && !lost.has(stone.slug))
    .filter((stone) => (chains(field, stone.slug, { formal: true }, 1)[0]?.steps.length ?? 0) >= 2)
    .sort((a, b) => a.name.localeCompare(b.name, 'nl'));
  const apart = Math.max(1, Math.floor(far.length / 6));
  return far
    .filter((_, at) => at % apart === 0)
    .slice(0, 6)
    .map(({ slug, name, kind }) => ({ slug, name, kind }));
}

/** The chains as open data, or which of the two slugs nobody has on that day. */
export async function chainData(
  tx: Tx,
  { from, to, asOf }: ChainQuestion,
): Promise<
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly errors: readonly WrongParameter[] }
> {
  const field = await fieldGraph(tx, asOf);
  const errors = [
    { name: 'from', slug: from },
    { name: 'to', slug: to },
  ]
    .filter(({ slug }) => slug !== null && !field.stones.has(slug))
    .map(({ name }) => ({ name, reason: `is no open entry on ${asOf}` }));
  if (errors.length > 0) return { ok: false, errors };
  const found = chains(field, from, to === null ? { formal: true } : { slug: to }).map((chain) =>
    tell(field, chain),
  );
  return { ok: true, value: { asOf, from, to, chains: found.map((chain) => openChain(chain)) } };
}

function openChain({ stones, steps, disputed }: ToldChain): unknown {
  return {
    disputed,
    entries: stones.map(({ slug, name, kind }) => ({ slug, name, kind })),
    steps: steps.map(openStep),
  };
}

function openStep({ from, to, along, relation }: Step): unknown {
  const { key, type, standing, since, sincePrecision, until, untilPrecision, assertedBy, sources } = relation;
  const told = {
    key,
    from: relation.from,
    type,
    to: relation.to,
    since,
    sincePrecision,
    until,
    untilPrecision,
  };
  return {
    from,
    to,
    walked: along ? 'along' : 'against',
    relation: { ...told, standing, assertedBy, sources },
  };
}

/** The best chain on a day from an entry to the formal system, told; null when there is none. */
export async function bestChain(tx: Tx, day: Day, from: string): Promise<ToldChain | null> {
  const { field, chains: found } = await chainsBetween(tx, day, from, { formal: true }, 1);
  return found[0] ? tell(field, found[0]) : null;
}
