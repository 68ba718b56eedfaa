import { IntlMessageFormat } from 'intl-messageformat';
import { getContext, setContext } from 'svelte';
import type { MessageKey } from './keys.ts';
import type { Language } from './languages.ts';
import { tongues } from './languages.ts';

export type Values = Readonly<Record<string, string | number | Date>>;
/** Every text by language and 'room.key'. */
export type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Speech {
  /** The text of a key in this language, with its values filled in (ICU MessageFormat); numbers in Latin digits. */
  (key: MessageKey, values?: Values): string;
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  /** The address of a page in this language: '/initiatives' becomes '/ar/initiatives'. */
  to(path: string): string;
  /** Whether a key exists, for keys made of data such as a theme. */
  has(key: string): key is MessageKey;
}

const compiled = new Map<string, IntlMessageFormat>();

/** A speaker of one language over a catalogue; a key that is missing falls back to Dutch, and a key unknown to Dutch throws. */
export function speaker(language: Language, catalogue: Catalogue): Speech {
  const textOf = (key: string) => catalogue[language]?.[key] ?? catalogue.nl?.[key];
  const speak = (key: MessageKey, values?: Values): string => {
    const text = textOf(key);
    if (text === undefined) throw new Error(`There is no text for '${key}'.`);
    if (!text.includes('{') && !text.includes("'")) return text;
    const name = `${language} ${key}`;
    const format =
      compiled.get(name) ??
      new IntlMessageFormat(text, `${language}-u-nu-latn`, undefined, { ignoreTag: true });
    compiled.set(name, format);
    return String(format.format({ ...values }));
  };
  return Object.assign(speak, {
    language,
    direction: tongues[language].direction,
    to: (path: string) => `/${language}${path === '/' ? '' : path}`,
    has: (key: string): key is MessageKey => catalogue.nl?.[key] !== undefined,
  });
}

const inContext = Symbol('speech');

/** Lets everything below this view speak. */
export function giveSpeech(speech: () => Speech): void {
  setContext(inContext, speech);
}

/** How this view speaks. */
export function useSpeech(): Speech {
  return getContext<() => Speech>(inContext)();
}
