import type { Generated, GeneratedAlways } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type {
  Answer,
  ArticleKind,
  ErratumKind,
  FigureKind,
  FileKind,
  Part,
  PieceKind,
  PublicationKind,
  Standing,
  Way,
} from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.publication': {
      id: Generated<string>;
      slug: string;
      kind: PublicationKind;
      title: string;
      subtitle: Generated<string>;
      opening: Generated<string>;
      language: string;
      issue: number | null;
      printed: Generated<boolean>;
      invented: Generated<boolean>;
      made_by: string | null;
      made_at: Generated<Date>;
      ended_on: Day | null;
    };
    'core.publication_person': {
      publication: string;
      person_id: string;
      part: Part;
      called: string | null;
      since: Generated<Day>;
      invited_by: string | null;
      left_on: Day | null;
    };
    'core.publication_invitation': {
      id: Generated<string>;
      publication: string;
      part: 'writer' | 'layer';
      word_hash: Buffer;
      language: string;
      made_by: string | null;
      made_at: Generated<Date>;
      until_day: Day;
      taken_by: string | null;
      taken_at: Date | null;
    };
    'core.article': {
      id: Generated<string>;
      publication: string;
      slug: string;
      kind: ArticleKind;
      title: string;
      opening: Generated<string>;
      language: string;
      byline: Generated<string[]>;
      place: Generated<number>;
      standing: Generated<Standing>;
      told_back_on: Day | null;
      made_by: string | null;
      made_at: Generated<Date>;
    };
    'core.figure': {
      id: Generated<string>;
      slug: string;
      kind: FigureKind;
      asked: unknown;
      address: string;
      taken_on: Generated<Day>;
      language: string;
      title: string;
      alt: string;
      facts: unknown;
      drawing: string;
      hash: Buffer;
      made_by: string | null;
      made_at: Generated<Date>;
    };
    'core.picture': {
      id: Generated<string>;
      publication: string;
      type: 'image/webp' | 'image/jpeg';
      bytes: Buffer;
      width: number;
      height: number;
      alt: string;
      credit: Generated<string>;
      made_by: string | null;
      made_at: Generated<Date>;
    };
    'core.own_word': {
      id: string;
      publication: string;
      kind: 'own-words' | 'margin';
      stance: Generated<'remark' | 'differs'>;
      words: string;
      language: string;
      called: string | null;
      hash: Buffer;
      made_at: Generated<Date>;
    };
    'core.piece': {
      id: Generated<string>;
      publication: string;
      kind: PieceKind;
      quote: string | null;
      own_word: string | null;
      insight: string | null;
      promise: string | null;
      figure: string | null;
      why: Generated<string>;
      laid_by: string | null;
      laid_at: Generated<Date>;
    };
    'core.piece_rendering': {
      piece: string;
      language: string;
      words: string;
      signed_as: string | null;
      made_how: 'person' | 'machine';
      made_by: string | null;
      made_at: Generated<Date>;
    };
    'core.paragraph': {
      id: Generated<string>;
      article: string;
      place: string;
      kind: 'paragraph' | 'heading' | 'quote' | 'list' | 'image' | 'figure' | 'table' | 'aside';
      level: '2' | '3' | null;
      language: string;
      text: Generated<string>;
      piece: string | null;
      picture: string | null;
      version: Generated<number>;
      changed_by: string | null;
      changed_at: Generated<Date>;
      gone_at: Date | null;
    };
    'core.draw': {
      paragraph: string;
      piece: string;
      way: Way;
    };
    'core.paragraph_version': {
      paragraph: string;
      number: number;
      deed: 'begun' | 'written' | 'moved' | 'taken-out' | 'brought-back' | 'joined';
      text: string;
      draws: Generated<unknown>;
      typed: Generated<unknown>;
      op: string;
      by_person: string | null;
      because: string | null;
      at: Generated<Date>;
    };
    'core.paragraph_wording': {
      id: Generated<string>;
      paragraph: string;
      base: number;
      text: string;
      draws: Generated<unknown>;
      op: string;
      by_person: string | null;
      at: Generated<Date>;
      settled_at: Date | null;
    };
    'core.margin': {
      own_word: string;
      paragraph: string;
    };
    'core.told_back': {
      id: Generated<string>;
      piece: string;
      person_id: string;
      word_hash: Buffer | null;
      word_for: Generated<string | null>;
      language: string;
      asked_at: Generated<Date>;
      asked_by: string | null;
      shown_hash: Buffer | null;
      shown_at: Date | null;
      answer: Answer | null;
      answered_at: Date | null;
      own_word: string | null;
    };
    'core.edition': {
      id: Generated<string>;
      publication: string;
      number: number;
      title: string;
      subtitle: string;
      opening: string;
      printed: boolean;
      changed: Generated<string>;
      credits: Generated<unknown>;
      released_by: string | null;
      released_at: Generated<Date>;
      state: Generated<number>;
    };
    'core.edition_article': {
      edition: string;
      article: string;
      slug: string;
      kind: string;
      title: string;
      opening: string;
      language: string;
      byline: string[];
      place: number;
    };
    'core.edition_paragraph': {
      edition: string;
      paragraph: string;
      article: string;
      place: number;
      kind: string;
      level: number | null;
      language: string;
      text: string;
      piece: string | null;
      picture: string | null;
      version: number;
    };
    'core.edition_draw': {
      edition: string;
      paragraph: string;
      piece: string;
      way: 'quotes' | 'paraphrases' | 'joins' | 'answers' | 'differs' | 'margin';
    };
    'core.manifest_line': {
      edition: string;
      item: string;
      quote: string | null;
      own_word: string | null;
      use: 'quote-report' | 'print' | 'web-book';
      version: number | null;
      block: string | null;
      start_at: number | null;
      end_at: number | null;
      exact_hash: Buffer;
      consent: number;
      key: GeneratedAlways<string>;
      left_at: Date | null;
    };
    'core.edition_piece': {
      edition: string;
      piece: string;
      kind: 'voice' | 'insight' | 'promise' | 'figure';
      key: string;
    };
    'core.erratum': {
      id: Generated<string>;
      edition: string;
      article: string | null;
      at: Generated<Date>;
      kind: ErratumKind;
      printed: boolean;
    };
    'core.edition_file': {
      edition: string;
      kind: FileKind;
      state: number;
      standing: Generated<'waiting' | 'making' | 'ready' | 'failed'>;
      step: Generated<number>;
      bytes: Buffer | null;
      sha256: Buffer | null;
      pages: number | null;
      why: string | null;
      changed_at: Generated<Date>;
    };
    'core.record': {
      id: Generated<string>;
      slug: string;
      csl: unknown;
      about: Generated<unknown>;
      source: string;
      brought_by: string | null;
      brought_on: Generated<Day>;
    };
  }
}
