import * as v from 'valibot';
import { isDay } from '#platform/clock.ts';
import { words, type FieldReason } from '../../../field/rows/input.ts';
import { datePrecisions, kinds, leads, phases, scopes, themes } from '../../../model.ts';

const key = v.pipe(v.string('missing'), v.uuid('wrong_form'), v.toLowerCase());
const day = v.pipe(v.string('not_a_date'), v.check(isDay, 'not_a_date'));
const precision = v.picklist(datePrecisions, 'not_allowed');
const sources = v.optional(v.array(words(1000), 'wrong_form'), []);
const language = v.pipe(v.string('missing'), v.regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, 'wrong_form'));
const texts = (most: number) =>
  v.optional(
    v.array(
      v.object({
        language,
        text: words(most),
        origin: v.picklist(['public-sources', 'own', 'rendering'], 'not_allowed'),
      }),
    ),
    [],
  );
const list = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(v.array(schema)), []);
const maybe = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(schema), null);
const text = maybe(v.string('wrong_form'));

const location = v.object({
  latitude: maybe(v.number('not_a_place')),
  longitude: maybe(v.number('not_a_place')),
  name: text,
  external_identifier: text,
  external_identifier_type: text,
  addresses: list(v.object({ city: text, state_province: text })),
  attributes: list(v.object({ taxonomy_term_id: text })),
});

const service = v.object({
  id: key,
  organization_id: maybe(key),
  description: text,
  status: text,
  url: text,
  email: text,
  languages: list(v.object({ code: text, note: text })),
  service_at_locations: list(v.object({ location: maybe(location) })),
});

/** A service of HSDS, as far as the field can hold it. */
export const serviceRecord = service;

/** An organization of HSDS, as far as the field can hold it; other fields are not read. */
export const organizationRecord = v.object({
  id: key,
  name: words(200),
  alternate_name: text,
  description: text,
  email: text,
  website: text,
  year_incorporated: maybe(v.number('not_a_date')),
  phones: list(v.object({ number: text })),
  locations: list(location),
  organization_identifiers: list(
    v.object({ identifier_scheme: text, identifier_type: text, identifier: text }),
  ),
  services: list(v.partial(service)),
  attributes: list(
    v.object({
      id: key,
      taxonomy_term_id: text,
      link_type: text,
      value: text,
      taxonomy_term: maybe(v.object({ code: text, taxonomy_id: text })),
    }),
  ),
});
export type OrganizationRecord = v.InferOutput<typeof organizationRecord>;
export type ServiceRecord = v.InferOutput<typeof serviceRecord>;

const shapeParts = {
  name: words(200),
  kind: v.picklist(kinds, 'not_allowed'),
  formality: v.nullable(v.picklist([1, 2, 3, 4, 5], 'not_allowed')),
  ledBy: v.picklist(leads, 'not_allowed'),
  scope: v.nullable(v.picklist(scopes, 'not_allowed')),
  phases: v.array(v.picklist(phases, 'not_allowed')),
  themes: v.array(v.picklist(themes, 'not_allowed')),
  audiences: v.array(words(200)),
  languages: v.array(language),
};

/** What of a shape was different, as a house like this one tells it. */
export const partOfShape = v.partial(v.strictObject(shapeParts));
export const wholeShape = v.object(shapeParts);

const voice = v.picklist(['public-sources', 'own', 'verifier'], 'not_allowed');

/** The value of a life event, as a house like this one tells it. */
export const toldEvent = v.object({
  day: v.optional(day),
  precision,
  saidBy: voice,
  insteadOf: v.optional(key),
  sources,
  change: v.optional(partOfShape, {}),
  texts: texts(2000),
});

/** The value of a relation, as a house like this one tells it. */
export const toldRelation = v.object({
  key: words(160),
  to: key,
  since: v.optional(day),
  sincePrecision: precision,
  until: v.optional(day),
  untilPrecision: precision,
  sources,
  texts: texts(2000),
  voices: v.optional(
    v.array(
      v.object({
        who: v.picklist(['public-sources', 'from', 'to', 'verifier'], 'not_allowed'),
        stance: v.picklist(['asserts', 'confirms', 'disputes'], 'not_allowed'),
        saidOn: day,
        words: v.optional(words(2000)),
        language: v.optional(language),
      }),
    ),
    [],
  ),
});

/** A summary, in a language. */
export const toldText = v.object({ language, text: words(5000) });
export const toldDay = day;
export const toldName = words(200);
export const toldSource = words(1000);

const reasons: readonly string[] = [
  'missing',
  'not_allowed',
  'not_a_date',
  'not_a_place',
] satisfies FieldReason[];

/** Why a value was not taken; of any other kind than was expected, it has the wrong form. */
export function reasonOf({ message }: { readonly message: string }): FieldReason {
  return reasons.includes(message) ? (message as FieldReason) : 'wrong_form';
}
