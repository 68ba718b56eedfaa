import type { Day } from '#platform/clock.ts';
import type { Part, PublicationKind } from '../model.ts';

/** A publication as who works on it sees its head. */
export interface Worked {
  readonly id: string;
  readonly slug: string;
  readonly kind: PublicationKind;
  readonly title: string;
  readonly subtitle: string;
  readonly opening: string;
  readonly language: string;
  readonly issue: number | null;
  readonly printed: boolean;
  readonly invented: boolean;
  readonly endedOn: Day | null;
  /** As what who asks works on it, and under which name; null is no name. */
  readonly part: Part;
  readonly called: string | null;
}

/** Someone who works on a publication. */
export interface Worker {
  readonly person: string;
  readonly part: Part;
  readonly called: string | null;
  readonly since: Day;
  readonly leftOn: Day | null;
  readonly mine: boolean;
}

/** A publication as someone begins it or changes what stands on its cover. */
export interface Cover {
  readonly title: string;
  readonly subtitle: string;
  readonly opening: string;
  readonly language: string;
  readonly issue: number | null;
  readonly printed: boolean;
  readonly invented: boolean;
}

export const coverLimits = { title: 200, subtitle: 300, opening: 5_000, called: 80 } as const;
