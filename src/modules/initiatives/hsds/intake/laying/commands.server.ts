import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { settleManyLives } from '../../../commands.server.ts';
import type { PlaceColumns } from '../../../placing/model.ts';
import type { BroughtEntry, BroughtRelation } from '../model.ts';

export interface Placing {
  readonly entry: BroughtEntry;
  readonly columns: PlaceColumns | null;
}

/** Lays entries that nobody here knew, with their keys and all that came with them; not yet open. Asks an operator's transaction. */
export async function layWhole(tx: Tx, placings: readonly Placing[]): Promise<void> {
  await insistOnOperator(tx);
  const entries = placings.map(({ entry }) => entry);
  await layFacts(tx, entries);
  const places = placings.flatMap(({ entry, columns }) => (columns ? [{ id: entry.id, ...columns }] : []));
  await sql`insert into vault.initiative_place (initiative_id, valid, lat, lon, precision, town, municipality, province)
    select id, daterange(null, null), lat, lon, precision, town, municipality, province
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as p(id uuid, lat float8, lon float8, precision text, town text, municipality text, province text)`.execute(
    tx,
  );
  const events = entries.flatMap(({ id, events: all }) => all.map((event) => ({ ...event, id })));
  await sql`insert into core.life_event (fact, initiative_id, key, kind, day, precision, change, sources, said_by, instead_of)
    select fact, id, fact::text, kind, day, precision, change, sources, "saidBy", "insteadOf"
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as e(fact uuid, id uuid, kind text, day date, precision text, change jsonb, sources text[], "saidBy" text, "insteadOf" uuid)`.execute(
    tx,
  );
  const words = events.flatMap(({ id, fact, texts }) => texts.map((text) => ({ ...text, id, fact })));
  await sql`insert into core.life_event_text (fact, initiative_id, language, text, origin)
    select fact, id, language, text, origin
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as t(fact uuid, id uuid, language text, text text, origin text)`.execute(
    tx,
  );
  await settleManyLives(
    tx,
    entries.map(({ id, start }) => ({ initiative: id, start })),
  );
}

async function layFacts(tx: Tx, entries: readonly BroughtEntry[]): Promise<void> {
  const rows = entries.map(({ id, slug, origin, website, mail, phone, sources, ...entry }) => ({
    ...{ id, slug, origin, website, mail, phone, sources },
    last_sign: entry.lastSign,
  }));
  await sql`insert into core.initiative (id, slug, origin, website, mail, phone, last_sign, sources)
    select id, slug, origin, website, mail, phone, last_sign, sources
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n(id uuid, slug text, origin text, website text, mail text, phone text, last_sign text, sources text[])`.execute(
    tx,
  );
  const names = entries.flatMap(({ id, names: all }) => all.map((name) => ({ id, name })));
  await sql`insert into core.initiative_name (initiative_id, name)
    select id, name from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n(id uuid, name text) on conflict do nothing`.execute(
    tx,
  );
  const texts = entries.flatMap(({ id, texts: all }) => all.map((text) => ({ ...text, id })));
  await sql`insert into core.initiative_text (initiative_id, language, text, origin, checked)
    select id, language, text, origin, false
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t(id uuid, language text, text text, origin text)`.execute(
    tx,
  );
  // Whoever told them as HSDS let everyone know them; what was kept back stays so, though nobody here knows what it is.
  const shown = entries.flatMap(({ id, mail, phone }) => [
    ...(mail === null ? [] : [{ id, field: 'mail', visibility: 'public', reason: 'asked' }]),
    ...(phone === null ? [] : [{ id, field: 'phone', visibility: 'public', reason: 'asked' }]),
  ]);
  const kept = entries.flatMap(({ id, keptBack }) =>
    keptBack.map((one) => ({ ...one, id, visibility: 'hidden' })),
  );
  await sql`insert into core.entry_field (initiative_id, field, visibility, reason)
    select id, field, visibility, reason
    from jsonb_to_recordset(${JSON.stringify([...kept, ...shown])}::jsonb) as f(id uuid, field text, visibility text, reason text)
    on conflict do nothing`.execute(tx);
}

/** Notes who said of these entries that they are right, and when. Asks an operator's transaction. */
export async function noteAssurance(tx: Tx, entries: readonly BroughtEntry[]): Promise<void> {
  await insistOnOperator(tx);
  const rows = entries.map(({ id, confirmedOn, checkedOn, checkedThrough }) => ({
    ...{ id, confirmed_on: confirmedOn, checked_on: checkedOn, checked_through: checkedThrough },
  }));
  await sql`update core.initiative i set confirmed_on = n.confirmed_on, checked_on = n.checked_on, checked_through = n.checked_through
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, confirmed_on date, checked_on date, checked_through text)
    where i.id = n.id and (n.confirmed_on is not null or n.checked_on is not null)`.execute(tx);
}

/** Lays relations that nobody here knew, with their keys and what each voice said. Asks an operator's transaction. */
export async function layWholeRelations(
  tx: Tx,
  sides: readonly { readonly relation: BroughtRelation; readonly from: string; readonly to: string }[],
): Promise<void> {
  await insistOnOperator(tx);
  const rows = sides.map(({ relation, from, to }) => ({
    ...relation,
    ...{ from, to },
    by: relation.voices.find(({ who, stance }) => who !== 'public-sources' && stance === 'asserts')?.who,
  }));
  // Its days are settled against the lives of both once all of them are known.
  await sql`insert into core.relation (id, key, from_id, type, to_id, since, since_precision, until, until_precision, valid, sources, told_by)
    select id, key, "from", type, "to", since, "sincePrecision", until, "untilPrecision", daterange(null, null), sources, coalesce(by, 'public-sources')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, key text, "from" uuid, type text, "to" uuid, since date,
      "sincePrecision" text, until date, "untilPrecision" text, sources text[], by text)`.execute(tx);
  const voices = sides.flatMap(({ relation }) =>
    relation.voices.map((voice) => ({ ...voice, id: relation.id })),
  );
  await sql`insert into core.relation_voice (relation_id, who, stance, said_on, words, language)
    select id, who, stance, "saidOn", words, language
    from jsonb_to_recordset(${JSON.stringify(voices)}::jsonb)
      as v(id uuid, who text, stance text, "saidOn" date, words text, language text)
    on conflict (relation_id, who) do update set stance = excluded.stance, said_on = excluded.said_on, words = excluded.words, language = excluded.language`.execute(
    tx,
  );
  const texts = sides.flatMap(({ relation }) => relation.texts.map((text) => ({ ...text, id: relation.id })));
  await sql`insert into core.relation_text (relation_id, language, text, origin)
    select id, language, text, origin
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t(id uuid, language text, text text, origin text)
    on conflict (relation_id, language) do update set text = excluded.text, origin = excluded.origin`.execute(
    tx,
  );
}
