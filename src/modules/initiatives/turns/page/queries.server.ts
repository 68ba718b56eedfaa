import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { voiceOf } from '../../queries.server.ts';
import { notKnown, typedOf } from '../../when/model.ts';
import { offered, type Teller, type Telling, type TurnKind, type Words } from '../model.ts';
import { isTurnKind, livedEntry, wordsOf, type LivedEntry } from '../queries.server.ts';
import { formInstead, type ShownTelling, type TellingPage, type TurnPage } from './model.ts';

/** What can be told of an entry, and what was told of it; null when it is not theirs to tell. */
export async function tellingPage(tx: Tx, id: string, language: Language): Promise<TellingPage | null> {
  const teller = await voiceOf(tx, id);
  const lived = teller && (await livedEntry(tx, id));
  if (!teller || !lived) return null;
  const { slug, name, checked, life } = lived;
  const told = await shownTellings(tx, lived, teller, language);
  return { entry: { slug, name }, teller, checked, offered: offered(life, teller), told };
}

async function shownTellings(
  tx: Tx,
  { id, life }: LivedEntry,
  teller: Teller,
  language: Language,
): Promise<ShownTelling[]> {
  const words = await wordsOf(tx, id, language);
  const overtaken = new Set(life.tellings.flatMap(({ insteadOf }) => insteadOf ?? []));
  return life.tellings
    .filter(({ kind }) => kind !== 'checked' && kind !== 'confirmed')
    .map(({ fact, kind, day, precision, saidBy, key }) => {
      const mine = saidBy === teller;
      const follows = key.endsWith('/ended');
      return {
        fact,
        kind,
        day,
        precision,
        saidBy,
        words: words.get(fact) ?? null,
        again: mine && isTurnKind(kind) && !follows ? kind : null,
        instead: !mine && !(teller === 'verifier' && saidBy === 'own') ? formInstead(kind) : null,
        overtaken: overtaken.has(fact),
      };
    });
}

/** The form of one turn, of a fact of theirs that is told anew, or of one that is told differently; null when it is not theirs to tell. */
export async function turnPage(
  tx: Tx,
  id: string,
  kind: TurnKind,
  { fact, insteadOf }: { readonly fact: string | null; readonly insteadOf: string | null },
  language: Language,
): Promise<TurnPage | null> {
  const teller = await voiceOf(tx, id);
  const lived = teller && (await livedEntry(tx, id));
  if (!teller || !lived) return null;
  const { slug, name, life } = lived;
  const page = { entry: { slug, name }, teller, kind };
  if (fact === null && insteadOf === null)
    return kind === 'changed'
      ? null
      : { ...page, again: false, query: '', quoted: null, typed: {}, alternative: null };
  const told = await shownTellings(tx, lived, teller, language);
  const quoted = told.find((one) => one.fact === (fact ?? insteadOf));
  if (!quoted || (fact !== null ? quoted.again !== kind : quoted.instead === null)) return null;
  const held = life.tellings.find((one) => one.fact === fact);
  const typed = held ? typedOfTelling(held, quoted.words) : {};
  const query = fact !== null ? `&fact=${fact}` : `&instead=${insteadOf}`;
  const other = kind === 'changed' ? quoted.instead : 'changed';
  const alternative = fact === null && other !== kind ? other : null;
  return { ...page, again: fact !== null, query, quoted, typed, alternative };
}

function typedOfTelling(
  { day, precision, change, sources }: Telling,
  words: Words | null,
): Readonly<Record<string, string>> {
  // What is only known to be so by a day has no day of its own.
  const when = precision === 'at-latest' ? notKnown : { day, precision };
  return {
    ...Object.fromEntries(Object.entries(typedOf(when)).map(([part, value]) => [`when-${part}`, value])),
    name: change.name ?? '',
    formality: change.formality ? String(change.formality) : '',
    scope: change.scope ?? '',
    words: words?.text ?? '',
    language: words?.language ?? '',
    source: sources[0] ?? '',
  };
}
