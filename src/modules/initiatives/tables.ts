import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type {
  Channel,
  DatePrecision,
  EntryField,
  EventKind,
  KeptReason,
  Kind,
  LedBy,
  LinkPurpose,
  Phase,
  ProposalKind,
  Scope,
  Shape,
  Standing,
  State,
  Theme,
  Visibility,
} from './model.ts';

/** A range as PostgreSQL writes it, such as '[2016-01-01,)'. */
type RangeText = string;

interface ShapeColumns {
  state: State;
  start_known: boolean;
  name: string;
  kind: Kind;
  formality: number | null;
  led_by: LedBy;
  scope: Scope | null;
  phases: Phase[];
  themes: Theme[];
  audiences: string[];
  languages: string[];
}

interface PlaceColumns {
  place_precision: 'exact' | 'street' | 'town' | 'region' | 'hidden' | 'not-said';
  town: string | null;
  municipality: string | null;
  province: string | null;
  lat: number | null;
  lon: number | null;
}

interface EventColumns {
  fact: string;
  initiative_id: string;
  kind: EventKind;
  day: Day | null;
  precision: DatePrecision;
  sources: string[];
  said_by: string;
  instead_of: string | null;
}

type TextOrigin = 'public-sources' | 'own' | 'rendering';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.initiative': {
      id: Generated<string>;
      slug: string;
      visibility: Generated<Visibility>;
      origin: 'public-sources' | 'own' | 'verifier';
      website: string | null;
      last_sign: 'seen' | 'none-recent';
      confirmed_on: Day | null;
      sources: string[];
      recorded_at: Generated<Date>;
      source_mark: string | null;
      start_shape: ColumnType<Shape | null, string | null | undefined, string | null>;
      mail: string | null;
      phone: string | null;
      standing: Generated<Standing>;
      added_by: string | null;
      merged_into: string | null;
      checked_on: Day | null;
      checked_through: Channel | null;
      changed_at: Generated<Date>;
    };
    'core.entry_field': {
      initiative_id: string;
      field: EntryField;
      visibility: Visibility;
      reason: KeptReason;
    };
    'core.proposal': {
      id: Generated<string>;
      initiative_id: string;
      kind: ProposalKind;
      words: ColumnType<Record<string, unknown>, string, string>;
      said_by: 'own' | 'verifier' | 'other';
      brought_by: string | null;
      brought_at: Generated<Date>;
      standing: Generated<'waiting' | 'accepted' | 'declined' | 'withdrawn'>;
      decided_by: string | null;
      decided_at: Date | null;
      decided_why: string | null;
    };
    'core.place_look': {
      id: Generated<string>;
      initiative_id: string;
      person_id: string;
      purpose: 'verify' | 'duplicates' | 'glass';
      looked_at: Generated<Date>;
    };
    'vault.entry_link': {
      id: Generated<string>;
      initiative_id: string | null;
      purpose: LinkPurpose;
      about: string | null;
      token_hash: Buffer;
      sent_to: string;
      language: string;
      made_at: Generated<Date>;
      until: Date;
      used_at: Date | null;
      ended_at: Date | null;
    };
    'core.initiative_name': { initiative_id: string; name: string };
    'core.initiative_text': {
      initiative_id: string;
      language: string;
      text: string;
      origin: TextOrigin;
      checked: boolean;
    };
    'core.life_event': EventColumns & {
      recorded: Generated<RangeText>;
      key: string;
      change: ColumnType<Record<string, unknown>, string, string>;
      words: string | null;
      words_language: string | null;
    };
    'core.life_event_text': {
      fact: string;
      initiative_id: string;
      language: string;
      text: string;
      origin: TextOrigin;
    };
    'core.initiative_period': ShapeColumns & {
      initiative_id: string;
      valid: RangeText;
      recorded_at: Generated<Date>;
    };
    'core.initiative_period_before': ShapeColumns & {
      initiative_id: string;
      valid: RangeText;
      recorded: RangeText;
    };
    'core.existence': { initiative_id: string; valid: RangeText };
    'vault.initiative_place': {
      initiative_id: string;
      valid: RangeText;
      lat: number | null;
      lon: number | null;
      precision: 'exact' | 'street' | 'town' | 'region' | 'hidden';
      town: string | null;
      municipality: string | null;
      province: string | null;
    };
    'pub.initiative': {
      id: string;
      slug: string;
      name: string;
      origin: 'public-sources' | 'own' | 'verifier';
      website: string | null;
      last_sign: 'seen' | 'none-recent';
      confirmed_on: Day | null;
      sources: string[];
      names: string[];
      recorded_at: Date;
      mail: string | null;
      phone: string | null;
      checked_on: Day | null;
      checked_through: Channel | null;
      changed_at: Date;
      kept_back: Partial<Record<EntryField, KeptReason>>;
    };
    'pub.initiative_moved': { slug: string; to_slug: string };
    'pub.initiative_period': ShapeColumns &
      PlaceColumns & { initiative_id: string; valid: RangeText; recorded_at: Date };
    'pub.initiative_period_before': ShapeColumns & {
      initiative_id: string;
      valid: RangeText;
      recorded: RangeText;
    };
    'pub.initiative_text': {
      initiative_id: string;
      language: string;
      text: string;
      origin: TextOrigin;
      checked: boolean;
    };
    'pub.life_event': EventColumns & { recorded_at: Date; corrected: boolean };
    'pub.life_event_text': { fact: string; language: string; text: string; origin: TextOrigin };
    'pub.audience_word': { audience: string; language: string; word: string };
    'pub.change': { number: number; at: Date; slug: string; what: 'added' | 'changed' | 'removed' };
  }
}
