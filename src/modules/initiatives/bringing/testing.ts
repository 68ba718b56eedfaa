import { stringify } from 'csv-stringify/sync';

/** Numbers from 0 to 1 that come out the same every time (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const municipalities = [
  ...['Arnhem', 'Ede', 'Nijmegen', 'Apeldoorn', 'Zutphen', 'Tiel', 'Winterswijk', 'Barneveld', 'Utrecht'],
  ...[
    'Amersfoort',
    'Zeist',
    'Amsterdam',
    'Haarlem',
    'Zaanstad',
    'Alkmaar',
    'Hilversum',
    'Almere',
    'Lelystad',
  ],
  ...['Rotterdam', 'Leiden', 'Delft', 'Gouda', 'Dordrecht', 'Zoetermeer', 'Breda', 'Tilburg', 'Eindhoven'],
  ...['Helmond', 'Maastricht', 'Venlo', 'Roermond', 'Groningen', 'Assen', 'Emmen', 'Leeuwarden', 'Zwolle'],
  ...[
    'Deventer',
    'Enschede',
    'Middelburg',
    'Terneuzen',
    'Roosendaal',
    'Oss',
    'Meppel',
    'Hoogeveen',
    'Kampen',
  ],
];
const first = [
  'Taal',
  'Samen',
  'Buurt',
  'Wereld',
  'Thuis',
  'Kleur',
  'Brug',
  'Nieuw',
  'Open',
  'Stad',
  'Licht',
  'Klank',
];
const second = [
  'huis',
  'tafel',
  'kring',
  'werk',
  'maatjes',
  'atelier',
  'keuken',
  'kracht',
  'route',
  'plein',
  'school',
  'tuin',
];
const third = [
  'de Linde',
  'het Anker',
  'Vooruit',
  'Welkom',
  'de Overkant',
  'Zonnewijzer',
  'de Haven',
  'Noord',
  'Zuid',
  'Kompas',
];
const themes = [
  'Werk',
  'Taal',
  'Wonen',
  'Onderwijs',
  'Gezondheid en zorg',
  'Cultuur',
  'Digitaal',
  'Vrije tijd',
];
const kinds = ['Initiatief', 'Stichting', 'Netwerk', 'Sociale onderneming', ''];

/** The columns of a made table, as someone would call them. */
export const madeColumns = [
  'Nummer',
  'Naam',
  'Soort',
  'Gemeente',
  'Omschrijving',
  'Website',
  'E-mail',
  'Telefoon',
  'Opgericht',
  "Thema's",
  'Talen',
  'Doelgroep',
] as const;
export type MadeColumn = (typeof madeColumns)[number];
export type MadeRow = Record<MadeColumn, string>;

/** A table of so many made initiatives all over the Netherlands; the same for the same seed. */
export function madeTable(count: number, seed: number): MadeRow[] {
  const draw = dice(seed);
  const pick = <Thing>(things: readonly Thing[]) => things[Math.floor(draw() * things.length)] as Thing;
  return Array.from({ length: count }, (_, at) => {
    const name = `${pick(first)}${pick(second)} ${pick(third)} ${at + 1}`;
    const municipality = pick(municipalities);
    const word = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return {
      Nummer: `I-${String(at + 1).padStart(5, '0')}`,
      Naam: name,
      Soort: pick(kinds),
      Gemeente: municipality,
      Omschrijving: `Bij ${name} in ${municipality} koken, leren en praten nieuwkomers en buren samen. Iedereen is welkom op ${pick(['maandag', 'dinsdag', 'woensdag'])}.`,
      Website: draw() < 0.7 ? `https://${word}.example.org` : '',
      'E-mail': draw() < 0.6 ? `info@${word}.example.org` : '',
      Telefoon: draw() < 0.4 ? `026 ${String(1_000_000 + at).slice(1)}1` : '',
      Opgericht: pick(['2014', '2016', '2018', '1-9-2019', 'maart 2021', '']),
      "Thema's": [...new Set([pick(themes), pick(themes)])].join('; '),
      Talen: pick(['Nederlands; Arabisch', 'Tigrinya', 'nl; en', '']),
      Doelgroep: pick(['vrouwen', 'jongeren', 'gezinnen', '']),
    };
  });
}

/** The table as a file, UTF-8 and cut by ';' as a Dutch spreadsheet saves it. */
export const asCsv = (rows: readonly Readonly<Record<string, string>>[]): Buffer =>
  Buffer.from(`\ufeff${stringify([...rows], { header: true, delimiter: ';', record_delimiter: 'windows' })}`);

/** A fault that was planted: where it is, and how it has to be told. */
export interface PlantedFault {
  readonly row: number;
  readonly field: string;
  readonly reason: string;
}

type Plant = readonly [column: MadeColumn, field: string, reason: string, cell: string];

const plants: readonly Plant[] = [
  ['Naam', 'name', 'missing', ' '],
  ['Naam', 'name', 'broken_letters', 'TaalcafÃ© de Linde'],
  ['Naam', 'name', 'formula', '=HYPERLINK("https://example.org";"klik")'],
  ['Naam', 'name', 'formula_error', '#NAAM?'],
  ['Naam', 'name', 'too_long', 'Taal'.repeat(60)],
  ['Naam', 'name', 'unreadable', 'Taal\u202ecafé'],
  ['Nummer', 'key', 'missing', ''],
  ['Nummer', 'key', 'too_long', 'I'.repeat(91)],
  ['Soort', 'kind', 'not_allowed', 'Raket'],
  ['Gemeente', 'municipality', 'unknown_municipality', 'Nergenshuizen'],
  ['Gemeente', 'municipality', 'unknown_municipality', 'Arnhm'],
  ['Gemeente', 'municipality', 'no_place', ''],
  ['Omschrijving', 'summary:nl', 'too_long', 'Samen eten. '.repeat(500)],
  ['Omschrijving', 'summary:nl', 'broken_letters', 'Koken met cliÃ«nten'],
  ['Omschrijving', 'summary:nl', 'formula', '@SUM(A1:A9)'],
  ['Website', 'website', 'not_a_website', 'www de linde nl'],
  ['Website', 'website', 'not_a_website', 'javascript:alert(1)'],
  ['Website', 'website', 'formula_error', '#N/A'],
  ['E-mail', 'mail', 'not_a_mail', 'info.example.org'],
  ['E-mail', 'mail', 'not_a_mail', 'a@example.org / b@example.org'],
  ['Telefoon', 'phone', 'not_a_phone', 'bel Samira'],
  ['Telefoon', 'phone', 'formula', '+SUM(B2)'],
  ['Opgericht', 'founded', 'not_a_date', 'lang geleden'],
  ['Opgericht', 'founded', 'not_a_date', '31-2-2018'],
  ['Opgericht', 'founded', 'not_a_date', '43132'],
  ['Opgericht', 'founded', 'in_future', '2094'],
  ["Thema's", 'themes', 'not_allowed', 'Taal; Vissen'],
  ['Talen', 'languages', 'not_a_language', 'Nederlands; Klingons'],
  ['Doelgroep', 'audiences', 'too_long', 'iedereen '.repeat(30)],
  ['Doelgroep', 'audiences', 'unreadable', 'vrouwen\u2066'],
];

/**
 * The table with so many faults of all kinds, each in a row of its own, a doubled key and a row that is too long among
 * them; with how each has to be told, in the order of the rows.
 */
export function plantFaults(
  rows: readonly MadeRow[],
  count: number,
  seed: number,
): { readonly file: Buffer; readonly faults: readonly PlantedFault[] } {
  const draw = dice(seed);
  const cells = rows.map((row) => madeColumns.map((column) => row[column]));
  const places = new Set<number>();
  while (places.size < count) places.add(1 + Math.floor(draw() * (rows.length - 1)));
  const faults = [...places].map((at, number): PlantedFault => {
    const row = at + 2;
    const told = cells[at] ?? [];
    if (number === 0) {
      told[0] = cells[0]?.[0] ?? '';
      return { row, field: 'key', reason: 'doubled' };
    }
    if (number === 1) {
      told.push('een cel te veel');
      return { row, field: '', reason: 'too_many_cells_in_row' };
    }
    const [column, field, reason, cell] = plants[(number - 2) % plants.length] as Plant;
    told[madeColumns.indexOf(column)] = cell;
    return { row, field, reason };
  });
  const text = stringify([[...madeColumns], ...cells], { delimiter: ';', record_delimiter: 'windows' });
  return { file: Buffer.from(`\ufeff${text}`), faults: faults.toSorted((a, b) => a.row - b.row) };
}
