import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { FieldEntry } from '../field/model.ts';
import type { Shape, Standing } from '../model.ts';
import type { PlaceColumns } from '../placing/model.ts';
import type { Held, HeldEvent, KnownKey } from './model.ts';

/** A fingerprint of what a source tells of an entry; on which day it was found so makes no difference. */
export function markOf(entry: FieldEntry): string {
  const events = entry.events.map((event) =>
    event.precision === 'at-latest' ? { ...event, day: '' } : event,
  );
  return createHash('sha256')
    .update(JSON.stringify({ ...entry, events }))
    .digest('hex');
}

/** Which of these keys of a source are known, with the entry each is; one that was merged lives on in the other. */
export async function keysKnown(
  tx: Tx,
  source: string,
  keys: readonly string[],
): Promise<Map<string, KnownKey>> {
  const { rows } = await sql<KnownKey & { key: string }>`
    select k.key, coalesce(i.merged_into, i.id) as initiative, k.mark, case when i.merged_into is null then k.told end as told
    from core.outside_key k join core.initiative i on i.id = k.initiative_id
    where k.source = ${source} and k.key = any(${[...keys]}::text[])`.execute(tx);
  return new Map(rows.map(({ key, ...known }) => [key, known]));
}

interface Row {
  id: string;
  standing: Standing;
  firm: boolean;
  website: string | null;
  mail: string | null;
  phone: string | null;
  last_sign: 'seen' | 'none-recent';
  sources: string[];
  names: string[];
  shape: Shape | null;
  place: PlaceColumns | null;
  places: number;
  texts: { language: string; text: string; origin: string }[];
  events: HeldEvent[];
}

/** These entries as they are held now; `otherwise` is the shape of one that has no period yet. */
export async function heldNow(
  tx: Tx,
  ids: readonly string[],
  otherwise: (id: string) => Shape,
): Promise<Map<string, Held>> {
  const { rows } = await sql<Row>`
    select i.id, i.standing, (i.confirmed_on is not null or i.checked_on is not null) as firm,
      i.website, i.mail, i.phone, i.last_sign, i.sources,
      array(select n.name from core.initiative_name n where n.initiative_id = i.id) as names,
      coalesce(i.start_shape, (select jsonb_build_object('name', p.name, 'kind', p.kind, 'formality', p.formality, 'ledBy', p.led_by, 'scope', p.scope,
          'phases', p.phases, 'themes', p.themes, 'audiences', p.audiences, 'languages', p.languages)
        from core.initiative_period p where p.initiative_id = i.id order by p.valid limit 1)) as shape,
      (select jsonb_build_object('lat', v.lat, 'lon', v.lon, 'precision', v.precision, 'town', v.town, 'municipality', v.municipality,
          'province', v.province)
        from vault.initiative_place v where v.initiative_id = i.id order by v.valid desc limit 1) as place,
      (select count(*) from vault.initiative_place v where v.initiative_id = i.id)::int as places,
      coalesce((select jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin))
        from core.initiative_text t where t.initiative_id = i.id), '[]') as texts,
      coalesce((select jsonb_agg(jsonb_build_object('fact', e.fact, 'key', e.key, 'kind', e.kind, 'day', e.day, 'precision', e.precision,
          'change', e.change, 'sources', e.sources, 'said_by', e.said_by) order by e.day, e.key)
        from core.life_event e where e.initiative_id = i.id and upper_inf(e.recorded)), '[]') as events
    from core.initiative i where i.id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        standing: row.standing,
        firm: row.firm,
        texts: row.texts,
        events: row.events,
        places: row.places,
        facts: {
          shape: row.shape ?? otherwise(row.id),
          names: row.names.toSorted(),
          website: row.website,
          mail: row.mail,
          phone: row.phone,
          lastSign: row.last_sign,
          sources: row.sources,
          place: row.place,
        },
      },
    ]),
  );
}
