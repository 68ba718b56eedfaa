import { asAdmin } from '../../src/modules/initiatives/testing.ts';

/** An entry in Utrecht that its own initiative told and nobody looked at yet; answers its key. */
export async function aWaitingEntry(adminUrl: string, slug: string, name: string): Promise<string> {
  const [row] = await asAdmin<{ id: string }>(
    adminUrl,
    `with laid as (insert into core.initiative (slug, origin, standing, last_sign) values ($1, 'own', 'proposed', 'seen') returning id),
       told as (insert into core.life_event (fact, initiative_id, key, kind, precision, said_by, change)
         select uuidv7(), id, 'noticed', 'noticed', 'unknown', 'own', '{}' from laid),
       shaped as (insert into core.initiative_period (initiative_id, valid, state, start_known, name, kind, led_by)
         select id, daterange(null, null), 'active', false, $2, 'initiative', 'refugee-led' from laid),
       lives as (insert into core.existence select id, daterange(null, null) from laid),
       placed as (insert into vault.initiative_place (initiative_id, valid, lat, lon, precision, town, municipality, province)
         select id, daterange(null, null), 52.09, 5.12, 'town', (select id from pub.place where name = 'Utrecht' limit 1), 'GM0344', 'PV26' from laid)
     select id from laid`,
    [slug, name],
  );
  return row?.id ?? '';
}
