import type { Day } from '#platform/clock.ts';
import type {
  Channel,
  EntryField,
  KeptReason,
  Kind,
  LedBy,
  Phase,
  Scope,
  Standing,
  State,
  Theme,
  Visibility,
} from '../../model.ts';

/** An entry as its keepers and verifiers know it, with what is kept back from others; never an exact place. */
export interface Held {
  readonly id: string;
  readonly slug: string;
  readonly standing: Standing;
  readonly visibility: Visibility;
  readonly origin: 'public-sources' | 'own' | 'verifier';
  readonly name: string;
  readonly names: readonly string[];
  readonly kind: Kind;
  readonly state: State;
  readonly ledBy: LedBy;
  readonly formality: number | null;
  readonly scope: Scope | null;
  readonly phases: readonly Phase[];
  readonly themes: readonly Theme[];
  /** For whom, in the reader's language where it is known, else as the entry names it. */
  readonly audiences: readonly { readonly word: string; readonly language: string }[];
  readonly languages: readonly string[];
  readonly website: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly sources: readonly string[];
  readonly text: { readonly language: string; readonly words: string } | null;
  readonly place: {
    readonly precision: 'exact' | 'street' | 'town' | 'region' | 'hidden';
    readonly town: string | null;
    readonly province: string | null;
  } | null;
  readonly keptBack: readonly {
    readonly field: EntryField;
    readonly visibility: Visibility;
    readonly reason: KeptReason;
  }[];
  readonly confirmedOn: Day | null;
  readonly checkedOn: Day | null;
  readonly checkedThrough: Channel | null;
  readonly recordedOn: Day;
}
