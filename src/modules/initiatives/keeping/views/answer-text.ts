import type { Speech } from '#platform/i18n/speech.ts';
import { entryFields } from '../../model.ts';
import { usualVisibility, word, type Problem, type Question, type Typed } from '../model.ts';

/** The name of a language as readers call it; its code where they have no name for it. */
export function languageName(say: Speech, code: string): string {
  const key = `languages.name.${code}`;
  return say.has(key) ? say(key) : code;
}

/** The text of a key that is made of data, or the data where there is none. */
function named(say: Speech, key: string, otherwise: string): string {
  return say.has(key) ? say(key) : otherwise;
}

/** An answer in words; the empty text when nothing was said. */
export function answerText(say: Speech, question: Question, typed: Typed): string {
  const each = (field: string, key: string) =>
    (typed[field] ?? []).map((value) => named(say, `${key}.${value}`, value)).join(say('platform.comma'));
  switch (question) {
    case 'place':
      return [
        word(typed, 'place'),
        word(typed, 'point'),
        word(typed, 'precision') && say(`keeping.q.precision.${word(typed, 'precision') as 'town'}`),
      ]
        .filter(Boolean)
        .join(' · ');
    case 'kind':
      return each('kind', 'initiatives.kind');
    case 'scope':
      return each('scope', 'initiatives.scope');
    case 'phases':
      return each('phase', 'initiatives.phase');
    case 'themes':
      return each('theme', 'initiatives.theme');
    case 'languages':
      return (typed.language ?? []).map((code) => languageName(say, code)).join(say('platform.comma'));
    case 'led-by':
      return each('ledBy', 'initiatives.ledBy');
    case 'formality':
      return each('formality', 'initiatives.formality');
    case 'since':
      return word(typed, 'sinceYear');
    case 'kept-back':
      return [
        say(`keeping.show.${(word(typed, 'visibility') || 'public') as 'public'}`),
        ...entryFields.flatMap((field) => {
          const shown = word(typed, `show-${field}`);
          return shown === '' || shown === usualVisibility(field)
            ? []
            : [`${say(`keeping.part.${field}`)}: ${named(say, `keeping.show.${shown}`, shown)}`];
        }),
      ].join(' · ');
    default:
      return word(typed, question);
  }
}

/** What is wrong with an answer, as a sentence. */
export function problemText(say: Speech, { reason, most, didYouMean }: Problem): string {
  // Each name runs its own way, also between names of another script.
  const apart = (name: string) => `\u2068${name}\u2069`;
  const names = (didYouMean ?? []).map((place) =>
    place.municipalityCalled && place.municipalityCalled !== place.called
      ? `${apart(place.called)} (${apart(place.municipalityCalled)})`
      : apart(place.called),
  );
  return say(`keeping.problem.${reason}`, { most: most ?? 0, names: names.join(say('platform.comma')) });
}
