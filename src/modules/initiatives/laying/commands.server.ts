import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { atOnce, settleManyLives } from '../commands.server.ts';
import type { FieldEntry } from '../field/model.ts';
import type { PlaceColumns } from '../placing/model.ts';
import { eventChanges, type EventChanges } from './events/model.ts';
import {
  agreed,
  factsOf,
  isSame,
  marksOf,
  type Facts,
  type Held,
  type Kept,
  type KnownKey,
  type Marks,
  type Reach,
  type ToldMarks,
} from './model.ts';
import { heldNow, markOf } from './queries.server.ts';

/** One entry as a source tells it. */
export interface Laying {
  /** Its key in the source, lasting from one telling to the next. */
  readonly key: string;
  readonly entry: FieldEntry;
  /** The word in its address when it is new; that of the entry if not said. */
  readonly slug?: string;
  readonly place: PlaceColumns | null;
  /** The entry of the field it is, when that is known already. */
  readonly initiative: string | null;
  /** How it stands when it is new. */
  readonly standing: 'proposed' | 'laid';
  /** Nobody but this source ever spoke of the entry, though what it told is not marked. */
  readonly alone?: boolean;
  /** Fields of the facts the source says nothing of; empty for one that tells them all. */
  readonly unsaid: ReadonlySet<string>;
}

export interface Laid {
  readonly key: string;
  readonly initiative: string;
  /** left: the entry left the map, and what is told of it is not taken. */
  readonly done: 'added' | 'changed' | 'same' | 'left';
  readonly kept: readonly Kept[];
}

export interface LayingWishes {
  readonly source: string;
  /** What is known of the keys of this source, from `keysKnown`. */
  readonly known: ReadonlyMap<string, KnownKey>;
  /** The person who brings it. */
  readonly by?: string | null;
  readonly progress?: (done: number) => void | Promise<void>;
}

const mark = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/**
 * Lays entries as a source tells them, many at once: new ones are added, known ones brought up to date as far as nobody
 * else said otherwise since. What the initiative or a verifier said stays. It is not laid open yet. Each entry comes once.
 * Asks an operator's transaction, or the house's.
 */
export async function layEntries(tx: Tx, layings: readonly Laying[], wishes: LayingWishes): Promise<Laid[]> {
  await insistOnOperator(tx);
  await sql`set constraints all deferred`.execute(tx);
  const laid: Laid[] = [];
  for (let at = 0; at < layings.length; at += atOnce) {
    const some = layings.slice(at, at + atOnce);
    laid.push(...(await laySome(tx, some, wishes)));
    await wishes.progress?.(at + some.length);
  }
  return laid;
}

/** What will be written of one entry. */
interface Deed {
  readonly laying: Laying;
  readonly id: string;
  readonly held: Held | null;
  readonly before: ToldMarks | null;
  readonly facts: Facts;
  readonly events: EventChanges;
  readonly kept: readonly Kept[];
  readonly reach: Reach;
}

async function laySome(tx: Tx, layings: readonly Laying[], wishes: LayingWishes): Promise<Laid[]> {
  const { source, known } = wishes;
  const same = layings.filter(({ key, entry }) => known.get(key)?.mark === markOf(entry));
  const news = layings.filter((laying) => !same.includes(laying));
  const idOf = ({ key, initiative }: Laying) => known.get(key)?.initiative ?? initiative;
  const there = new Map(news.map((laying) => [idOf(laying) ?? '', laying]));
  there.delete('');
  const held = await heldNow(tx, [...there.keys()], (id) => (there.get(id) as Laying).entry.shape);
  const isLeft = (laying: Laying) =>
    ['withdrawn', 'merged'].includes(held.get(idOf(laying) ?? '')?.standing ?? '');
  const taken = news.filter((laying) => !isLeft(laying));
  const added = await addNew(
    tx,
    taken.filter((laying) => idOf(laying) === null),
    wishes,
  );
  const deeds = taken.map((laying): Deed => {
    const before = known.get(laying.key)?.told ?? null;
    const theirs = factsOf(laying.entry, laying.place);
    const id = idOf(laying) ?? added.get(laying.slug ?? laying.entry.slug) ?? '';
    if (idOf(laying) === null) {
      const events = eventChanges({ held: [], told: laying.entry.events, before: [], reach: 'all' });
      return { laying, id, held: null, before: null, reach: 'all', events, facts: theirs, kept: [] };
    }
    const is = held.get(id);
    if (!is) throw new Error('An entry that a source knows is no longer there.');
    const reach: Reach = is.firm ? 'gaps' : before ? 'news' : laying.alone ? 'all' : 'gaps';
    const { facts, kept } = agreed(is.facts, theirs, {
      reach,
      before: before?.facts ?? null,
      unsaid: laying.unsaid,
      mark,
    });
    const place = is.places > 1 ? is.facts.place : facts.place;
    const events = eventChanges({
      held: is.events,
      told: laying.entry.events,
      before: before?.events ?? [],
      reach,
    });
    return {
      ...{ laying, id, held: is, before, reach, events },
      facts: { ...facts, place },
      kept: [...kept, ...events.kept],
    };
  });
  await writeFacts(tx, source, deeds);
  await writeTexts(tx, deeds);
  await writeEvents(tx, deeds);
  await settleManyLives(
    tx,
    deeds.map(({ id, facts }) => ({ initiative: id, start: facts.shape })),
  );
  await writeKeys(tx, source, deeds);
  const untouched = (laying: Laying, done: Laid['done']): Laid => ({
    key: laying.key,
    initiative: idOf(laying) ?? '',
    done,
    kept: [],
  });
  return [
    ...same.map((laying) => untouched(laying, 'same')),
    ...news.filter(isLeft).map((laying) => untouched(laying, 'left')),
    ...deeds.map(({ laying, id, held: is, kept }): Laid => {
      return { key: laying.key, initiative: id, done: is ? 'changed' : 'added', kept };
    }),
  ];
}

/** The columns of core.initiative that a source tells. */
const columnsOf = (source: string, entry: FieldEntry, facts: Facts) => ({
  website: facts.website,
  mail: facts.mail,
  phone: facts.phone,
  last_sign: facts.lastSign,
  sources: facts.sources,
  source_mark: source === 'field' ? markOf(entry) : null,
});

async function addNew(
  tx: Tx,
  layings: readonly Laying[],
  { source, by = null }: LayingWishes,
): Promise<Map<string, string>> {
  const rows = layings.map(({ entry, slug, place, standing }) => ({
    slug: slug ?? entry.slug,
    standing,
    start: entry.shape,
    ...columnsOf(source, entry, factsOf(entry, place)),
  }));
  const { rows: added } = await sql<{ slug: string; id: string }>`
    insert into core.initiative (slug, origin, standing, added_by, start_shape, website, mail, phone, last_sign, sources, source_mark)
    select slug, 'public-sources', standing, case when standing = 'proposed' then ${by}::uuid end, start, website, mail, phone,
      last_sign, sources, source_mark
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(slug text, standing text, start jsonb, website text, mail text,
      phone text, last_sign text, sources text[], source_mark text) returning slug, id`.execute(tx);
  return new Map(added.map(({ slug, id }) => [slug, id]));
}

async function writeFacts(tx: Tx, source: string, deeds: readonly Deed[]): Promise<void> {
  const there = deeds.filter(({ held }) => held);
  const rows = there.map(({ laying, id, facts }) => ({ id, ...columnsOf(source, laying.entry, facts) }));
  if (there.length > 0)
    await sql`update core.initiative i set website = n.website, mail = n.mail, phone = n.phone, last_sign = n.last_sign,
      sources = n.sources, source_mark = coalesce(n.source_mark, i.source_mark), changed_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n(id uuid, website text, mail text, phone text, last_sign text, sources text[], source_mark text)
    where i.id = n.id`.execute(tx);
  const names = deeds.flatMap(({ id, facts }) => facts.names.map((name) => ({ id, name })));
  await sql`delete from core.initiative_name where initiative_id = any(${there.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
  await sql`insert into core.initiative_name (initiative_id, name)
    select id, name from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n(id uuid, name text) on conflict do nothing`.execute(
    tx,
  );
  const moved = deeds.filter(({ held, facts }) => !held || !isSame(held.facts.place, facts.place));
  const places = moved.flatMap(({ id, facts }) => (facts.place ? [{ id, ...facts.place }] : []));
  await sql`delete from vault.initiative_place where initiative_id = any(${moved.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
  await sql`insert into vault.initiative_place (initiative_id, valid, lat, lon, precision, town, municipality, province)
    select id, daterange(null, null), lat, lon, precision, town, municipality, province
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as p(id uuid, lat float8, lon float8, precision text, town text, municipality text, province text)`.execute(
    tx,
  );
}

/** Texts the initiative wrote itself stay; so do those another source told. */
async function writeTexts(tx: Tx, deeds: readonly Deed[]): Promise<void> {
  const gone = deeds.flatMap(({ id, held, before, reach }) =>
    (held?.texts ?? [])
      .filter(
        ({ language, text, origin }) =>
          origin !== 'own' && (reach === 'all' || before?.texts[language] === mark(text)),
      )
      .map(({ language }) => ({ id, language })),
  );
  await sql`delete from core.initiative_text t using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as g(id uuid, language text)
    where t.initiative_id = g.id and t.language = g.language and t.origin <> 'own'`.execute(tx);
  const texts = deeds.flatMap(({ laying, id }) => laying.entry.texts.map((text) => ({ id, ...text })));
  await sql`insert into core.initiative_text (initiative_id, language, text, origin, checked)
    select id, language, text, origin, false
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t(id uuid, language text, text text, origin text)
    on conflict do nothing`.execute(tx);
}

async function writeEvents(tx: Tx, deeds: readonly Deed[]): Promise<void> {
  const changes = deeds.map(({ id, events }) => ({ id, ...events }));
  const closed = changes.flatMap(({ closed }) => closed);
  if (closed.length > 0)
    await sql`update core.life_event set recorded = tstzrange(lower(recorded), now())
      where fact = any(${closed}::uuid[]) and upper_inf(recorded)`.execute(tx);
  const fresh = changes.flatMap(({ id, fresh }) => fresh.map((event) => ({ ...event, id })));
  await sql`insert into core.life_event (fact, initiative_id, key, kind, day, precision, change, sources, said_by)
    select coalesce(fact, uuidv7()), id, key, kind, day, precision, change, sources, 'public-sources'
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb)
      as e(fact uuid, id uuid, key text, kind text, day date, precision text, change jsonb, sources text[])`.execute(
    tx,
  );
  const spoken = changes.flatMap(({ id, keys }) => keys.map((key) => ({ id, key })));
  await sql`delete from core.life_event_text t
    using jsonb_to_recordset(${JSON.stringify(spoken)}::jsonb) as s(id uuid, key text), core.life_event e
    where e.initiative_id = s.id and e.key = s.key and t.fact = e.fact and t.initiative_id = e.initiative_id and t.origin <> 'own'`.execute(
    tx,
  );
  const texts = changes.flatMap(({ id, taken }) =>
    taken.flatMap((event) => event.texts.map((text) => ({ id, key: event.key, ...text }))),
  );
  await sql`insert into core.life_event_text (fact, initiative_id, language, text, origin)
    select e.fact, e.initiative_id, t.language, t.text, t.origin
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t(id uuid, key text, language text, text text, origin text)
    join core.life_event e on e.initiative_id = t.id and e.key = t.key and upper_inf(e.recorded)
    on conflict do nothing`.execute(tx);
}

async function writeKeys(tx: Tx, source: string, deeds: readonly Deed[]): Promise<void> {
  const rows = deeds.map(({ laying, id, held, before }) => ({
    key: laying.key,
    id,
    mark: markOf(laying.entry),
    told: {
      facts: marksTold(laying, held ? (before?.facts ?? {}) : null),
      texts: Object.fromEntries(laying.entry.texts.map(({ language, text }) => [language, mark(text)])),
      events: laying.entry.events.map(({ key }) => key),
    } satisfies ToldMarks,
  }));
  await sql`insert into core.outside_key (source, key, initiative_id, mark, told)
    select ${source}, key, id, mark, told from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k(key text, id uuid, mark text, told jsonb)
    on conflict (source, key) do update set initiative_id = excluded.initiative_id, mark = excluded.mark, told = excluded.told, brought_at = now()`.execute(
    tx,
  );
}

/** What the source told, as it will be compared next time; of what it says nothing of the earlier marks stay. */
function marksTold(laying: Laying, before: Marks | null): Marks {
  const told = Object.entries(marksOf(factsOf(laying.entry, laying.place), mark));
  const kept = told.map(([field, is]) => [field, before && laying.unsaid.has(field) ? before[field] : is]);
  return Object.fromEntries(kept.filter(([, is]) => is !== undefined)) as Marks;
}
