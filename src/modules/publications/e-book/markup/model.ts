import { directionOf } from '#platform/i18n/languages.ts';
import { inXml } from '#platform/xml.ts';

/** A piece of XML that is already written; everything else is words, and stays words. */
export interface Marked {
  readonly marked: string;
}

type Part = string | number | Marked | readonly Marked[] | null;

const written = (part: Part): string => {
  if (part === null) return '';
  if (typeof part !== 'object') return inXml(String(part));
  return 'marked' in part ? part.marked : part.map((one) => one.marked).join('');
};

/** XML with words in it: what stands between the braces is written as words, unless it was marked itself. */
export const marked = (texts: TemplateStringsArray, ...parts: readonly Part[]): Marked => ({
  marked: texts.map((text, at) => text + written(parts[at] ?? null)).join(''),
});

export const nothing: Marked = { marked: '' };

const tag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** A language as a tag that may stand in a file; what is none is undetermined (BCP 47: und). */
export const tagOf = (language: string): string => (tag.test(language) ? language : 'und');

/** The attributes of a text in a language: which it is, and which way it runs. */
export function spoken(language: string): Marked {
  const lang = tagOf(language);
  return marked` lang="${lang}" xml:lang="${lang}" dir="${directionOf(lang)}"`;
}

/** The same for a text that stands within words of another language; nothing when it is the same. */
export const spokenWithin = (language: string, around: string): Marked =>
  language === around ? nothing : spoken(language);

const spelled = (text: string): string =>
  text
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replace(/[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]/gu, (sign) => encodeURIComponent(sign));

/**
 * An address that can be opened from a book, of the web or of mail, spelled with the signs of RFC 3986 only; null when it is neither.
 * A page of the house itself is led to from `origin`.
 */
export function openAddress(address: string, origin: string | null): string | null {
  const whole = /^\/(?!\/)/.test(address) ? `${origin ?? ''}${address}` : address;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  if (!['https:', 'http:', 'mailto:'].includes(url.protocol) || url.username || url.host.includes('['))
    return null;
  const [front = '', ...fragment] = url.href.split('#');
  return spelled(front) + (fragment.length > 0 ? `#${spelled(fragment.join('%23'))}` : '');
}

/** A whole page of the book, in XHTML; `kind` says where in a book it stands. */
export function pageOf(page: {
  readonly title: string;
  readonly language: string;
  readonly kind: 'frontmatter' | 'bodymatter' | 'backmatter';
  readonly body: Marked;
}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
${
  marked`<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${spoken(page.language)}>
<head><meta charset="UTF-8"/><title>${page.title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body epub:type="${page.kind}">
${page.body}
</body>
</html>
`.marked
}`;
}
