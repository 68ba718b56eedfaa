import { sql, type RawBuilder } from 'kysely';
import { municipalities, provinces } from '#modules/places/queries.server.ts';
import type { Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { isKey } from '#platform/ids.ts';
import type { Entrusted } from '#platform/viewer.ts';
import type { Known, Role, ScopeKind, StandingGrant } from './model.ts';

/**
 * What stands for this person today, in a session with or without a second factor: what a session carries as
 * `viewer.entrusted`. The database decides with the same rule as its walls; someone who left holds nothing.
 */
export async function entrustedTo(person: string, sure: boolean): Promise<Entrusted[]> {
  return withViewer({ kind: 'person', id: person, entrusted: [], sure }, async (tx) => {
    const { rows } = await sql<Entrusted>`
      select distinct g.role, g.scope_kind as "scopeKind", g.scope_id as "scopeId"
      from core.role_grant g join core.person p on p.id = g.person_id and p.left_on is null
      where g.person_id = ${person} and core.grant_stands(g) order by 1, 2, 3`.execute(tx);
    return rows;
  });
}

/** How someone is called, as far as who is asking may know it; null when they did not say. */
export async function calledOf(tx: Tx, person: string): Promise<string | null> {
  const row = await tx.selectFrom('core.person').select('called').where('id', '=', person).executeTakeFirst();
  return row?.called ?? null;
}

const known = (tx: Tx) =>
  tx
    .selectFrom('core.person')
    .select(['id', 'called', 'language', 'came_by as cameBy', 'made_at as madeAt', 'left_on as leftOn']);

/** Someone, or null when they are not there for who is asking. */
export async function personNamed(tx: Tx, id: string): Promise<Known | null> {
  if (!isKey(id)) return null;
  return (await known(tx).where('id', '=', id).executeTakeFirst()) ?? null;
}

export const peopleOnAPage = 50;

/** The people of the house by name, a page at a time, as far as who is asking may know them; who left is not among them. */
export async function peopleCalled(
  tx: Tx,
  words: string,
  page: number,
): Promise<{ people: (Known & { roles: readonly Role[] })[]; total: number }> {
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Known & { roles: Role[]; total: number }>`
    select p.id, p.called, p.language, p.came_by as "cameBy", p.made_at as "madeAt", p.left_on as "leftOn",
      array(select distinct g.role from core.role_grant g where g.person_id = p.id and g.ended_on is null
        and core.today() < g.until_day order by 1) as roles,
      count(*) over ()::int as total
    from core.person p
    where p.left_on is null and (${words} = '' or p.called ilike ${like})
    order by p.called nulls last, p.id limit ${peopleOnAPage} offset ${(page - 1) * peopleOnAPage}`.execute(
    tx,
  );
  return { people: rows.map(({ total: _, ...person }) => person), total: rows[0]?.total ?? 0 };
}

interface GrantRow extends Omit<StandingGrant, 'person' | 'scope'> {
  readonly personId: string;
  readonly called: string | null;
  readonly scopeKind: ScopeKind;
  readonly scopeId: string;
}

async function grantsWhere(tx: Tx, which: RawBuilder<unknown>): Promise<StandingGrant[]> {
  const { rows } = await sql<GrantRow>`
    select g.id, g.person_id as "personId", p.called, g.role, g.scope_kind as "scopeKind", g.scope_id as "scopeId",
      g.from_day as "from", g.until_day as until, g.granted_by as "grantedBy", giver.called as "givenBy", g.reason,
      g.ended_on as "endedOn", g.ended_reason as "endedReason",
      (select max(l.looked_on) from core.grant_look l where l.grant_id = g.id) as "lookedOn"
    from core.role_grant g join core.person p on p.id = g.person_id left join core.person giver on giver.id = g.granted_by
    where ${which} order by g.until_day, p.called nulls last, g.id`.execute(tx);
  return rows.map(({ personId, called, scopeKind, scopeId, ...grant }) => ({
    ...grant,
    person: { id: personId, called },
    scope: { kind: scopeKind, id: scopeId },
  }));
}

/** Everything that was ever entrusted to someone, what ends first above. */
export async function grantsOf(tx: Tx, person: string): Promise<StandingGrant[]> {
  return grantsWhere(tx, sql`g.person_id = ${person}`);
}

/** Everything that stands or will stand, as far as who is asking may know it; what ends first above. */
export async function standingGrants(tx: Tx): Promise<StandingGrant[]> {
  return grantsWhere(tx, sql`g.ended_on is null and core.today() < g.until_day`);
}

export interface Fellow {
  readonly id: string;
  readonly called: string | null;
  readonly cameBy: 'mail' | 'card';
  readonly until: Day;
}

/** Who belongs to an initiative now; members know each other by name only. */
export async function fellowsOf(tx: Tx, initiative: string): Promise<Fellow[]> {
  const { rows } = await sql<Fellow>`
    select p.id, p.called, p.came_by as "cameBy", max(g.until_day) as until
    from core.role_grant g join core.person p on p.id = g.person_id
    where g.role = 'member' and g.scope_id = ${initiative} and g.ended_on is null and core.today() < g.until_day and p.left_on is null
    group by p.id order by p.called nulls last, p.id`.execute(tx);
  return rows;
}

/** The places where something can be entrusted, as the choices of a form: the provinces, then the municipalities. */
export async function placesToChoose(tx: Tx, language: Language): Promise<{ value: string; text: string }[]> {
  const choice = (kind: ScopeKind) => (place: { readonly code: string; readonly called: string }) => ({
    value: `${kind} ${place.code}`,
    text: place.called,
  });
  return [
    ...(await provinces(tx, language)).map(choice('province')),
    ...(await municipalities(tx, undefined, language)).map(choice('municipality')),
  ];
}
