import type { Tx } from '#platform/db.server.ts';
import { inTree, type CodeInTree, type Passage } from '../model.ts';
import { blocksToCode, codesOf, passagesOf } from '../queries.server.ts';
import { asOneUnit, cohensKappa, judgedFor, krippendorffsAlpha, unitsOf, type Judged } from './model.ts';

/** How far the coders agree on one code, or on all of them: by blocks, and by signs. Kappa is for exactly two coders. */
export interface AgreedOn {
  readonly code: CodeInTree | null;
  readonly observed: number | null;
  readonly kappa: number | null;
  readonly alpha: number | null;
  readonly kappaBySign: number | null;
  readonly alphaBySign: number | null;
}

export interface AgreementOf {
  readonly coders: readonly string[];
  /** Tellings that at least two of them worked on; the others say nothing of agreement. */
  readonly tellings: number;
  readonly blocks: number;
  readonly rows: readonly AgreedOn[];
}

/** Agreement over a codebook. Whoever coded nothing at all in a telling is missing there, and did not say no. */
export async function agreementOf(tx: Tx, codebook: string): Promise<AgreementOf> {
  const passages = await passagesOf(tx, codebook);
  const coders = new Map(passages.map(({ coder, coderName }) => [coder, coderName ?? '']));
  const keys = [...coders.keys()];
  const worked = new Map<string, Set<string>>();
  for (const { telling, coder } of passages)
    worked.set(telling, (worked.get(telling) ?? new Set()).add(coder));
  const shared = [...worked].filter(([, some]) => some.size > 1).map(([telling]) => telling);
  const blocks = await blocksToCode(tx, shared);
  const codes = inTree(await codesOf(tx, codebook)).filter(({ isCodable }) => isCodable);
  const judge = (
    code: string,
    cut: (length: number, within: readonly Passage[]) => ReturnType<typeof unitsOf>,
  ) =>
    blocks.flatMap(({ telling, block, text }) => {
      const within = passages.filter((passage) => passage.telling === telling && passage.block === block);
      return judgedFor(code, keys, worked.get(telling) ?? new Set(), cut(text.length, within));
    });
  const given = new Set(passages.map(({ code }) => code));
  const judged = codes
    .filter(({ id }) => given.has(id))
    .map((code) => ({
      code,
      byBlock: judge(code.id, (_length, within) => [asOneUnit(within)]),
      bySign: judge(code.id, unitsOf),
    }));
  const all = {
    code: null,
    byBlock: judged.flatMap(({ byBlock }) => byBlock),
    bySign: judged.flatMap(({ bySign }) => bySign),
  };
  return {
    coders: [...coders.values()],
    tellings: shared.length,
    blocks: blocks.length,
    rows: judged.length > 0 ? [...judged, all].map((each) => agreedOn(each, keys.length)) : [],
  };
}

function agreedOn(
  {
    code,
    byBlock,
    bySign,
  }: { code: CodeInTree | null; byBlock: readonly Judged[]; bySign: readonly Judged[] },
  coders: number,
): AgreedOn {
  const two = coders === 2 ? cohensKappa(byBlock) : null;
  return {
    code,
    observed: two?.observed ?? null,
    kappa: two?.kappa ?? null,
    alpha: krippendorffsAlpha(byBlock),
    kappaBySign: coders === 2 ? (cohensKappa(bySign)?.kappa ?? null) : null,
    alphaBySign: krippendorffsAlpha(bySign),
  };
}
