import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import '../tables.ts';
import { standsAt, type Ledger, type Standing, type Told } from './model.ts';

type ToldRow = Omit<Told, 'stands'> & Standing;

async function toldWhere(tx: Tx, which: RawBuilder<unknown>): Promise<Told[]> {
  const { rows } = await sql<ToldRow>`
    select i.id, i.teller = core.viewer_person() as mine, t.slug, coalesce(t.title, '') as title, t.language,
      (i.made_at at time zone 'Europe/Amsterdam')::date as "madeOn", i.recorded_by is not null as "spokenFor", v.hash,
      (i.taken_back_at at time zone 'Europe/Amsterdam')::date as "takenBackOn", t.standing,
      (t.open_from at time zone 'Europe/Amsterdam')::date as "openOn", coalesce(t.open_from <= now(), false) as "sleptOn",
      c.audience, coalesce(c.seen_hash = v.hash, false) as seen, c.until_day as "untilDay"
    from core.consent_item i left join core.telling t on t.id = i.id
    left join core.telling_version v on v.telling = t.id and v.number = t.version
    cross join lateral core.consent_now(i.id, 'read') c
    where i.kind = 'telling' and core.viewer_person() in (i.teller, i.recorded_by) and ${which}
    order by i.taken_back_at nulls first, i.made_at desc, i.id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    mine: row.mine,
    slug: row.slug,
    title: row.title,
    language: row.language,
    madeOn: row.madeOn,
    spokenFor: row.spokenFor,
    hash: row.hash,
    stands: standsAt(row),
  }));
}

/** Everything that who asks told or wrote down for someone, also what was taken back; the newest first. */
export const toldByMe = (tx: Tx): Promise<Told[]> => toldWhere(tx, sql`true`);

/** One telling for who told it or wrote it down; null for everyone else. */
export async function toldAs(tx: Tx, id: string): Promise<Told | null> {
  return isKey(id) ? ((await toldWhere(tx, sql`i.id = ${id}`))[0] ?? null) : null;
}

/** What else a teller can know of a telling of theirs; for everyone else, nothing. */
export async function ledgerOf(tx: Tx, telling: string): Promise<Ledger> {
  const { rows } = await sql<Ledger>`
    select
      coalesce((select json_agg(l) from (select seen_as as "seenAs", sum(times)::int as times, max(day) as last
        from core.telling_look where telling = ${telling} group by seen_as order by seen_as) l), '[]') as looks,
      coalesce((select json_agg(r) from (select id, language, made_how as "madeHow", signed_as as "signedAs", standing
        from core.rendering where telling = ${telling} and core.tells(telling) order by language, made_at, id) r), '[]') as renderings,
      coalesce((select json_agg(r) from (select id, prompt, words, language, (made_at at time zone 'Europe/Amsterdam')::date as "madeOn"
        from core.reading where telling = ${telling} and for_teller and core.tells(telling) order by made_at desc, id) r), '[]') as readings,
      (select count(*)::int from core.quote where telling = ${telling} and core.tells(telling)) as quotes,
      (select array['none'] || array_remove(array[case when n.full_name is not null then 'full' end, case when n.first_name is not null then 'first' end,
        case when n.other_name is not null then 'other' end], null) from (select 1) one left join vault.teller_name n on n.telling = ${telling}) as names,
      (select json_build_object('image', coalesce(bool_or(kind = 'photo'), false), 'voice', coalesce(bool_or(kind = 'voice'), false))
        from core.media where telling = ${telling} and core.tells(telling)) as has`.execute(tx);
  return (
    rows[0] ?? {
      looks: [],
      renderings: [],
      readings: [],
      quotes: 0,
      names: ['none'],
      has: { image: false, voice: false },
    }
  );
}
