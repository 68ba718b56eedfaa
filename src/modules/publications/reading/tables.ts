import type { Day } from '#platform/clock.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'pub.publication': {
      id: string;
      slug: string;
      kind: string;
      title: string;
      subtitle: string;
      opening: string;
      language: string;
      issue: number | null;
      printed: boolean;
      invented: boolean;
      latest: number;
    };
    'pub.edition': {
      id: string;
      publication: string;
      number: number;
      title: string;
      subtitle: string;
      opening: string;
      printed: boolean;
      changed: string;
      credits: unknown;
      released_at: Date;
      state: number;
    };
    'pub.edition_article': {
      edition: string;
      article: string;
      slug: string;
      kind: string;
      title: string;
      opening: string;
      language: string;
      byline: string;
      place: number;
    };
    'pub.figure': {
      id: string;
      slug: string;
      kind: string;
      asked: unknown;
      address: string;
      taken_on: Day;
      language: string;
      title: string;
      alt: string;
      facts: unknown;
      drawing: string;
      hash: Buffer;
    };
    'pub.picture': {
      id: string;
      type: string;
      bytes: Buffer;
      width: number;
      height: number;
      alt: string;
      credit: string;
    };
    'pub.edition_voice': {
      edition: string;
      key: string;
      kind: 'quote' | 'own-words' | 'margin';
      stance: 'remark' | 'differs' | null;
      words: string;
      language: string;
      called: string | null;
      role_then: string | null;
      telling: string | null;
      on_web: boolean;
      on_paper: boolean;
      called_on_paper: string | null;
      hash: Buffer;
    };
    'pub.edition_voice_rendering': {
      edition: string;
      key: string;
      language: string;
      words: string;
      signed_as: string | null;
      made_how: string;
    };
    'pub.edition_paragraph': {
      edition: string;
      paragraph: string;
      article: string;
      place: number;
      kind: string;
      level: number | null;
      language: string;
      text: string;
      voice: string | null;
      figure: string | null;
      picture: string | null;
      version: number;
    };
    'pub.edition_draw': {
      edition: string;
      paragraph: string;
      kind: 'voice' | 'insight' | 'promise' | 'figure';
      key: string;
      way: string;
    };
    'pub.edition_work': {
      edition: string;
      paragraph: string;
      key: string;
      csl: unknown;
    };
    'pub.erratum': {
      id: string;
      edition: string;
      article: string | null;
      at: Date;
      kind: string;
      printed: boolean;
    };
    'pub.edition_file': {
      edition: string;
      kind: string;
      bytes: Buffer;
      sha256: Buffer;
      pages: number | null;
      made_at: Date;
    };
    'pub.record': {
      id: string;
      slug: string;
      csl: unknown;
      about: unknown;
      source: string;
    };
  }
}
