import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { DatePrecision, EventKind, Kind, LedBy, Phase, Scope, State, Theme } from './model.ts';

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
}

type TextOrigin = 'public-sources' | 'own' | 'rendering';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.initiative': {
      id: Generated<string>;
      slug: string;
      visibility: Generated<'public' | 'network' | 'table' | 'hidden'>;
      origin: 'public-sources' | 'own' | 'verifier';
      website: string | null;
      last_sign: 'seen' | 'none-recent';
      confirmed_on: Day | null;
      sources: string[];
      recorded_at: Generated<Date>;
      source_mark: string | null;
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
    };
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
