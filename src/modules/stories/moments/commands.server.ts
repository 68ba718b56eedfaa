import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { tiedBy } from './access.ts';

interface Tied {
  readonly fact: string;
  /** The key it is tied under; null when it stands by itself. */
  readonly moment: string | null;
  readonly initiative: string;
}

/** The facts that are one moment with any of these, as they are held now; what tells a fact differently goes with that fact. */
async function tiedWith(tx: Tx, facts: readonly string[]): Promise<Tied[]> {
  const { rows } = await sql<Tied>`
    with named as (select coalesce(e.instead_of, e.fact) as fact from pub.life_event e where e.fact::text = any(${[...facts]}::text[])),
      every as (select n.fact from named n union select m.fact from core.moment_fact m where m.moment in (
        select k.moment from core.moment_fact k join named n on n.fact = k.fact))
    select v.fact, m.moment, e.initiative_id as initiative from every v join pub.life_event e on e.fact = v.fact
    left join core.moment_fact m on m.fact = v.fact order by m.moment nulls last, v.fact`.execute(tx);
  return rows;
}

/**
 * Says that two life events of different initiatives were one moment; all that was one moment with either becomes one. Every day and
 * every word stays. Refuses who may not change each initiative that lived it.
 */
export async function tieMoments(
  tx: Tx,
  one: string,
  other: string,
): Promise<Result<{ moment: string }, 'choose' | 'not_yours'>> {
  const facts = await tiedWith(tx, [one, other]);
  const initiatives = [...new Set(facts.map(({ initiative }) => initiative))];
  if (initiatives.length < 2) return refused('choose');
  const proof = tiedBy(
    facts.map(({ fact }) => fact),
    await hasRight(tx, 'change', initiatives),
  );
  if (!proof) return refused('not_yours');
  // A key of its own, so that any of the facts may leave without taking the moment along.
  const moment = facts[0]?.moment ?? randomUUID();
  await sql`insert into core.moment_fact (fact, moment, tied_by) select f, ${moment}, core.viewer_person() from unnest(${[...proof.facts]}::uuid[]) f
    on conflict (fact) do update set moment = excluded.moment`.execute(tx);
  await layOpen(tx, [moment, ...facts.flatMap((fact) => [fact.fact, fact.moment ?? fact.fact])]);
  return ok({ moment });
}

/** Lets a life event stand by itself again; the others stay one moment. Refuses who may not change the initiative whose life it is. */
export async function untieMoment(tx: Tx, fact: string): Promise<Result<null, 'not_yours'>> {
  const { rows } = await sql<{ fact: string; initiative: string; moment: string }>`
    select m.fact, e.initiative_id as initiative, m.moment from core.moment_fact m join pub.life_event e on e.fact = m.fact where m.fact::text = ${fact}`.execute(
    tx,
  );
  const [tied] = rows;
  const proof = tied && tiedBy([tied.fact], await hasRight(tx, 'change', [tied.initiative]));
  if (!tied || !proof) return refused('not_yours');
  await sql`delete from core.moment_fact where fact = any(${[...proof.facts]}::uuid[])`.execute(tx);
  await layOpen(tx, [tied.moment, tied.fact]);
  return ok(null);
}

const layOpen = (tx: Tx, moments: readonly string[]) =>
  sql`select core.lay_moments_open(${[...new Set(moments)]}::uuid[])`.execute(tx);
