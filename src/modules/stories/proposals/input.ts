/** What an editor typed: why, and other words by the key of their block. */
export interface TypedProposal {
  readonly why: string;
  readonly words: ReadonlyMap<string, string>;
}

const wordsOf = (given: FormDataEntryValue | null, most: number): string =>
  (typeof given === 'string' ? given : '').replace(/\r\n?/g, '\n').trim().slice(0, most);

/** Reads a proposal from a form: `why`, and a text `block-<key>` for each block. */
export function parseProposal(form: FormData): TypedProposal {
  const words = [...form.entries()].flatMap(([name, given]) =>
    name.startsWith('block-') ? [[name.slice('block-'.length), wordsOf(given, 20_000)] as const] : [],
  );
  return { why: wordsOf(form.get('why'), 1_000), words: new Map(words) };
}

/** The shortest reason that says something; the same rule as the check of core.telling_proposal. */
export const shortestWhy = 3;
