import type { Day } from '#platform/clock.ts';
import type { FieldEntry, FieldRelation } from '../../field/model.ts';
import type { Channel, DatePrecision, EntryField, KeptReason, LifeEvent, Shape } from '../../model.ts';
import type { ToldPlace } from '../../placing/model.ts';
import type { RelationType } from '../../relations/model.ts';
import type { OpenText, OpenVoice } from '../../exchange/whole/model.ts';

/** Whose word something is. */
export type Voice = 'public-sources' | 'own' | 'verifier';

export interface BroughtEvent extends LifeEvent {
  readonly fact: string;
  readonly saidBy: Voice;
  readonly insteadOf: string | null;
  readonly sources: readonly string[];
  readonly texts: readonly OpenText[];
}

/** A relation that goes out from the entry it is told with; the other side is named by its key. */
export interface BroughtRelation {
  readonly id: string;
  readonly key: string;
  readonly type: RelationType;
  readonly to: string;
  readonly since: Day | null;
  readonly sincePrecision: DatePrecision;
  readonly until: Day | null;
  readonly untilPrecision: DatePrecision;
  readonly sources: readonly string[];
  readonly texts: readonly OpenText[];
  readonly voices: readonly OpenVoice[];
}

/** An organization of HSDS as an entry of the field; what only a house like this one tells is empty for any other. */
export interface BroughtEntry {
  /** Which organization of the file it is, counted from 1. */
  readonly row: number;
  readonly id: string;
  /** The word it would like in its address. */
  readonly slug: string;
  /** What it was like at first; its events change that. */
  readonly start: Shape;
  readonly names: readonly string[];
  readonly website: string | null;
  /** Addresses that everyone may know. */
  readonly mail: string | null;
  readonly phone: string | null;
  readonly lastSign: 'seen' | 'none-recent';
  readonly sources: readonly string[];
  readonly origin: Voice;
  readonly confirmedOn: Day | null;
  readonly checkedOn: Day | null;
  readonly checkedThrough: Channel | null;
  readonly keptBack: readonly { readonly field: EntryField; readonly reason: KeptReason }[];
  readonly texts: readonly OpenText[];
  readonly place: ToldPlace;
  readonly events: readonly BroughtEvent[];
  readonly relations: readonly BroughtRelation[];
}

export const nowhere: ToldPlace = {
  municipality: null,
  town: null,
  province: null,
  lat: null,
  lon: null,
  precision: 'hidden',
};

/** What public sources tell of a brought entry, as any file of the field would: nothing that only its own people may say. */
export function fieldEntryOf(brought: BroughtEntry): FieldEntry {
  const { slug, start, names, website, mail, phone, lastSign, sources } = brought;
  return {
    ...{ slug, shape: start, names, website, mail, phone, lastSign, sources },
    texts: brought.texts.flatMap(sourced),
    place: null,
    events: brought.events
      .filter(({ saidBy }) => saidBy === 'public-sources')
      .map(({ fact, saidBy: _by, insteadOf: _instead, texts, ...event }) => ({
        ...event,
        key: fact,
        texts: texts.flatMap(sourced),
      })),
  };
}

/** A brought relation as a file of the field would tell it, between two slugs. */
export function fieldRelationOf(brought: BroughtRelation, from: string, to: string): FieldRelation {
  const date = (day: Day | null, precision: DatePrecision) => (day === null ? null : { day, precision });
  return {
    ...{ key: brought.key, from, type: brought.type, to, sources: brought.sources },
    since: date(brought.since, brought.sincePrecision),
    until: date(brought.until, brought.untilPrecision),
    texts: brought.texts.flatMap(sourced),
  };
}

const sourced = ({ language, text, origin }: OpenText) =>
  origin === 'own' ? [] : [{ language, text, origin }];
