import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isLanguage, languageFor } from '../i18n/languages.ts';
import { versionAt } from './problem.ts';

/** The questions a public page answers; an address with any other is rendered anew each time, so nobody can fill the store with noise. */
export const keptQuestions: ReadonlySet<string> = new Set([
  'q',
  'near',
  'within',
  'phase',
  'theme',
  'ledBy',
  'language',
  'kind',
  'place',
  'province',
  'municipality',
  'entry',
  'role',
  'moment',
  'window',
  'day',
  'from',
  'to',
  'until',
  'asOf',
  'knownOn',
  'since',
  'lang',
  'page',
  'search',
  'per_page',
  'modified_after',
  'taxonomy_term_id',
  'taxonomy_id',
  'organization_id',
  'minimal',
  'full',
  'full_service',
  'format',
  'script',
  'register',
]);

type Encoding = 'br' | 'gzip' | 'identity';

/** One way to send a kept page: everything is ready, so that an answer costs one write. */
export interface Packed {
  readonly etag: string;
  /** Names and values in turn, as writeHead takes them. */
  readonly headers: string[];
  /** The same for an answer 304. */
  readonly unchanged: string[];
  readonly body: Buffer;
}

export interface Page {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The template of the door it came from, for the log. */
  readonly route: string | undefined;
}

export interface Asked {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Whether nobody in particular is asking: such an answer may be shared with anyone who asks the same. */
export function isAnonymous({ method, headers }: Asked): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers.cookie === undefined &&
    headers.authorization === undefined &&
    headers.range === undefined
  );
}

/** Under which name the answer to an anonymous request may be kept; null when it may not. */
export function keyOf({ url = '/', headers }: Asked, scheme: string): string | null {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const accept = headers.accept ?? '*/*';
  // A page is a page to every browser; what is told to programs may be refused to one that takes only pages.
  const isPage = accept.includes('text/html') && versionAt(path) === null;
  const form = isPage ? 'page' : accept === '*/*' ? 'any' : accept.slice(0, 100);
  const questions = mark < 0 ? '' : sorted(url.slice(mark + 1));
  if (questions === null) return null;
  return `${scheme}\n${headers.host}\n${form}\n${languageOf(path, headers)}\n${path}\n${questions}`;
}

/** An address that names its language is the same for everyone; at any other the visitor's own languages decide. */
function languageOf(path: string, headers: IncomingHttpHeaders): string {
  return namesLanguage(path) ? '' : languageFor(headers['accept-language'] ?? null);
}

function namesLanguage(path: string): boolean {
  return isLanguage(path.split('/', 2)[1] ?? '');
}

function sorted(query: string): string | null {
  if (query === '') return '';
  const questions = new URLSearchParams(query);
  if (questions.size > 30) return null;
  for (const name of questions.keys()) if (!keptQuestions.has(name)) return null;
  questions.sort();
  return questions.toString();
}

/** A page as it is sent: in plain form, and compressed the first time someone wants it so. */
export class KeptPage {
  readonly route: string | undefined;
  readonly size: number;
  readonly #page: Page;
  readonly #vary: string;
  readonly #tag: string;
  readonly #packed = new Map<Encoding, Packed | Promise<Packed>>();

  constructor(page: Page, path: string) {
    this.#page = page;
    this.route = page.route;
    this.#tag = createHash('sha256').update(page.body).digest('base64url').slice(0, 22);
    const vary = new Set(
      (page.headers.vary ?? '')
        .toLowerCase()
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    );
    for (const name of ['accept-encoding', 'cookie']) vary.add(name);
    if (!namesLanguage(path)) vary.add('accept-language');
    this.#vary = [...vary].join(', ');
    // Compressed forms come on top; a third is what text usually takes.
    this.size = Math.ceil(page.body.byteLength * 1.6) + 4_096;
  }

  /** The form that suits this Accept-Encoding; a value at once where it is ready. */
  packedFor(acceptEncoding: string | undefined): Packed | Promise<Packed> {
    const encoding = this.#compressible() ? encodingFor(acceptEncoding) : 'identity';
    const ready = this.#packed.get(encoding);
    if (ready) return ready;
    const packing = this.#pack(encoding).then((packed) => {
      this.#packed.set(encoding, packed);
      return packed;
    });
    this.#packed.set(encoding, packing);
    return packing;
  }

  #compressible(): boolean {
    const type = this.#page.headers['content-type'] ?? '';
    return this.#page.body.byteLength > 500 && /^text\/|[/+](json|xml)\b|svg|javascript/.test(type);
  }

  async #pack(encoding: Encoding): Promise<Packed> {
    const { body: plain, headers: given } = this.#page;
    const body =
      encoding === 'br' ? await asBrotli(plain) : encoding === 'gzip' ? await asGzip(plain) : plain;
    const etag = `"${this.#tag}${encoding === 'identity' ? '' : `-${encoding}`}"`;
    const shared: Record<string, string> = { 'cache-control': 'no-cache', ...given, vary: this.#vary, etag };
    if (shared['content-type'] === 'text/html') shared['content-type'] = 'text/html; charset=utf-8';
    const whole: Record<string, string> = { ...shared, 'content-length': String(body.byteLength) };
    if (encoding !== 'identity') whole['content-encoding'] = encoding;
    delete shared['content-type'];
    return { etag, headers: Object.entries(whole).flat(), unchanged: Object.entries(shared).flat(), body };
  }
}

const brotli = promisify(brotliCompress);
const asGzip = (plain: Buffer): Promise<Buffer> => promisify(gzip)(plain, { level: 9 });
const asBrotli = (plain: Buffer): Promise<Buffer> =>
  brotli(plain, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength,
    },
  });

const chosen = new Map<string, Encoding>();

/** The best encoding this Accept-Encoding allows (RFC 9110 12.5.3): brotli, then gzip, then plain. */
export function encodingFor(header: string | undefined): Encoding {
  if (!header) return 'identity';
  const known = chosen.get(header);
  if (known) return known;
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [coding = '', ...rest] = part.split(';').map((piece) => piece.trim());
    const weight = rest.find((piece) => piece.startsWith('q='));
    weights.set(coding, weight ? Number(weight.slice(2)) || 0 : 1);
  }
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  const best: Encoding =
    weightOf('br') > 0 && weightOf('br') >= weightOf('gzip')
      ? 'br'
      : weightOf('gzip') > 0
        ? 'gzip'
        : 'identity';
  if (chosen.size < 200) chosen.set(header, best);
  return best;
}

/** Whether an If-None-Match names this tag, by the weak comparison of RFC 9110 13.1.2. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

export interface CacheWishes {
  /** How much room all kept pages may take together. */
  readonly bytes: number;
  /** Pages speak of 'today', so nothing is kept for longer than this many milliseconds, whatever the database says. */
  readonly lifetime: number;
  readonly now?: () => number;
}

/**
 * Rendered public pages, kept until the data changes. It is switched off until `open` and after `shut`, which is
 * when nobody would tell us of a change. `since()` before rendering and the same number at `keep` make sure that
 * a page which was being rendered while the data changed is not kept.
 */
export class BodyCache {
  readonly #wishes: CacheWishes;
  readonly #pages = new Map<string, { page: KeptPage; until: number }>();
  #hears = false;
  #changes = 0;
  #bytes = 0;

  constructor(wishes: CacheWishes = { bytes: 64 * 1_048_576, lifetime: 60_000 }) {
    this.#wishes = wishes;
  }

  open(): void {
    this.letGo();
    this.#hears = true;
  }

  shut(): void {
    this.#hears = false;
    this.letGo();
  }

  /** The data changed: nothing that was rendered before may be shown again. */
  letGo(): void {
    this.#changes++;
    this.#pages.clear();
    this.#bytes = 0;
  }

  since(): number {
    return this.#changes;
  }

  find(key: string): KeptPage | undefined {
    const kept = this.#pages.get(key);
    if (!kept) return undefined;
    this.#pages.delete(key);
    if (kept.until < this.#now()) {
      this.#bytes -= kept.page.size;
      return undefined;
    }
    // Last used stands last, so the first is the one to let go.
    this.#pages.set(key, kept);
    return kept.page;
  }

  /** Keeps a page unless something changed since; answers whether it did. */
  keep(key: string, page: KeptPage, since: number): boolean {
    if (!this.#hears || since !== this.#changes || page.size > this.#wishes.bytes / 8) return false;
    this.#bytes += page.size - (this.#pages.get(key)?.page.size ?? 0);
    this.#pages.set(key, { page, until: this.#now() + this.#wishes.lifetime });
    for (const [oldest, { page: left }] of this.#pages) {
      if (this.#bytes <= this.#wishes.bytes) break;
      this.#pages.delete(oldest);
      this.#bytes -= left.size;
    }
    return true;
  }

  #now(): number {
    return (this.#wishes.now ?? Date.now)();
  }
}
