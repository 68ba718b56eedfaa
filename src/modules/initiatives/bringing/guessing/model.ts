import { folded } from '#modules/places/names/model.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { severalFields, type Field, type Mapping, type Table } from '../model.ts';

/** What people call a column, in the languages such files come in; compared without capitals, accents and signs. */
const called: Readonly<Record<string, Field>> = Object.fromEntries(
  Object.entries({
    key: 'id, identifier, identificatie, nummer, nr, code, sleutel, key, uuid, uid, slug, kvk, kvknummer, kvk nummer, رقم, معرف, номер',
    name: 'naam, name, titel, title, organisatie, organisatienaam, naam organisatie, organisation, organization, initiatief, naam initiatief, initiative, nom, ad, isim, kuruluş, назва, название, اسم, الاسم, نام, ስም',
    names:
      'andere namen, ook bekend als, aka, alias, other names, alternate name, alternate_name, afkorting, acronym, autres noms, roepnaam, diğer adlar',
    kind: 'soort, soort organisatie, type, kind, categorie, category, catégorie, tür, вид, نوع',
    summary:
      'omschrijving, beschrijving, samenvatting, toelichting, over, wat doet het, wat doen ze, activiteiten, description, summary, about, activities, résumé, açıklama, опис, описание, وصف, شرح, مختصر',
    website:
      'website, site, url, web, webadres, webpagina, homepage, link, www, internet, site web, сайт, موقع, وب سایت',
    mail: 'mail, email, e-mail, mailadres, e-mailadres, emailadres, email address, e-posta, courriel, пошта, почта, بريد, ایمیل',
    phone:
      'telefoon, telefoonnummer, tel, telnr, phone, phone number, telephone, mobiel, téléphone, telefon, телефон, هاتف, تلفن',
    municipality:
      'gemeente, gemeentenaam, gemeentecode, municipality, commune, belediye, громада, муниципалитет, بلدية',
    town: 'plaats, plaatsnaam, woonplaats, vestigingsplaats, stad, dorp, city, town, place, ville, şehir, місто, город, مدينة, شهر',
    province: 'provincie, provincienaam, province, il, провінція, провинция, مقاطعة, استان',
    lat: 'lat, latitude, breedtegraad, breedte, noorderbreedte, enlem, широта, خط العرض, عرض',
    lon: 'lon, lng, long, longitude, lengtegraad, lengte, oosterlengte, boylam, довгота, долгота, خط الطول, طول',
    point: 'coordinaten, coördinaten, coordinates, coords, latlon, lat lon, latlng, geopoint, locatie',
    precision: 'nauwkeurigheid, precision, precisie',
    phases: 'fase, fasen, fases, phase, phases, etape, aşama, фаза, مرحلة',
    themes:
      "thema, themas, thema's, theme, themes, onderwerp, onderwerpen, topic, topics, tags, thème, thèmes, konu, konular, тема, теми, темы, موضوع",
    audiences:
      'doelgroep, doelgroepen, voor wie, audience, audiences, target group, public, hedef kitle, аудиторія, جمهور',
    languages:
      'taal, talen, gesproken talen, language, languages, spoken languages, langue, langues, dil, diller, мова, мови, языки, لغات, زبان',
    ledBy: 'geleid door, leiding, wie leidt, led by, refugee led, refugeeled, door vluchtelingen geleid',
    formality: 'formaliteit, formality',
    scope: 'schaal, reikwijdte, bereik, scope, reach',
    founded:
      'opgericht, opgericht op, oprichting, oprichtingsdatum, oprichtingsjaar, startjaar, startdatum, begonnen, begin, start, start year, startyear, founded, founding year, year founded, since, sinds, fondation, kuruluş yılı, засновано, основано, تأسيس',
    ended:
      'einde, eindjaar, einddatum, gestopt, gestopt op, opgeheven, beëindigd, end, ended, end year, endyear, closed, fin, bitiş, завершено',
    status: 'status, stand, toestand, actief, active, state, statut, durum, статус, حالة',
    source: 'bron, bronnen, bronvermelding, source, sources, herkomst, kaynak, джерело, источник, مصدر',
  }).flatMap(([field, names]) =>
    names.split(', ').map((name) => [folded(name), (field === 'summary' ? 'summary:nl' : field) as Field]),
  ),
);

export interface Guess {
  readonly field: Field;
  readonly by: 'remembered' | 'name' | 'content';
}

/** Words that may name a municipality or a town, folded: the content of a column is held against them. */
export interface KnownNames {
  readonly municipalities: ReadonlySet<string>;
  readonly towns: ReadonlySet<string>;
}

const looked = 60;

/**
 * What the columns of a table probably mean: as it was told of this source before, else by what they are called, else by
 * what stands in them. No field is guessed twice but those that several columns may tell.
 */
export function guesses(table: Table, remembered: Mapping, known: KnownNames): Map<string, Guess> {
  const found = new Map<string, Guess>();
  const taken = new Set<Field>();
  const guess = (column: string, field: Field | null, by: Guess['by']) => {
    if (field === null || found.has(column) || (taken.has(field) && !severalFields.includes(field))) return;
    found.set(column, { field, by });
    taken.add(field);
  };
  const leftOut = (column: string) => remembered[column] === '';
  for (const column of table.columns) guess(column, remembered[column] || null, 'remembered');
  const open = table.columns.filter((column) => !leftOut(column));
  for (const column of open) guess(column, byName(column), 'name');
  for (const column of open) {
    const at = table.columns.indexOf(column);
    const values = table.rows
      .slice(0, looked * 5)
      .map(({ cells }) => (cells[at] ?? '').trim())
      .filter((value) => value !== '')
      .slice(0, looked);
    guess(column, byContent(values, known), 'content');
  }
  return found;
}

/** The field a header names, a summary with the language it names beside it: 'summary_en', 'Omschrijving (ar)'. */
function byName(column: string): Field | null {
  const whole = called[folded(column)];
  if (whole) return whole;
  const [, name = '', language = ''] = /^(.*?)[\s_.:(-]+([a-z]{2})\)?$/i.exec(column.trim()) ?? [];
  const field = called[folded(name)];
  const code = language.toLowerCase();
  return field === 'summary:nl' && isLanguage(code) ? `summary:${code}` : null;
}

const number = (value: string) => Number(value.replace(',', '.'));

function byContent(values: readonly string[], known: KnownNames): Field | null {
  if (values.length === 0) return null;
  const most = (holds: (value: string) => boolean) => values.filter(holds).length / values.length > 0.7;
  if (most((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))) return 'mail';
  if (most((value) => /^(https?:\/\/|www\.)\S+$/i.test(value))) return 'website';
  if (most((value) => /^-?\d+[.,]\d{3,}$/.test(value) && number(value) > 50 && number(value) < 54))
    return 'lat';
  if (most((value) => /^-?\d+[.,]\d{3,}$/.test(value) && number(value) > 3 && number(value) < 8))
    return 'lon';
  if (most((value) => /^5\d[.,]\d+\s*[,;\s]\s*[3-7][.,]\d+$/.test(value))) return 'point';
  if (most((value) => /^(\+31|0031|0)[\s(-]*[1-9][\d\s()/.-]{7,}$/.test(value))) return 'phone';
  if (most((value) => known.municipalities.has(folded(value)))) return 'municipality';
  if (most((value) => known.towns.has(folded(value)))) return 'town';
  return null;
}
