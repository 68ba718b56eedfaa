import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { Told } from './model.ts';

const everything = sql<Told>`
  select 'dilemma' as kind, d.id, d.title ->> d.language as title, d.what ->> d.language as words, d.language, d.called, d.told_on as "toldOn", d.standing, d.why,
    '/learning/dilemmas/' || d.slug as page, coalesce(d.told_by = core.viewer_person(), false) as mine from core.dilemma d where d.origin <> 'sources'
  union all select 'position', p.id, p.place, p.words, p.language, p.called, p.told_on, p.standing, p.why,
    (select '/learning/dilemmas/' || o.slug from pub.dilemma o where o.id = p.dilemma), coalesce(p.told_by = core.viewer_person(), false) from core.dilemma_position p
  union all select 'insight', c.id, c.claim ->> c.language, concat_ws(E'\n', c.grounds ->> c.language, c.holds ->> c.language, c.against ->> c.language), c.language, c.called, c.told_on, c.standing, c.why,
    '/learning/insights/' || c.slug, coalesce(c.told_by = core.viewer_person(), false) from core.insight_card c
  union all select 'change', c.id, c.day::text, c.words, c.language, c.called, c.told_on, c.standing, c.why,
    (select '/learning/trajectories/' || o.slug from pub.trajectory o where o.id = c.trajectory), coalesce(c.told_by = core.viewer_person(), false) from core.trajectory_change c`;

/** What waits until somebody looks, the oldest first, as far as who is asking may look at it; their own words are among it, and not theirs to open. */
export async function waitingToBeSeen(tx: Tx): Promise<Told[]> {
  const { rows } =
    await sql<Told>`select * from (${everything}) told where standing = 'waiting' order by "toldOn", id`.execute(
      tx,
    );
  return rows;
}

/** What who is asking told themselves, the newest first, wherever it stands. */
export async function toldByMe(tx: Tx): Promise<Told[]> {
  const { rows } =
    await sql<Told>`select * from (${everything}) told where mine order by "toldOn" desc, id desc`.execute(
      tx,
    );
  return rows;
}
