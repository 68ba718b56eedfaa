import * as v from 'valibot';
import { fold } from '../../search/model.ts';
import { registers, reservedSlugs, type Register } from '../model.ts';
import type { ToldVersion, ToldWord } from './model.ts';

const words = (most: number) =>
  v.pipe(
    v.string('missing'),
    v.normalize('NFC'),
    v.trim(),
    v.minLength(1, 'missing'),
    v.maxLength(most, 'wrong_form'),
  );

/** A row of glossary.json; its reasons are those of every file of a field. */
export const wordRow = v.object({
  id: v.pipe(
    v.string('missing'),
    v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not_a_slug'),
    v.maxLength(80, 'not_a_slug'),
    v.check((id) => !reservedSlugs.includes(id), 'not_a_slug'),
  ),
  nl: words(160),
  en: words(160),
  register: v.picklist(registers, 'not_allowed'),
  plain_nl: words(600),
  plain_en: words(600),
  tension: words(600),
  tension_nl: v.optional(words(600)),
  alternatives: v.pipe(v.array(words(80), 'wrong_form'), v.maxLength(8, 'wrong_form')),
  sources: v.pipe(v.array(words(1000), 'wrong_form'), v.minLength(1, 'missing')),
});
type Row = v.InferOutput<typeof wordRow>;

/** `PIP (Plan Inburgering)` is a word and its other form. */
function formsOf(written: string): { term: string; also: string[] } {
  const found = /^(.+?)\s*\(([^)]+)\)$/.exec(written);
  return found ? { term: found[1] ?? written, also: [found[2] ?? ''] } : { term: written, also: [] };
}

/**
 * The words a glossary tells. Its alternatives are, as we read them, how people say it themselves; one that is a word of the
 * glossary in its own right keeps the register it has there.
 */
export function wordsFrom(rows: readonly Row[]): ToldWord[] {
  const known = new Map<string, Register>(
    rows.map(({ nl, register }) => [fold(formsOf(nl).term), register] as const),
  );
  return rows.map((row): ToldWord => {
    const hides = { en: row.tension, ...(row.tension_nl ? { nl: row.tension_nl } : {}) };
    const head = (language: 'nl' | 'en', meaning: string): ToldVersion => ({
      register: row.register,
      language,
      ...formsOf(row[language]),
      meaning,
      hides,
      sources: row.sources,
    });
    const others = row.alternatives.map((term): ToldVersion => ({
      register: known.get(fold(term)) ?? 'lived',
      language: 'nl',
      ...formsOf(term),
      meaning: null,
      hides: {},
      sources: row.sources,
    }));
    return { slug: row.id, versions: [head('nl', row.plain_nl), head('en', row.plain_en), ...others] };
  });
}
