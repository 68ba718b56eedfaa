import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { layOpen } from '../../../commands.server.ts';
import { noteChanges } from '../../../keeping/commands/settle-parts.server.ts';
import { answerTo, type KeptEntry } from '../../../keeping/model.ts';
import { entryToKeep } from '../../../keeping/queries.server.ts';
import { layTellings } from '../../../keeping/telling/commands.server.ts';
import { planOf } from '../../../keeping/telling/model.ts';
import { shapeTaken, stricter, type MergeRefusal, type MergeWish } from '../model.ts';
import { heldBy, markOf } from '../queries.server.ts';
import '../../tables.ts';

interface Locked {
  readonly id: string;
  readonly standing: string;
  readonly visibility: 'public' | 'network' | 'table' | 'hidden';
  readonly waits: boolean;
}

/**
 * Makes two entries one: `kept` lives on with what was chosen of each part, and takes over the events, names, texts, relations
 * and sources of `gone`, whose address leads to it from now on. Nothing is deleted: what was told under `gone` stays what was
 * held. What either keeps back stays kept back. Refuses whoever does not watch over both.
 */
export async function merge(
  tx: Tx,
  wish: MergeWish,
  language: Language,
): Promise<Result<{ merger: string; slug: string }, MergeRefusal>> {
  const { kept, gone } = wish;
  if (kept === gone || !(await hasRight(tx, 'watch', [kept, gone])))
    return refused('duplicates.desk.refused.gone');
  const { rows } = await sql<Locked>`
    select i.id, i.standing, i.visibility, exists (select from core.proposal p where p.initiative_id = i.id and p.standing = 'waiting' and p.kind <> 'new') as waits
    from core.initiative i where i.id = any(${[kept, gone]}::uuid[]) order by i.id for update of i`.execute(
    tx,
  );
  const [mine, theirs] = [kept, gone].map((id) => rows.find((row) => row.id === id));
  const [one, other] = [await entryToKeep(tx, kept, language), await entryToKeep(tx, gone, language)];
  if (!mine || !theirs || !one || !other) return refused('duplicates.desk.refused.gone');
  if (![mine, theirs].every(({ standing }) => standing === 'laid' || standing === 'proposed'))
    return refused('duplicates.desk.refused.merged');
  if (mine.standing === 'proposed' && theirs.standing === 'laid')
    return refused('duplicates.desk.refused.keep-laid');
  if (theirs.waits) return refused('duplicates.desk.refused.waiting');
  const before = await heldBy(tx, kept);
  await sql`savepoint before_merger`.execute(tx);
  await sql`set constraints all deferred`.execute(tx);
  await bringEvents(tx, wish);
  await sql`select core.repoint_relations(${gone}, ${kept})`.execute(tx);
  await bringParts(tx, wish, stricter(mine.visibility, theirs.visibility));
  if (!(await bringShape(tx, wish, one, other))) {
    await sql`rollback to savepoint before_merger`.execute(tx);
    return refused('duplicates.desk.refused.relation-outside');
  }
  await noteParts(tx, wish, one, other);
  await tx
    .updateTable('core.initiative')
    .set({ standing: 'merged', merged_into: kept, changed_at: sql<Date>`now()` })
    .where('id', '=', gone)
    .execute();
  const merger = await remember(tx, wish, { before, standing: theirs.standing });
  await layOpen(tx, [kept, gone]);
  await sql`update vault.merger_memory set mark_after = ${await markOf(tx, kept)} where merger_id = ${merger}`.execute(
    tx,
  );
  return ok({ merger, slug: one.slug });
}

const stateKinds = ['founded', 'noticed', 'ended', 'paused', 'revived'];

/**
 * Tells the events of the one that goes as those of the one that lives on, under the same facts. When it began and whether it
 * stopped is taken from one of the two. What they changed of its shape is not: the shape of the one that lives on has its own history.
 */
async function bringEvents(tx: Tx, { kept, gone, choices }: MergeWish): Promise<void> {
  const takesLife = choices.since === 'gone';
  if (takesLife)
    await sql`update core.life_event set recorded = tstzrange(lower(recorded), now())
      where initiative_id = ${kept} and upper_inf(recorded) and kind = any(${stateKinds})`.execute(tx);
  await sql`with moved as (
      update core.life_event e set recorded = tstzrange(lower(e.recorded), now())
      where e.initiative_id = ${gone} and upper_inf(e.recorded) and (${takesLife} or e.kind <> all(${stateKinds}))
        and not exists (select from core.life_event k where k.initiative_id = ${kept} and upper_inf(k.recorded)
          and k.kind = e.kind and k.day is not distinct from e.day and k.precision = e.precision)
      returning e.*)
    insert into core.life_event (fact, initiative_id, key, kind, day, precision, change, sources, said_by, instead_of, words, words_language)
      select m.fact, ${kept}, case when exists (select from core.life_event k where k.initiative_id = ${kept} and k.key = m.key and upper_inf(k.recorded))
          then left(m.key, 120) || '/' || m.fact else m.key end,
        m.kind, m.day, m.precision, '{}', m.sources, m.said_by, m.instead_of, m.words, m.words_language
      from moved m`.execute(tx);
  await sql`update core.life_event_text t set initiative_id = ${kept} where t.initiative_id = ${gone}
    and exists (select from core.life_event e where e.fact = t.fact and e.initiative_id = ${kept} and upper_inf(e.recorded))`.execute(
    tx,
  );
}

async function bringParts(tx: Tx, { kept, gone, choices }: MergeWish, visibility: string): Promise<void> {
  const takes = (part: 'website' | 'mail' | 'phone') => (choices[part] === 'gone' ? sql`g` : sql`k`);
  await sql`update core.initiative k set visibility = ${visibility}, changed_at = now(),
      website = ${takes('website')}.website, mail = ${takes('mail')}.mail, phone = ${takes('phone')}.phone,
      sources = array(select distinct s from unnest(k.sources || g.sources) s order by s),
      last_sign = case when 'seen' in (k.last_sign, g.last_sign) then 'seen' else k.last_sign end,
      confirmed_on = greatest(k.confirmed_on, g.confirmed_on),
      checked_on = greatest(k.checked_on, g.checked_on),
      checked_through = case when g.checked_on > k.checked_on or k.checked_on is null then g.checked_through else k.checked_through end
    from core.initiative g where k.id = ${kept} and g.id = ${gone}`.execute(tx);
  // The present name of the one that goes is one of the names of the one that lives on.
  await sql`insert into core.initiative_name (initiative_id, name)
    select ${kept}, n.name from (
      select p.name from core.initiative_period p where p.initiative_id = ${gone}
      union select n.name from core.initiative_name n where n.initiative_id = ${gone}
      union select p.name from core.initiative_period p where p.initiative_id = ${kept} and ${choices.name === 'gone'}) n
    where n.name <> (select p.name from core.initiative_period p where p.initiative_id = ${choices.name === 'gone' ? gone : kept} order by p.valid desc limit 1)
    on conflict do nothing`.execute(tx);
  if (choices.text === 'gone')
    await sql`delete from core.initiative_text where initiative_id = ${kept}`.execute(tx);
  await sql`insert into core.initiative_text (initiative_id, language, text, origin, checked)
    select ${kept}, t.language, t.text, t.origin, t.checked from core.initiative_text t where t.initiative_id = ${gone}
    on conflict do nothing`.execute(tx);
  await sql`insert into core.entry_field (initiative_id, field, visibility, reason)
    select ${kept}, f.field, f.visibility, f.reason from core.entry_field f where f.initiative_id = ${gone}
    on conflict (initiative_id, field) do update set visibility = excluded.visibility, reason = excluded.reason
      where array_position(array['public','network','table','hidden'], excluded.visibility) > array_position(array['public','network','table','hidden'], entry_field.visibility)`.execute(
    tx,
  );
  if (choices.place === 'gone')
    // In one deed: who watches over a region does so by the place, and would not in between.
    await sql`with taken as (delete from vault.initiative_place where initiative_id = ${kept} returning 1)
      insert into vault.initiative_place (initiative_id, valid, lat, lon, precision, town, municipality, province)
      select ${kept}, v.valid, v.lat, v.lon, v.precision, v.town, v.municipality, v.province from vault.initiative_place v
      where v.initiative_id = ${gone} and (select count(*) from taken) >= 0`.execute(tx);
  // The more careful of both says how precisely the place may be known.
  await sql`update vault.initiative_place k set precision = (array['exact','street','town','region','hidden'])[greatest(
      array_position(array['exact','street','town','region','hidden'], k.precision),
      (select max(array_position(array['exact','street','town','region','hidden'], g.precision)) from vault.initiative_place g where g.initiative_id = ${gone} and upper_inf(g.valid)))]
    where k.initiative_id = ${kept} and exists (select from vault.initiative_place g where g.initiative_id = ${gone} and upper_inf(g.valid))`.execute(
    tx,
  );
}

async function bringShape(tx: Tx, wish: MergeWish, one: KeptEntry, other: KeptEntry): Promise<boolean> {
  const standing =
    wish.choices.since === 'gone' ? one.events.filter(({ kind }) => !stateKinds.includes(kind)) : one.events;
  const plan = planOf(
    standing,
    shapeTaken(other.shape, wish.choices),
    { kind: 'wrong' },
    'verifier',
    today(),
  );
  return layTellings(tx, wish.kept, 'verifier', plan.tellings, { ...one.atFirst, ...plan.atFirst });
}

async function noteParts(
  tx: Tx,
  { kept, choices }: MergeWish,
  one: KeptEntry,
  other: KeptEntry,
): Promise<void> {
  const taken = Object.entries(choices).flatMap(([part, side]) =>
    side === 'gone' ? [part as keyof typeof choices] : [],
  );
  await noteChanges(
    tx,
    kept,
    'verifier',
    taken.map((field) => ({ field, was: answerTo(one.typed, field), became: answerTo(other.typed, field) })),
  );
}

/** Writes down what was done, by whom and why, and all that is needed to undo it. */
async function remember(
  tx: Tx,
  { kept, gone, why, keepers }: MergeWish,
  held: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { id } = await tx
    .insertInto('core.merger')
    .values({
      kept,
      gone,
      why,
      merged_by: sql<string>`core.viewer_person()`,
      undone_by: null,
      undone_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const grants = keepers
    ? await sql<{ given: string[] }>`select core.keepers_follow(${gone}, ${kept}, ${why}) as given`.execute(
        tx,
      )
    : null;
  const keys = await sql<{
    moved: string[];
  }>`select core.outside_keys_follow(${gone}, ${kept}, null) as moved`.execute(tx);
  await sql`update core.proposal set standing = 'accepted', decided_by = core.viewer_person(), decided_at = now(), decided_why = ${why}
    where initiative_id = ${gone} and standing = 'waiting' and kind = 'new'`.execute(tx);
  const before = { ...held, grants: grants?.rows[0]?.given ?? [], keys: keys.rows[0]?.moved ?? [] };
  await tx
    .insertInto('vault.merger_memory')
    .values({ merger_id: id, before: JSON.stringify(before), mark_after: '' })
    .execute();
  await sql`update core.likeness set standing = 'same', decided_by = core.viewer_person(), decided_at = now(), why = ${why}
    where one = least(${kept}::uuid, ${gone}::uuid) and other = greatest(${kept}::uuid, ${gone}::uuid)`.execute(
    tx,
  );
  // What the one that goes was told apart from, the one that lives on is too.
  await sql`insert into core.likeness (one, other, reasons, score, standing, decided_by, decided_at, why)
    select least(${kept}::uuid, third.id), greatest(${kept}::uuid, third.id), l.reasons, l.score, 'not-the-same', core.viewer_person(), now(), l.why
    from core.likeness l cross join lateral (select case when l.one = ${gone} then l.other else l.one end as id) third
    where l.standing = 'not-the-same' and ${gone}::uuid in (l.one, l.other) and third.id <> ${kept}
    on conflict do nothing`.execute(tx);
  return id;
}
