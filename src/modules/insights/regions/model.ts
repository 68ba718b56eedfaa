import type { Municipality, MunicipalityCode, Province, ProvinceCode } from '../../places/model.ts';

/** What can be looked at as one: a province, a municipality, or the smaller municipalities of a province together. */
export interface Region {
  /** gelderland, gelderland-arnhem or gelderland-small: lasting as the names are, and fit for an address. */
  readonly slug: string;
  readonly kind: 'province' | 'municipality' | 'small';
  /** Of the smaller ones together this is the name of their province. */
  readonly called: string;
  readonly name: string;
  readonly province: ProvinceCode;
  readonly provinceSlug: string;
  readonly provinceCalled: string;
  /** Empty is everything in the province, also where no municipality is known. */
  readonly municipalities: readonly MunicipalityCode[];
}

export interface SizedMunicipality extends Municipality {
  readonly size: number;
}

/** Up to about 40,000 residents: such a municipality alone would often tell of few people. */
const smallSize = 1;

/** A name in plain letters, for an address: 'Súdwest-Fryslân' is sudwest-fryslan. */
export function plainWord(name: string): string {
  const plain = name.normalize('NFD').replace(/[\p{M}'’]/gu, '');
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Every region that can be looked at, the provinces first, each with its own. */
export function regionsOf(
  provinces: readonly Province[],
  municipalities: readonly SizedMunicipality[],
): Region[] {
  return provinces.flatMap((province) => {
    const provinceSlug = plainWord(province.name);
    const own = municipalities.filter((each) => each.province === province.code);
    const region = (
      kind: Region['kind'],
      word: string,
      place: { name: string; called: string },
      codes: readonly MunicipalityCode[],
    ) => ({
      slug: word === '' ? provinceSlug : `${provinceSlug}-${word}`,
      kind,
      called: place.called,
      name: place.name,
      province: province.code,
      provinceSlug,
      provinceCalled: province.called,
      municipalities: codes,
    });
    const small = own.filter(({ size }) => size <= smallSize).map(({ code }) => code);
    return [
      region('province', '', province, []),
      ...(small.length > 1 ? [region('small', 'small', province, small)] : []),
      ...own.map((each) => region('municipality', plainWord(each.name), each, [each.code])),
    ];
  });
}
