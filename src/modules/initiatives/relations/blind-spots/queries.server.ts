import { sql } from 'kysely';
import type { MunicipalityCode, ProvinceCode } from '#modules/places/model.ts';
import { municipalities, provinces } from '#modules/places/queries.server.ts';
import { today, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { blindSpots, tallies, type Covering, type Looking } from './model.ts';

/** Where somebody looked, in one province or one municipality. */
export async function lookingsIn(tx: Tx, municipalities: readonly string[]): Promise<Looking[]> {
  const { rows } = await sql<Looking>`
    select municipality, theme, phase, looked_on as "on", found from pub.looking
    where municipality = any(${[...municipalities]}::text[])`.execute(tx);
  return rows;
}

/** What the living entries of these municipalities cover on a day. */
export async function coveringIn(tx: Tx, municipalities: readonly string[], day: Day): Promise<Covering[]> {
  const { rows } = await sql<Covering>`
    select municipality, themes, phases from pub.initiative_period
    where municipality = any(${[...municipalities]}::text[]) and valid @> ${day}::date and state <> 'ended'`.execute(
    tx,
  );
  return rows;
}

/** One municipality by theme and phase, or all municipalities of a province at a glance, as things are today. */
export async function blindSpotPage(
  tx: Tx,
  wishes: { readonly province: ProvinceCode | null; readonly municipality: MunicipalityCode | null },
  language: Language,
) {
  const everywhere = await municipalities(tx, undefined, language);
  const named = everywhere.find(({ code }) => code === wishes.municipality) ?? null;
  // Someone who chooses another province has left the municipality that was chosen before.
  const municipality = wishes.province === null || named?.province === wishes.province ? named : null;
  const all = await provinces(tx, language);
  const province = all.find(({ code }) => code === (municipality?.province ?? wishes.province)) ?? null;
  const inProvince = everywhere.filter((each) => each.province === province?.code);
  const shown = municipality ? [municipality.code] : inProvince.map(({ code }) => code);
  const [covering, looked] = [await coveringIn(tx, shown, today()), await lookingsIn(tx, shown)];
  return {
    province,
    municipality,
    unknown: wishes.municipality !== null && named === null,
    provinces: all,
    municipalities: inProvince,
    rows: municipality ? blindSpots(municipality.code, covering, looked) : [],
    tallied: municipality
      ? []
      : inProvince.map(({ code, called }) => ({
          code,
          called,
          tallies: tallies(blindSpots(code, covering, looked)),
        })),
  };
}
