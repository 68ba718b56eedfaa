import * as v from 'valibot';
import { isMailAddress } from '#platform/mail/address.ts';
import type { Day } from '#platform/clock.ts';
import { lastingKey } from '#platform/ids.ts';
import type { FieldReason } from '../../../field/rows/input.ts';
import { slugFrom } from '../../../keeping/model.ts';
import { channels, entryFields, eventKinds, keptReasons, type Shape } from '../../../model.ts';
import type { OpenText } from '../../../exchange/whole/model.ts';
import { relationTypes } from '../../../relations/model.ts';
import type { TaxonomyName } from '../../terms/model.ts';
import type { BroughtEntry, BroughtEvent, BroughtRelation, Voice } from '../model.ts';
import { placeIn } from '../place/input.ts';
import {
  partOfShape,
  reasonOf,
  toldDay,
  toldEvent,
  toldName,
  toldRelation,
  toldSource,
  toldText,
  wholeShape,
  type OrganizationRecord,
  type ServiceRecord,
} from '../records/input.ts';
import { wordsSaid, type Said } from '../words/input.ts';

export interface HsdsWishes {
  /** The language of texts that do not say which they are in. */
  readonly language: string;
  /** The day the file is read: what is defunct then was so by that day at the latest. */
  readonly readOn: Day;
}

/** Reads one organization; what cannot be taken is told, and the rest still read, so that all faults come at once. */
export class OrganizationReader {
  private readonly record: OrganizationRecord;
  private readonly wishes: HsdsWishes;
  private readonly tell: (field: string, reason: FieldReason, found?: unknown) => void;
  private readonly said: readonly Said[];

  constructor(
    record: OrganizationRecord,
    wishes: HsdsWishes,
    tell: (field: string, reason: FieldReason, found?: unknown) => void,
  ) {
    this.record = record;
    this.wishes = wishes;
    this.tell = tell;
    this.said = wordsSaid(record);
  }

  entry(row: number, services: readonly Partial<ServiceRecord>[]): BroughtEntry {
    const { record } = this;
    const now = this.shape(services);
    const [first] = this.values('told', 'at-first');
    const texts = this.texts(services);
    const events = this.events();
    const [confirmedOn = null] = this.values('told', 'confirmed').flatMap((day) =>
      this.one('confirmed', toldDay, day),
    );
    const checkedThrough =
      channels.find((channel) => this.values('told', `checked-${channel}`).length > 0) ?? null;
    const [checkedOn = null] = checkedThrough
      ? this.values('told', `checked-${checkedThrough}`).flatMap((day) => this.one('checked', toldDay, day))
      : [];
    return {
      row,
      id: record.id,
      slug: this.slug(),
      start: { ...now, ...(first === undefined ? {} : this.json('at-first', partOfShape, first)) } as Shape,
      names: [record.alternate_name, ...this.values('told', 'name')]
        .flatMap((name) => (name ? this.one('alternate_name', toldName, name) : []))
        .filter((name) => name !== now.name),
      website: this.website(record.website ?? services[0]?.url ?? null),
      mail: this.mail(record.email ?? services[0]?.email ?? null),
      phone: this.phone(),
      lastSign: this.has('told', 'no-recent-sign') ? 'none-recent' : 'seen',
      sources: this.values('told', 'source').flatMap((source) => this.one('source', toldSource, source)),
      origin:
        (['own', 'verifier'] as const).find((voice) => this.has('told', `from-${voice}`)) ?? 'public-sources',
      confirmedOn,
      checkedOn,
      checkedThrough: checkedOn === null ? null : checkedThrough,
      keptBack: this.of('kept-back').flatMap(({ code, value }) => {
        const field = entryFields.find((one) => one === code);
        const reason = keptReasons.find((one) => one === value);
        return field && reason ? [{ field, reason }] : [];
      }),
      texts,
      place: placeIn(record, services),
      events: events.length > 0 ? events : this.guessedEvents(services),
      relations: this.relations(),
    };
  }

  private of(taxonomy: TaxonomyName): readonly Said[] {
    return this.said.filter((one) => one.taxonomy === taxonomy);
  }
  private has(taxonomy: TaxonomyName, code: string): boolean {
    return this.of(taxonomy).some((one) => one.code === code);
  }
  private values(taxonomy: TaxonomyName, code: string): string[] {
    return this.of(taxonomy).flatMap((one) => (one.code === code && one.value !== null ? [one.value] : []));
  }

  private one<Schema extends v.GenericSchema>(
    field: string,
    schema: Schema,
    value: unknown,
  ): v.InferOutput<Schema>[] {
    const read = v.safeParse(schema, value);
    if (read.success) return [read.output];
    for (const issue of read.issues)
      this.tell([field, v.getDotPath(issue)].filter(Boolean).join('.'), reasonOf(issue), issue.input);
    return [];
  }

  private json<Schema extends v.GenericSchema>(
    field: string,
    schema: Schema,
    value: string,
  ): v.InferOutput<Schema> | undefined {
    let read: unknown;
    try {
      read = JSON.parse(value);
    } catch {
      this.tell(field, 'not_json', value);
      return undefined;
    }
    return this.one(field, schema, read)[0];
  }

  private slug(): string {
    const { id, name, organization_identifiers } = this.record;
    const own = organization_identifiers?.find(
      (one) => one.identifier_scheme === 'steppingstones' && one.identifier_type === 'slug',
    )?.identifier;
    if (own === undefined || own === null) return slugFrom(name, id.slice(-6));
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(own) && own.length <= 120) return own;
    this.tell('identifier', 'not_a_slug', own);
    return own;
  }

  private shape(services: readonly Partial<ServiceRecord>[]): Shape {
    const codes = (taxonomy: TaxonomyName) => this.of(taxonomy).map(({ code }) => code);
    const spoken = services.flatMap(({ languages }) =>
      (languages ?? []).map(({ code, note }) => languageIn(note) ?? languageIn(code)),
    );
    const [shape] = this.one('attributes', wholeShape, {
      name: this.record.name,
      kind: codes('kind')[0] ?? 'initiative',
      formality: codes('formality').map(Number)[0] ?? null,
      ledBy: codes('led-by')[0] ?? 'not-said',
      scope: codes('scope')[0] ?? null,
      phases: codes('phase'),
      themes: codes('theme'),
      audiences: codes('audience'),
      languages:
        codes('language').length > 0
          ? codes('language')
          : [...new Set(spoken)].filter((code) => code !== null),
    });
    return shape ?? emptyShape(this.record.name);
  }

  private texts(services: readonly Partial<ServiceRecord>[]): OpenText[] {
    const told = this.of('summary').flatMap(({ code, value, as }): OpenText[] => {
      const origin =
        (['own', 'rendering'] as const).find((one) => as === `summary-${one}`) ?? 'public-sources';
      return this.one('summary', toldText, { language: code, text: value }).map((text) => ({
        ...text,
        origin,
      }));
    });
    if (told.length > 0 || this.has('kept-back', 'summary')) return told;
    const plain = this.record.description || services[0]?.description;
    if (!plain?.trim()) return [];
    const text = plain
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 5000);
    return text === '' ? [] : [{ language: this.wishes.language, text, origin: 'public-sources' }];
  }

  private events(): BroughtEvent[] {
    return this.of('life-event').flatMap(({ id, code, value }): BroughtEvent[] => {
      const kind = eventKinds.find((one) => one === code);
      const told = kind && this.json(`life-event ${code}`, toldEvent, value ?? '');
      if (!kind || !told) return [];
      const { day = null, insteadOf = null, ...rest } = told;
      if ((day === null) !== (rest.precision === 'unknown'))
        this.tell(`life-event ${code}`, 'not_a_date', day ?? '');
      return [{ fact: id, kind, day, insteadOf, ...rest, change: rest.change as Partial<Shape> }];
    });
  }

  /** What any organization of HSDS tells of its life: the year it took its legal form, and that it is no more. */
  private guessedEvents(services: readonly Partial<ServiceRecord>[]): BroughtEvent[] {
    const { id, year_incorporated: year } = this.record;
    const made = (
      kind: 'founded' | 'noticed' | 'ended',
      day: Day | null,
      precision: BroughtEvent['precision'],
    ) => ({
      ...{ fact: lastingKey(id, 'life-event', kind), kind, day, precision, change: {} },
      ...{ saidBy: 'public-sources' as Voice, insteadOf: null, sources: [], texts: [] },
    });
    const states = services.flatMap(({ status }) => status ?? []);
    const gone = states.length > 0 && states.every((status) => status === 'defunct');
    const known =
      year !== null &&
      Number.isInteger(year) &&
      year >= 1500 &&
      year <= Number(this.wishes.readOn.slice(0, 4));
    return [
      known ? made('founded', `${year}-01-01`, 'year') : made('noticed', null, 'unknown'),
      ...(gone ? [made('ended', this.wishes.readOn, 'at-latest')] : []),
    ];
  }

  private relations(): BroughtRelation[] {
    return this.of('relation').flatMap(({ id, code, value }): BroughtRelation[] => {
      const type = relationTypes.find((one) => one === code);
      const told = type && this.json(`relation ${code}`, toldRelation, value ?? '');
      if (!type || !told) return [];
      const { since = null, until = null, voices, ...rest } = told;
      return [
        {
          ...{ id, type, since, until, ...rest },
          voices: voices.map(({ words = null, language = null, ...voice }) => ({
            ...voice,
            words,
            language,
          })),
        },
      ];
    });
  }

  private website(address: string | null): string | null {
    if (address === null || address.trim() === '') return null;
    const good = /^https?:\/\/[^\s]+$/.test(address) && address.length <= 500 && URL.canParse(address);
    if (!good) this.tell('website', 'wrong_form', address);
    return address;
  }
  private mail(address: string | null): string | null {
    if (address === null || address.trim() === '') return null;
    if (!isMailAddress(address)) this.tell('email', 'wrong_form', address);
    return address;
  }
  private phone(): string | null {
    const number = this.record.phones?.find((phone) => phone.number?.trim())?.number?.trim() ?? null;
    // A number with words around it is no number of ours; the rest of the entry still is.
    return number !== null && /^[+0-9][0-9 ()/.-]{4,29}$/.test(number) ? number : null;
  }
}

const languageIn = (tag: string | null | undefined): string | null =>
  tag && /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(tag) ? tag : null;

const emptyShape = (name: string): Shape => ({
  ...{ name, kind: 'initiative', formality: null, ledBy: 'not-said', scope: null },
  ...{ phases: [], themes: [], audiences: [], languages: [] },
});
