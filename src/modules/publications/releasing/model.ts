import type { Day } from '#platform/clock.ts';
import type { Use } from '../../consent/model.ts';
import type { Answer, FileKind, Standing } from '../model.ts';

/** Why a publication cannot go out as it stands; the walls ask the same (core.hindrances). */
export const hindranceReasons = [
  'nothing_ready',
  'voice_without_consent',
  'voice_changed',
  'voice_unseen',
  'voice_out',
  'voice_not_shown',
  'picture_without_alt',
  'wording_open',
  'piece_closed',
] as const;
export type HindranceReason = (typeof hindranceReasons)[number];

/** One reason, and where: the article, and the first words of the block. */
export interface Hindrance {
  readonly reason: HindranceReason;
  readonly article: string | null;
  readonly slug: string | null;
  readonly block: string | null;
}

/** An article as it would go out, or why it stays here. */
export interface Going {
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly standing: Standing;
  readonly blocks: number;
}

/** Whether an article goes out with the next edition: it is ready, or it went out and nobody wrote on it since. */
export const goesOut = ({ standing }: Pick<Going, 'standing'>): boolean =>
  standing === 'ready' || standing === 'released';

/** A voice that would go out: on what, and whether its teller saw it as it will appear. `words` is null when consent no longer shows them. */
export interface VoiceGoing {
  readonly key: string;
  readonly words: string | null;
  readonly language: string | null;
  readonly article: string;
  readonly kind: 'quote' | 'own-words' | 'margin';
  readonly uses: readonly { readonly use: Use; readonly holds: boolean }[];
  /** Whether whose words they are saw them as they will appear; words in the margin were given to stand as they are. */
  readonly shown: boolean;
  /** Something of what rests on it was written anew since. */
  readonly changedSince: boolean;
  readonly answer: Answer | null;
}

/** A file of an edition as who makes the publication sees it. */
export interface FileMade {
  readonly kind: FileKind;
  readonly standing: 'waiting' | 'making' | 'ready' | 'failed';
  readonly step: number;
  readonly pages: number | null;
  readonly size: number | null;
  readonly why: string | null;
}

/** An edition that went out, as who makes the publication sees it. */
export interface Released {
  readonly id: string;
  readonly number: number;
  readonly releasedOn: Day;
  readonly changed: string;
  readonly errata: number;
  readonly files: readonly FileMade[];
}

/** Whether a file is still on its way, so that the page is worth looking at again. */
export const underWay = ({ standing }: Pick<FileMade, 'standing'>): boolean =>
  standing === 'waiting' || standing === 'making';
