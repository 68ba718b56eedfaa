import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Theme } from '../initiatives/model.ts';
import type { BlockKind, Doc, SaidPrecision } from './document/model.ts';
import type {
  FlagKind,
  Frame,
  ReadingPrompt,
  RenderingStanding,
  RoleThen,
  StoryKind,
  TellingPrompt,
} from './model.ts';

interface TellingTable {
  id: string;
  slug: string;
  language: string;
  title: Generated<string>;
  role_then: RoleThen | null;
  themes: Generated<Theme[]>;
  province: string | null;
  told_how: Generated<'alone' | 'with-someone'>;
  prompt: TellingPrompt | null;
  invented: Generated<boolean>;
  findable: Generated<boolean>;
  standing: Generated<'draft' | 'released'>;
  version: number | null;
  released_at: Date | null;
  open_from: Date | null;
  changed_at: Generated<Date>;
}

interface BlockColumns {
  telling: string;
  block: string;
  place: number;
  kind: BlockKind;
  level: 2 | 3 | null;
  language: string;
  text: Generated<string>;
  content: Generated<unknown>;
  moment: string | null;
  said_day: Day | null;
  said_precision: SaidPrecision | null;
  media: string | null;
  hash: Buffer;
}

interface MediaColumns {
  id: Generated<string>;
  telling: string;
  kind: 'photo' | 'voice';
  type: string;
  bytes: Buffer;
  width: number | null;
  height: number | null;
  seconds: number | null;
  alt: string | null;
}

interface SignificationTable {
  telling: string;
  frame: Frame;
  fits: boolean;
  a: number | null;
  b: number | null;
  c: number | null;
}

interface RenderingColumns {
  id: Generated<string>;
  telling: string;
  language: string;
  made_how: 'person' | 'machine';
  signed_as: string | null;
  standing: Generated<RenderingStanding>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.moment_fact': { fact: string; moment: string; tied_by: string | null; tied_at: Generated<Date> };
    'core.telling': TellingTable;
    'core.telling_about': { telling: string; initiative_id: string };
    'core.telling_draft': { telling: string; doc: Doc; saved_at: Generated<Date> };
    'core.telling_version': {
      telling: string;
      number: number;
      title: Generated<string>;
      doc: Doc;
      hash: Buffer;
      made_at: Generated<Date>;
    };
    'core.telling_block': BlockColumns & { version: number };
    'vault.teller_name': {
      telling: string;
      full_name: string | null;
      first_name: string | null;
      other_name: string | null;
    };
    'core.media': MediaColumns & { made_at: Generated<Date> };
    'core.telling_flag': {
      id: Generated<string>;
      telling: string;
      block: string;
      kind: FlagKind;
      start_at: number;
      end_at: number;
      exact_hash: Buffer;
      answer: 'kept' | 'changed' | null;
      answered_at: Date | null;
    };
    'core.telling_proposal': {
      id: Generated<string>;
      telling: string;
      version: number;
      doc: Doc;
      why: string;
      brought_by: string;
      brought_at: Generated<Date>;
      standing: Generated<'waiting' | 'accepted' | 'declined' | 'withdrawn'>;
      decided_at: Date | null;
    };
    'core.rendering': RenderingColumns & {
      translator: string | null;
      checked_by: string | null;
      made_at: Generated<Date>;
      changed_at: Generated<Date>;
    };
    'core.rendering_block': {
      rendering: string;
      block: string;
      text: string;
      source_hash: Buffer;
      gone_through: Generated<boolean>;
    };
    'core.quote': {
      id: Generated<string>;
      telling: string;
      version: number;
      block: string;
      start_at: number;
      end_at: number;
      exact: string;
      exact_hash: Buffer;
      standing: Generated<'held' | 'asked' | 'let-go'>;
      use: Generated<'quote-report' | 'web-book' | 'print'>;
      made_by: string | null;
      made_at: Generated<Date>;
    };
    'core.signification': SignificationTable;
    'core.reading': {
      id: Generated<string>;
      telling: string;
      reader: string;
      prompt: ReadingPrompt;
      words: string;
      language: string;
      for_teller: Generated<boolean>;
      made_at: Generated<Date>;
    };
    'core.telling_look': { telling: string; day: Generated<Day>; seen_as: string; times: Generated<number> };
    'core.story': {
      id: Generated<string>;
      slug: string;
      kind: StoryKind;
      title: string;
      opening: Generated<string>;
      language: string;
      link: string | null;
      standing: Generated<'draft' | 'open'>;
      made_by: string | null;
      made_at: Generated<Date>;
    };
    'core.story_initiative': { story: string; initiative_id: string };
    'core.story_telling': { story: string; telling: string; place: Generated<number> };
    'pub.telling': {
      id: string;
      slug: string;
      language: string;
      title: string;
      voice: string | null;
      role_then: RoleThen | null;
      themes: Theme[];
      province: string | null;
      told_how: 'alone' | 'with-someone';
      invented: boolean;
      findable: boolean;
      version: number;
      opened_on: Day;
      open_until: Day | null;
      languages: string[] | null;
    };
    'pub.telling_about': { telling: string; initiative_id: string };
    'pub.telling_block': BlockColumns;
    'pub.media': MediaColumns;
    'pub.rendering': RenderingColumns;
    'pub.rendering_block': { rendering: string; block: string; text: string; stale: boolean };
    'pub.signification': SignificationTable;
    'pub.moment_fact': { fact: string; moment: string };
    'pub.story': {
      id: string;
      slug: string;
      kind: StoryKind;
      title: string;
      opening: string;
      language: string;
      link: string | null;
      initiatives: string[];
      tellings: string[];
    };
  }
}
