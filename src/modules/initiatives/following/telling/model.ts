import type { Day } from '#platform/clock.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { DatePrecision } from '../../model.ts';
import type { NewsItem, Wish, WishNames } from '../model.ts';

/** What someone follows, in a few words: 'Arnhem: work', 'everything'. What nobody knows any more is told as such. */
export function wishText(say: Speech, wish: Wish, names: WishNames): string {
  if (wish.entry !== null) return names.entry ?? say('following.wish.entry.gone');
  const places = [
    ...(wish.municipality === null ? [] : [names.municipality ?? wish.municipality]),
    ...(wish.province === null ? [] : [names.province ?? wish.province]),
    ...(wish.near === ''
      ? []
      : [say('following.wish.near', { place: names.near ?? wish.near, km: wish.within })]),
  ];
  const themes = wish.theme.map((theme) => say(`initiatives.theme.${theme}`));
  if (places.length + themes.length === 0) return say('following.wish.all');
  return [...places, ...themes].join(' · ');
}

/** When something was, as precisely as it was told. */
function when(say: Speech, day: Day | null, precision: DatePrecision): string {
  if (day === null || precision === 'unknown') return '';
  const part =
    precision === 'year' || precision === 'around' ? 'year' : precision === 'month' ? 'month' : 'day';
  return say(`initiatives.when.${precision}`, { day: dayIn(say.language, day, part) });
}

/** What changed in an entry on a day, in one line for each thing that is told; at most five. */
export function newsLines(say: Speech, item: NewsItem): string[] {
  if (item.what === 'added')
    return [say('following.news.added'), ...(item.summary ? [item.summary.words] : [])];
  const told = item.events.slice(0, 5).map(({ kind, day, precision, words }) => {
    const what = [say(`initiatives.event.${kind}`), when(say, day, precision)].filter(Boolean).join(' ');
    return words === null ? what : `${what}: ${words}`;
  });
  return told.length > 0 ? told : [say('following.news.changed')];
}

/** The name of an entry with its town. */
export const headOf = (say: Speech, { name, town }: Pick<NewsItem, 'name' | 'town'>): string =>
  town === null ? name : say('following.news.name', { name, town });
