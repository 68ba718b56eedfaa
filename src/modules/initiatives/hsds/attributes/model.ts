import { lastingKey } from '#platform/ids.ts';
import { differing } from '../../keeping/model.ts';
import { takesEffect, type Shape } from '../../model.ts';
import {
  isPlaced,
  shownPeriod,
  type OpenEntry,
  type OpenEvent,
  type OpenRelation,
} from '../../exchange/whole/model.ts';
import { locationKey, serviceKey, told } from '../model.ts';
import {
  ofServices,
  termKey,
  termOf,
  type ServiceTaxonomy,
  type TaxonomyName,
  type Term,
} from '../terms/model.ts';

/** What is said of a record by a word from a list. */
export interface Attribute {
  readonly id: string;
  readonly link_id: string;
  readonly link_type: string;
  readonly link_entity: 'organization' | 'service' | 'location';
  readonly taxonomy_term_id: string;
  readonly value?: string;
  readonly taxonomy_term: Term;
}

interface Said {
  readonly taxonomy: TaxonomyName;
  readonly code: string;
  readonly value?: string;
  /** What the word says of the record, where that is not the list's own name. */
  readonly as?: string;
  /** The lasting key, where there is one of its own. */
  readonly id?: string;
}

function attribute(entity: Attribute['link_entity'], of: string, said: Said): Attribute {
  const { taxonomy, code, value } = said;
  return {
    id: said.id ?? lastingKey(of, 'attribute', taxonomy, code, value ?? ''),
    link_id: of,
    link_type: said.as ?? taxonomy,
    link_entity: entity,
    taxonomy_term_id: termKey(taxonomy, code),
    ...(value !== undefined && { value }),
    taxonomy_term: termOf(taxonomy, code),
  };
}

/** The words that an initiative's service is found by, list by list. */
export function wordsOf(entry: OpenEntry): Readonly<Record<ServiceTaxonomy, readonly string[]>> {
  const { shape, state } = shownPeriod(entry);
  return {
    kind: [shape.kind],
    formality: shape.formality === null ? [] : [String(shape.formality)],
    'led-by': [shape.ledBy],
    scope: shape.scope === null ? [] : [shape.scope],
    phase: shape.phases,
    theme: shape.themes,
    state: [state],
    audience: shape.audiences,
    language: shape.languages,
  };
}

const classified = (entry: OpenEntry): Said[] => {
  const words = wordsOf(entry);
  return ofServices.flatMap((taxonomy) => words[taxonomy].map((code) => ({ taxonomy, code })));
};

export function attributesOfService(entry: OpenEntry): Attribute[] {
  return classified(entry).map((said) => attribute('service', serviceKey(entry.id), said));
}

export function attributesOfLocation(entry: OpenEntry): Attribute[] {
  const period = shownPeriod(entry);
  const { precision } = period.place;
  return isPlaced(period)
    ? [attribute('location', locationKey(entry.id), { taxonomy: 'place', code: precision })]
    : [];
}

/** Everything of an entry that an organization of HSDS has no field for. */
export function attributesOfOrganization(entry: OpenEntry): Attribute[] {
  const [, ...otherNames] = entry.names;
  const said: Said[] = [
    ...classified(entry),
    ...otherNames.map((value) => ({ taxonomy: 'told' as const, code: 'name', value })),
    ...atFirst(entry).map((value) => ({ taxonomy: 'told' as const, code: 'at-first', value })),
    ...entry.sources.map((value) => ({ taxonomy: 'told' as const, code: 'source', value })),
    { taxonomy: 'told', code: `from-${entry.origin}` },
    ...(entry.lastSign === 'none-recent' ? [{ taxonomy: 'told' as const, code: 'no-recent-sign' }] : []),
    ...(entry.confirmedOn
      ? [{ taxonomy: 'told' as const, code: 'confirmed', value: entry.confirmedOn }]
      : []),
    ...(entry.checkedOn
      ? [
          {
            taxonomy: 'told' as const,
            code: `checked-${entry.checkedThrough ?? 'mail'}`,
            value: entry.checkedOn,
          },
        ]
      : []),
    ...Object.entries(entry.keptBack).map(([code, value]) => ({
      taxonomy: 'kept-back' as const,
      code,
      value,
    })),
    ...entry.texts.map((text) => ({
      taxonomy: 'summary' as const,
      code: text.language,
      value: text.text,
      as: `summary-${text.origin}`,
      id: lastingKey(entry.id, 'summary', text.language),
    })),
    ...eventsWithChange(entry).map(({ event, change }) => ({
      taxonomy: 'life-event' as const,
      code: event.kind,
      value: JSON.stringify(toldEvent(event, change)),
      id: event.fact,
    })),
    ...entry.relations.map((relation) => ({
      taxonomy: 'relation' as const,
      code: relation.type,
      value: JSON.stringify(toldRelation(relation)),
      id: relation.id,
    })),
  ];
  return said.map((one) => attribute('organization', entry.id, one));
}

/** What a life event carries in its value. */
export const toldEvent = (event: OpenEvent, change: Partial<Shape>) => ({
  ...told({ day: event.day }),
  precision: event.precision,
  saidBy: event.saidBy,
  ...told({ insteadOf: event.insteadOf, sources: event.sources }),
  ...(Object.keys(change).length > 0 && { change }),
  ...told({ texts: event.texts }),
});

/** What a relation carries in its value. */
const toldRelation = (relation: OpenRelation) => ({
  key: relation.key,
  to: relation.to,
  ...told({ since: relation.since }),
  sincePrecision: relation.sincePrecision,
  ...told({ until: relation.until }),
  untilPrecision: relation.untilPrecision,
  standing: relation.standing,
  ...told({ sources: relation.sources, texts: relation.texts }),
  voices: relation.voices.map((voice) => told({ ...voice })),
});

/** What was different at first from what is shown, as JSON; nothing when it always was as it is. */
function atFirst(entry: OpenEntry): string[] {
  const [first] = entry.periods;
  const different = first ? differing(shownPeriod(entry).shape, first.shape) : {};
  return Object.keys(different).length > 0 ? [JSON.stringify(different)] : [];
}

/** The events of a life, each with what was different from then on; that is told once for a day, with its first event. */
export function eventsWithChange(entry: OpenEntry): { event: OpenEvent; change: Partial<Shape> }[] {
  const changes = new Map<string, Partial<Shape>>();
  for (const [at, period] of entry.periods.entries()) {
    const before = entry.periods[at - 1];
    if (before && period.from !== null) changes.set(period.from, differing(before.shape, period.shape));
  }
  return entry.events.map((event) => {
    const day = takesEffect({ ...event, change: {} });
    const change = (day !== null && changes.get(day)) || {};
    if (day !== null) changes.delete(day);
    return { event, change };
  });
}
