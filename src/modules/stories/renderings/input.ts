import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { deskFilters, type DeskFilter, type TypedBlock } from './model.ts';

const fingerprint = /^[0-9a-f]{64}$/;
const mostInBlock = 20_000;

/** One text of a form, with lines ended as the database keeps them. */
const wordsIn = (form: FormData, name: string, most: number): string => {
  const given = form.get(name);
  return (typeof given === 'string' ? given : '').replace(/\r\n?/g, '\n').trim().slice(0, most);
};

export interface TypedRendering {
  readonly blocks: readonly TypedBlock[];
  /** The name under which the translator signs; null is none. */
  readonly signedAs: string | null;
}

/** Reads what a translator typed for these blocks; a fingerprint that is none falls back to no fingerprint of any words. */
export function parseRendering(form: FormData, blocks: readonly string[]): TypedRendering {
  return {
    signedAs: form.get('sign') === 'name' ? wordsIn(form, 'signed', 80) || null : null,
    blocks: blocks
      .filter((block) => form.has(`block-${block}`))
      .map((block) => {
        const seen = String(form.get(`seen-${block}`));
        return {
          block,
          text: wordsIn(form, `block-${block}`, mostInBlock),
          seen: fingerprint.test(seen) ? seen : '0'.repeat(64),
          through: form.get(`through-${block}`) === 'yes',
        };
      }),
  };
}

export interface Verdict {
  readonly isRight: boolean;
  readonly words: string | null;
}

/** Reads what someone says of a rendering; null when they said neither yes nor no. */
export function parseVerdict(form: FormData): Verdict | null {
  const right = form.get('right');
  if (right !== 'yes' && right !== 'no') return null;
  return { isRight: right === 'yes', words: wordsIn(form, 'words', 2_000) || null };
}

export interface DeskWish {
  readonly into: Language;
  /** Language it is told in; null is any. */
  readonly from: string | null;
  readonly filter: DeskFilter;
}

/** Reads which tellings a translator looks for; what is unknown falls away. */
export function parseDeskWish(asked: URLSearchParams, spoken: Language): DeskWish {
  const [into, from, filter] = [asked.get('into') ?? '', asked.get('from') ?? '', asked.get('show')];
  return {
    into: isLanguage(into) ? into : spoken,
    from: /^[a-z]{2,3}$/.test(from) ? from : null,
    filter: deskFilters.find((each) => each === filter) ?? 'all',
  };
}
