import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { entryFields, type EntryField, type KeptReason, type Shape, type Visibility } from '../model.ts';
import { parseAnswers, tidy } from './input.ts';
import {
  usualVisibility,
  word,
  type Problem,
  type HeldEvent,
  type KeptEntry,
  type ToldChange,
  type Typed,
  type WaitingChange,
} from './model.ts';
import { beginningOf } from './telling/model.ts';
import { placeAnswered } from './where/queries.server.ts';
import './tables.ts';

/** The key of the entry with this word in its address, as far as who is asking may know that it is there. */
export async function entryKey(tx: Tx, slug: string): Promise<string | null> {
  const entry = await tx
    .selectFrom('core.initiative')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst();
  return entry?.id ?? null;
}

interface PlaceRow {
  lat: number | null;
  lon: number | null;
  precision: string;
  town: string | null;
  municipality: string | null;
  province: string | null;
  /** Whether the point is only the middle of the place, and no point that anyone told. */
  middle: boolean;
}

interface Row {
  id: string;
  slug: string;
  standing: KeptEntry['standing'];
  visibility: Visibility;
  website: string | null;
  mail: string | null;
  phone: string | null;
  checked: boolean;
  confirmedOn: string | null;
  own: boolean;
  state: KeptEntry['state'];
  shape: Shape;
  atFirst: Shape;
  text: { language: string; words: string } | null;
  place: PlaceRow | null;
  fields: { field: EntryField; visibility: Visibility; reason: KeptReason }[];
  events: HeldEvent[];
  waiting: WaitingChange[];
  told: ToldChange[];
  audiences: string[];
}

const shapeOf = (
  order: 'asc' | 'desc',
) => sql`(select jsonb_build_object('name', p.name, 'kind', p.kind, 'formality', p.formality,
  'ledBy', p.led_by, 'scope', p.scope, 'phases', p.phases, 'themes', p.themes, 'audiences', p.audiences, 'languages', p.languages)
  from core.initiative_period p where p.initiative_id = i.id order by p.valid ${sql.raw(order)} limit 1)`;
const dayOf = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'Europe/Amsterdam', 'YYYY-MM-DD')`;
const middle = (of: string) =>
  sql`(abs(v.lat - ${sql.ref(`${of}.lat`)}) < 1e-6 and abs(v.lon - ${sql.ref(`${of}.lon`)}) < 1e-6)`;

/**
 * An entry as the form shows it to who may change it, audiences in words of `language`; null when it is not there for them.
 * The exact point is told to who keeps the entry; a verifier has to ask for it (`point`), and who lets them writes that down.
 */
export async function entryToKeep(
  tx: Tx,
  id: string,
  language: Language,
  point = false,
): Promise<KeptEntry | null> {
  // Who may see an entry may not yet read all that stands in its form.
  if (!(await hasRight(tx, 'change', [id]))) return null;
  const { rows } = await sql<Row>`
    select i.id, i.slug, i.standing, i.visibility, i.website, i.mail, i.phone, i.checked_on is not null as checked,
      i.confirmed_on as "confirmedOn", core.keeps(i.id) as own,
      (select p.state from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) as state,
      ${shapeOf('desc')} as shape, coalesce(i.start_shape, ${shapeOf('asc')}) as "atFirst",
      (select jsonb_build_object('language', t.language, 'words', t.text) from core.initiative_text t where t.initiative_id = i.id
        order by t.origin = 'own' desc, t.language = ${language} and t.origin = 'own' desc, t.language = 'nl' desc, t.language limit 1) as text,
      (select jsonb_build_object('lat', v.lat, 'lon', v.lon, 'precision', v.precision, 'town', t.name, 'municipality', m.name, 'province', r.name,
          'middle', coalesce(${middle('t')}, false) or coalesce(${middle('m')}, false) or coalesce(${middle('r')}, false))
        from vault.initiative_place v left join pub.place t on t.id = v.town left join pub.municipality m on m.code = v.municipality
        left join pub.province r on r.code = v.province where v.initiative_id = i.id order by v.valid desc limit 1) as place,
      (select coalesce(jsonb_agg(jsonb_build_object('field', f.field, 'visibility', f.visibility, 'reason', f.reason)), '[]')
        from core.entry_field f where f.initiative_id = i.id) as fields,
      (select coalesce(jsonb_agg(jsonb_build_object('fact', e.fact, 'kind', e.kind, 'day', e.day, 'precision', e.precision, 'change', e.change,
          'saidBy', e.said_by, 'insteadOf', e.instead_of, 'sources', e.sources) order by e.day, e.key), '[]')
        from core.life_event e where e.initiative_id = i.id and upper_inf(e.recorded)) as events,
      (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'words', w.words, 'broughtOn', ${dayOf('w.brought_at')}) order by w.brought_at), '[]')
        from core.proposal w where w.initiative_id = i.id and w.kind = 'change' and w.standing = 'waiting') as waiting,
      (select coalesce(jsonb_agg(jsonb_build_object('field', c.field, 'saidBy', c.said_by, 'on', ${dayOf('c.told_at')}) order by c.told_at desc), '[]')
        from (select * from core.entry_change c where c.initiative_id = i.id order by c.told_at desc limit 12) c) as told,
      array(select coalesce(w.word, a.audience) from unnest((select p.audiences from core.initiative_period p where p.initiative_id = i.id
          order by p.valid desc limit 1)) with ordinality a(audience, at)
        left join pub.audience_word w on w.audience = a.audience and w.language = ${language} order by a.at) as audiences
    from core.initiative i where i.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row?.shape) return null;
  const pointShown = row.own || point;
  const hasPoint = row.place !== null && row.place.lat !== null && !row.place.middle;
  const { slug, standing, own, checked, confirmedOn, state, shape, atFirst, events, waiting, told } = row;
  const typed = typedOf(row, language, pointShown && hasPoint);
  const about = { slug, name: shape.name, standing, own, checked, confirmedOn, state };
  return { id, ...about, typed, pointShown, hasPoint, shape, atFirst, events, waiting, told };
}

/** What the form would have sent, had everything that is held been typed in it. */
function typedOf(row: Row, language: Language, withPoint: boolean): Typed {
  const { shape, place, text } = row;
  const since = beginningOf(row.events);
  const known = since?.kind === 'founded' && since.day !== null;
  const shown = (field: EntryField) => row.fields.find((one) => one.field === field);
  const one = (value: string | number | null | undefined) =>
    value === null || value === undefined || value === '' ? [] : [tidy(String(value))];
  const where = place?.town ?? place?.municipality ?? place?.province;
  return {
    name: one(shape.name),
    place: one(
      place?.town && place.municipality && place.town !== place.municipality
        ? `${where}, ${place.municipality}`
        : where,
    ),
    point: withPoint && place ? [`${Number(place.lat?.toFixed(5))}, ${Number(place.lon?.toFixed(5))}`] : [],
    precision: one(place?.precision ?? 'town'),
    text: one(text?.words),
    textLanguage: one(text?.language ?? language),
    kind: one(shape.kind),
    scope: one(shape.scope),
    phase: shape.phases,
    theme: shape.themes,
    audiences: one(row.audiences.join(', ')),
    language: shape.languages,
    ledBy: one(shape.ledBy === 'not-said' ? '' : shape.ledBy),
    formality: one(shape.formality),
    since: known ? [since.precision === 'around' ? 'around' : 'year'] : [],
    sinceYear: known ? one(since.day?.slice(0, 4)) : [],
    website: one(row.website),
    mail: one(row.mail),
    phone: one(row.phone),
    visibility: [row.visibility],
    ...Object.fromEntries(
      entryFields.flatMap((field) => [
        [`show-${field}`, [shown(field)?.visibility ?? usualVisibility(field)]],
        [`why-${field}`, one(shown(field)?.reason)],
      ]),
    ),
  };
}

/** Whether the verifier who is asking wrote down, not longer than a day ago, that they look at the exact place of this entry. */
export async function hasLooked(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{
    looked: boolean;
  }>`select exists (select from core.place_look l where l.initiative_id = ${id}
    and l.person_id = core.viewer_person() and l.looked_at > now() - interval '1 day') as looked`.execute(tx);
  return rows[0]?.looked ?? false;
}

/** What could not be taken of a new entry as it was typed; `byMail` asks for an address to mail a link to as well. */
export async function problemsIn(
  tx: Tx,
  { typed, unreadable }: { typed: Typed; unreadable: readonly string[] },
  language: Language,
  byMail: boolean,
): Promise<readonly Problem[]> {
  const { answers, problems } = parseAnswers(typed, unreadable, today());
  const placed = problems.some(({ field }) => field === 'place' || field === 'point')
    ? null
    : await placeAnswered(tx, answers.place, language);
  return [
    ...problems,
    ...(placed?.ok === false ? [placed.problem] : []),
    ...(byMail && word(typed, 'mail') === '' ? [{ field: 'mail', reason: 'missing' as const }] : []),
  ];
}
