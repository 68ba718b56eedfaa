import { leads, phases, type LedBy, type Phase } from '../../initiatives/model.ts';
import { languages } from '#platform/i18n/languages.ts';
import { rolesThen } from '../../stories/model.ts';

/** What is known of a voice that was laid, as far as who looks may know it. */
export interface VoiceFacts {
  readonly language: string;
  readonly roleThen: string | null;
  readonly province: string | null;
  readonly phases: readonly Phase[];
  readonly ledBy: readonly LedBy[];
  /** Whether a block rests on it. */
  readonly used: boolean;
}

export const sides = ['language', 'roleThen', 'phase', 'ledBy', 'province'] as const;
export type Side = (typeof sides)[number];

export interface Covered {
  readonly side: Side;
  /** In blocks, laid but in no block yet, and not there at all; each in the order in which they are always told. */
  readonly carried: readonly string[];
  readonly waiting: readonly string[];
  readonly missing: readonly string[];
}

const valuesOf: Readonly<Record<Side, (voice: VoiceFacts) => readonly string[]>> = {
  language: (voice) => [voice.language],
  roleThen: (voice) => (voice.roleThen === null ? [] : [voice.roleThen]),
  phase: (voice) => voice.phases,
  ledBy: (voice) => voice.ledBy,
  province: (voice) => (voice.province === null ? [] : [voice.province]),
};

/**
 * Which voices a publication carries and which not, side by side and never counted: a choir is not made by numbers. Languages that
 * are not spoken by the house are told when somebody brought them.
 */
export function coverageOf(voices: readonly VoiceFacts[], provinces: readonly string[]): Covered[] {
  const known: Readonly<Record<Side, readonly string[]>> = {
    language: languages,
    roleThen: rolesThen.filter((role) => role !== 'other'),
    phase: phases,
    ledBy: leads.filter((lead) => lead !== 'not-said'),
    province: provinces,
  };
  return sides.map((side) => {
    const inBlocks = new Set(voices.filter(({ used }) => used).flatMap(valuesOf[side]));
    const laid = new Set(voices.flatMap(valuesOf[side]));
    const all = [...new Set([...known[side], ...laid])].filter(
      (value) => value !== 'not-said' && value !== 'other',
    );
    return {
      side,
      carried: all.filter((value) => inBlocks.has(value)),
      waiting: all.filter((value) => laid.has(value) && !inBlocks.has(value)),
      missing: all.filter((value) => !laid.has(value)),
    };
  });
}
