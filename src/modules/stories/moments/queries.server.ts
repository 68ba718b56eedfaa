import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { momentsFrom, type Moment, type MomentFact, type ToldMoment } from './model.ts';

/**
 * The moments of these initiatives of the open field, oldest first, with the facts of others who lived them too. What only
 * says that someone looked is no moment. One question.
 */
export async function momentsOf(
  tx: Tx,
  initiatives: readonly string[],
  language: Language,
): Promise<Moment[]> {
  if (initiatives.length === 0) return [];
  const { rows } = await sql<MomentFact & { moment: string }>`
    with own as (
      select e.fact, coalesce(m.moment, e.instead_of, e.fact) as moment
      from pub.life_event e left join pub.moment_fact m on m.fact = coalesce(e.instead_of, e.fact)
      where e.initiative_id = any(${[...initiatives]}::uuid[]) and e.kind not in ('noticed', 'confirmed', 'checked')
    ), tied as (
      select f.fact from pub.moment_fact f where f.moment in (select o.moment from own o)
      union select o.moment from own o where exists (select from pub.moment_fact f where f.moment = o.moment)
    ), others as (
      select e.fact, coalesce(m.moment, e.instead_of, e.fact) as moment
      from pub.life_event e left join pub.moment_fact m on m.fact = coalesce(e.instead_of, e.fact)
      where e.initiative_id in (select k.initiative_id from pub.life_event k where k.fact in (select fact from tied))
        and coalesce(e.instead_of, e.fact) in (select fact from tied)
    ), every as (select * from own union select * from others)
    select v.moment, e.fact, e.kind, e.day, e.precision, e.said_by as "saidBy",
      jsonb_build_object('id', i.id, 'slug', i.slug, 'name', i.name) as initiative,
      (select jsonb_build_object('language', t.language, 'words', t.text) from pub.life_event_text t where t.fact = e.fact
        order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1) as text
    from every v join pub.life_event e on e.fact = v.fact join pub.initiative i on i.id = e.initiative_id
    order by e.day nulls last, e.kind = 'founded' desc, e.fact`.execute(tx);
  return momentsFrom(rows);
}

/** Every key under which a voice may have named these moments. */
export const keysOf = (moments: readonly Moment[]): string[] => [
  ...new Set(moments.flatMap(({ key, facts }) => [key, ...facts.map(({ fact }) => fact)])),
];

/** The moments of an initiative with how many open voices tell each; only what anyone may read counts, whoever asks. */
export async function toldMoments(
  tx: Tx,
  initiative: string,
  language: Language,
): Promise<{ moments: ToldMoment[]; voices: number }> {
  const moments = await momentsOf(tx, [initiative], language);
  const { rows } = await sql<{ key: string | null; telling: string }>`
    select b.moment as key, b.telling from pub.telling_block b where b.moment = any(${keysOf(moments)}::uuid[])
    union select null, a.telling from pub.telling_about a where a.initiative_id = ${initiative}`.execute(tx);
  return {
    voices: new Set(rows.map(({ telling }) => telling)).size,
    moments: moments.map((moment) => {
      const keys = new Set(keysOf([moment]));
      const voices = new Set(
        rows.flatMap(({ key, telling }) => (key !== null && keys.has(key) ? [telling] : [])),
      );
      return { moment, voices: voices.size };
    }),
  };
}
