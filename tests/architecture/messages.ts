import { IntlMessageFormat } from 'intl-messageformat';

type Ast = ReturnType<IntlMessageFormat['getAst']>;
type Part = Ast[number];

interface Asked {
  /** Names of the values a text needs. */
  readonly names: Set<string>;
  /** For each value that is counted, the forms it is told in. */
  readonly plurals: Map<string, Set<string>>;
  /** For each value that is chosen by, its choices. */
  readonly selects: Map<string, Set<string>>;
}

// The kinds of parts in the parsed text (formatjs TYPE).
const kind = { text: 0, select: 5, plural: 6, pound: 7, tag: 8 };

function gather(ast: Ast, asked: Asked): Asked {
  for (const part of ast as readonly (Part & {
    options?: Record<string, { value: Ast }>;
    children?: Ast;
    value?: unknown;
    pluralType?: string;
  })[]) {
    if (part.type === kind.text || part.type === kind.pound) continue;
    if (part.type === kind.tag) {
      gather(part.children ?? [], asked);
      continue;
    }
    const name = String(part.value);
    asked.names.add(name);
    if (!part.options) continue;
    const forms = new Set(Object.keys(part.options));
    if (part.type === kind.plural && part.pluralType === 'cardinal') asked.plurals.set(name, forms);
    if (part.type === kind.select) asked.selects.set(name, forms);
    for (const option of Object.values(part.options)) gather(option.value, asked);
  }
  return asked;
}

/** The values, counted forms and choices of an ICU text; throws on a text that cannot be read. */
export function askedBy(text: string, language: string): Asked {
  const ast = new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst();
  return gather(ast, { names: new Set(), plurals: new Map(), selects: new Map() });
}

/** The plural forms that counts of things reach in a language: zero one two few many other in Arabic. */
export function formsNeeded(language: string): Set<string> {
  const rules = new Intl.PluralRules(language);
  const counts = [...Array(201).keys(), 1000, 1001, 10_000, 100_000];
  return new Set(counts.map((count) => rules.select(count)));
}

// In these, an exact number says the same as the form that only this number has.
const exact: Readonly<Record<string, string>> = { zero: '=0', one: '=1', two: '=2' };
// A noun after a number keeps its one form, so a sentence need not be told per form.
const oneForm = new Set(['tr', 'fa']);

const plain = (set: Iterable<string>) => [...set].sort().join(', ') || 'none';

function onlyOneNumber(language: string, form: string): boolean {
  const rules = new Intl.PluralRules(language);
  return [...Array(201).keys()].filter((count) => rules.select(count) === form).length === 1;
}

function formOffences(language: string, forms: ReadonlySet<string>): string[] {
  const stands = (form: string) =>
    forms.has(form) || (onlyOneNumber(language, form) && forms.has(exact[form] ?? ''));
  return [...formsNeeded(language), 'other'].filter(
    (form) => !stands(form) && !(oneForm.has(language) && form === 'one'),
  );
}

/** What is wrong with one text beside its Dutch source, in sentences without the place; empty when it mirrors it. */
export function textOffences(language: string, source: string, text: string): string[] {
  if (text.trim() === '') return ['is empty'];
  let mine: Asked;
  try {
    mine = askedBy(text, language);
  } catch (error) {
    return [`cannot be read as ICU: ${(error as Error).message}`];
  }
  const theirs = askedBy(source, 'nl');
  const offences: string[] = [];
  if (plain(mine.names) !== plain(theirs.names))
    offences.push(`asks for ${plain(mine.names)} where Dutch asks for ${plain(theirs.names)}`);
  for (const [name, forms] of mine.plurals) {
    const missing = formOffences(language, forms);
    if (missing.length) offences.push(`counts '${name}' without the form ${plain(missing)}`);
  }
  for (const name of theirs.plurals.keys()) {
    if (!mine.plurals.has(name) && !oneForm.has(language))
      offences.push(`does not count '${name}' where Dutch does`);
  }
  for (const [name, choices] of theirs.selects) {
    const here = mine.selects.get(name);
    if (!here || plain(here) !== plain(choices))
      offences.push(`chooses by '${name}' from ${plain(here ?? [])} where Dutch has ${plain(choices)}`);
  }
  if (/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text))
    offences.push('holds a direction control character; let the page isolate it');
  return offences;
}

const scripts: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  ti: /\p{Script=Ethiopic}/u,
  uk: /\p{Script=Cyrillic}/u,
};

/** Whether a text of several lower-case Dutch words stands in a language of another script without one letter of it. */
export function isLeftUntranslated(language: string, source: string, text: string): boolean {
  const script = scripts[language];
  const bare = (words: string) => words.replace(/\{[^{}]*\}/g, ' ');
  const isSentence = (bare(source).match(/(?<!\p{L})\p{Ll}{2,}/gu) ?? []).length >= 2;
  return script !== undefined && isSentence && /\p{L}/u.test(bare(text)) && !script.test(text);
}
