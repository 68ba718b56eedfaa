import type { EventKind } from '../../model.ts';
import type { ToldDay } from '../../when/model.ts';
import { turnKinds, type Teller, type TurnKind, type Words } from '../model.ts';

/** How many others a form asks for. */
export const mostOthers = 4;

/** A telling as the list of what was told shows it. */
export interface ShownTelling extends ToldDay {
  readonly fact: string;
  readonly kind: EventKind;
  readonly saidBy: string;
  readonly words: Words | null;
  /** With which form who is looking may tell it anew: it is their own. */
  readonly again: TurnKind | null;
  /** With which form they may tell differently what another voice told. */
  readonly instead: TurnKind | null;
  /** Whether it was told differently by a firmer voice. */
  readonly overtaken: boolean;
}

/** What can be told of an entry, and what was told of it. */
export interface TellingPage {
  readonly entry: { readonly slug: string; readonly name: string };
  readonly teller: Teller;
  readonly checked: boolean;
  readonly offered: readonly TurnKind[];
  readonly told: readonly ShownTelling[];
}

/** The form of one turn. */
export interface TurnPage {
  readonly entry: { readonly slug: string; readonly name: string };
  readonly teller: Teller;
  readonly kind: TurnKind;
  /** Whether it tells anew what they told themselves. */
  readonly again: boolean;
  /** What the address of its deeds asks besides: which fact is told anew or differently. */
  readonly query: string;
  /** What is told now of the same happening. */
  readonly quoted: ShownTelling | null;
  readonly typed: Readonly<Record<string, string>>;
  /** Another form for what another voice told: with a day of one's own, or only in words. */
  readonly alternative: TurnKind | null;
}

/** What is asked again where a name may be that of an entry that is there. */
export interface Choice {
  readonly field: string;
  readonly name: string;
  readonly found: readonly { readonly slug: string; readonly name: string; readonly town: string | null }[];
}

/** What comes back to the form when a turn could not be told, with everything that was typed. */
export interface TurnBack {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly { readonly field: string | null; readonly reason: string }[];
  readonly choices: readonly Choice[];
  readonly outside: readonly string[];
  readonly places: readonly string[];
}

const withOthers: readonly TurnKind[] = ['split', 'merged'];

/** With which form a happening that another told is told differently; who had part in it is told in words. */
export function formInstead(kind: EventKind): TurnKind {
  if (kind === 'noticed') return 'founded';
  return turnKinds.find((one) => one === kind && !withOthers.includes(one)) ?? 'changed';
}
