import type { Theme } from '../../initiatives/model.ts';
import type { Block, SaidPrecision } from '../document/model.ts';
import { directionOf } from '#platform/i18n/languages.ts';
import type { RenderingStanding, RoleThen } from '../model.ts';

/** An invented story, to show how a story of many reads. */
export interface InventedStory {
  readonly story: {
    readonly slug: string;
    readonly language: string;
    readonly title: string;
    readonly opening: string;
  };
  /** Under which name its renderings are signed. */
  readonly signedAs: string;
  /** Names of its moments, in order. */
  readonly moments: readonly string[];
  readonly voices: readonly InventedVoice[];
}

export interface InventedVoice {
  readonly slug: string;
  readonly language: string;
  readonly title: string;
  readonly name: string | null;
  readonly roleThen: RoleThen;
  readonly toldHow: 'alone' | 'with-someone';
  readonly themes: readonly Theme[];
  readonly parts: readonly {
    readonly moment: string;
    readonly called: string;
    readonly day: string;
    readonly precision: SaidPrecision;
    readonly says: readonly string[];
  }[];
  readonly renderings: readonly {
    readonly language: string;
    readonly madeHow: 'person' | 'machine';
    readonly standing: RenderingStanding;
    /** For each part what the voice calls it, then its sentences. */
    readonly parts: readonly (readonly string[])[];
  }[];
}

/** The blocks of an invented voice; `keys` are the moments by name, `newKey` makes the key of each block. */
export function blocksFor(
  voice: InventedVoice,
  keys: ReadonlyMap<string, string>,
  newKey: () => string,
): Block[] {
  const dir = directionOf(voice.language);
  const attrs = () => ({ id: newKey(), lang: voice.language, dir });
  return voice.parts.flatMap(({ moment, called, day, precision, says }): Block[] => [
    {
      type: 'moment',
      attrs: { ...attrs(), moment: keys.get(moment) ?? null, title: called, day, precision },
    },
    ...says.map((text): Block => ({ type: 'paragraph', attrs: attrs(), content: [{ type: 'text', text }] })),
  ]);
}
