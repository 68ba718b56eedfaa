import { folded } from '#modules/places/names/model.ts';
import { precisions, type Precision } from '#modules/places/model.ts';
import {
  kinds,
  leads,
  phases,
  scopes,
  themes,
  type Kind,
  type LedBy,
  type Phase,
  type Scope,
  type Theme,
} from '../../model.ts';

export const statuses = ['active', 'paused', 'ended', 'unknown'] as const;
export type Status = (typeof statuses)[number];

/** What people write for a value of ours, in any of our languages, compared without capitals, accents and signs. */
export interface Vocabulary {
  readonly kind: ReadonlyMap<string, Kind>;
  readonly ledBy: ReadonlyMap<string, LedBy>;
  readonly scope: ReadonlyMap<string, Scope>;
  readonly phases: ReadonlyMap<string, Phase>;
  readonly themes: ReadonlyMap<string, Theme>;
  readonly formality: ReadonlyMap<string, number>;
  readonly precision: ReadonlyMap<string, Precision>;
  readonly status: ReadonlyMap<string, Status>;
}

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const also = {
  kind: {
    initiative: 'burgerinitiatief, informele groep, groep, bewonersinitiatief',
    'social-enterprise': 'sociale onderneming, social enterprise, bv, coöperatie, bedrijf',
    ngo: 'stichting, vereniging, ngo, foundation, association, maatschappelijke organisatie, kerk, moskee, charity',
    municipality: 'gemeente',
    network: 'netwerk, platform, coalitie, alliantie',
    fund: 'fonds, vermogensfonds',
    'knowledge-institution': 'kennisinstelling, hogeschool, universiteit, school',
    'national-institution': 'landelijke instelling, rijksoverheid, ministerie',
    'housing-corporation': 'woningcorporatie, corporatie',
  },
  ledBy: {
    'refugee-led': 'ja, yes, true, 1, waar, oui, evet, door vluchtelingen, vluchtelingen, refugee led',
    for: 'nee, no, false, 0, onwaar, non, hayır, voor vluchtelingen',
    together: 'samen, gezamenlijk, both',
    'not-said': 'onbekend, unknown, ?, niet gezegd',
  },
  scope: {
    neighbourhood: 'buurt, wijk, neighbourhood, neighborhood, dorp',
    city: 'stad, gemeente, lokaal, city, local',
    region: 'regio, regionaal, provincie, provinciaal, regional',
    national: 'landelijk, nederland, nationaal, national',
  },
  phases: { arrival: 'aankomst, arrival', landing: 'inburgering, landing', rooting: 'meedoen, rooting' },
  themes: {
    work: 'werk en inkomen, arbeid, employment',
    education: 'scholing, leren, onderwijs en opleiding',
    health: 'zorg, gezondheid, welzijn, health and social care, ggz',
    leisure: 'sport, sport en spel, recreatie, leisure and sport',
    'social-bonds': 'ontmoeting, social bonds',
    'social-bridges': 'maatjes, buddy, ontmoeten, social bridges',
    'social-links': 'hulp bij instanties, social links, maatschappelijke begeleiding',
    language: 'taalles, taal en communicatie, language and communication, nederlands leren',
    culture: 'kunst, kunst en cultuur, muziek',
    'digital-skills': 'digitale vaardigheden, computer, digital skills',
    rights: 'juridisch, juridische hulp, rechten, rights and responsibilities, belangenbehartiging',
    stability: 'stabiliteit, geld, schulden',
  },
  precision: {
    exact: 'precies, exact, adres',
    street: 'straat, street',
    town: 'plaats, gemeente, town, city',
    region: 'provincie, regio, region',
    hidden: 'geheim, verborgen, niet tonen, hidden',
  },
  status: {
    active: 'actief, active, bestaat, open, ja, yes, lopend, running, 1, true',
    paused: 'ligt stil, pauze, gepauzeerd, paused, slapend',
    ended: 'gestopt, beëindigd, opgeheven, ended, closed, stopped, inactive, niet actief, nee, no, 0, false',
    unknown: 'onbekend, unknown, ?',
  },
} as const;

/** The words for our values from the texts of the house in every language, with others that such files have. */
export function vocabularyOf(catalogue: Texts): Vocabulary {
  const words = <Value extends string>(
    values: readonly Value[],
    key: string,
    more: Readonly<Partial<Record<Value, string>>>,
  ): Map<string, Value> => {
    const found = new Map<string, Value>();
    for (const value of values) {
      const labels = Object.values(catalogue).map((texts) => texts[`initiatives.${key}.${value}`] ?? '');
      const all = [value, ...(more[value] ?? '').split(', '), ...labels];
      for (const word of all.map((text) => folded(text) || text))
        if (word !== '' && !found.has(word)) found.set(word, value);
    }
    return found;
  };
  const formality = words(['1', '2', '3', '4', '5'], 'formality', {});
  return {
    kind: words(kinds, 'kind', also.kind),
    ledBy: words(leads, 'ledBy', also.ledBy),
    scope: words(scopes, 'scope', also.scope),
    phases: words(phases, 'phase', also.phases),
    themes: words(themes, 'theme', also.themes),
    formality: new Map([...formality].map(([word, value]) => [word, Number(value)])),
    precision: words(precisions, 'precision', also.precision),
    status: words(statuses, 'state', also.status),
  };
}
