/** Somebody's name as CSL-JSON writes it: of a person in parts, of a body as a whole. */
export interface WorkName {
  readonly family?: string;
  readonly given?: string;
  readonly literal?: string;
  readonly 'non-dropping-particle'?: string;
  readonly 'dropping-particle'?: string;
}

/** A work that can be cited, as CSL-JSON 1.0 (citationstyles.org/schema): the part of it that the house keeps. */
export interface Work {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly author?: readonly WorkName[];
  readonly editor?: readonly WorkName[];
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] };
  readonly 'container-title'?: string;
  readonly publisher?: string;
  readonly 'publisher-place'?: string;
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  readonly edition?: string;
  readonly DOI?: string;
  readonly ISBN?: string;
  readonly URL?: string;
  readonly language?: string;
}
