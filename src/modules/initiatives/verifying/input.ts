import { isMunicipalityCode } from '#modules/places/model.ts';
import { daysLater, isDay, type Day } from '#platform/clock.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { parseSince, type AskingProblem, type Given, type Parsed } from '../asking/input.ts';
import { readable } from '../input.ts';
import { channels } from '../model.ts';
import {
  deskDeeds,
  founds,
  keyOf,
  matterKinds,
  orders,
  whoses,
  type Checking,
  type DeskDeed,
  type MatterName,
  type QueueWish,
} from './model.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const mostMatters = 200;

const word = (given: Given, name: string): string => {
  const value = given.get(name);
  return typeof value === 'string' ? readable(value).trim().normalize('NFC').toWellFormed() : '';
};
const oneOf = <Option extends string>(options: readonly Option[], given: string): Option | null =>
  options.find((option) => option === given) ?? null;

/** Whether a word is the key of anything at all. */
export const isKey = (given: string): boolean => uuid.test(given);

/** What someone wants to see of what waits; what could not be understood falls away. */
export function parseQueueWish(query: URLSearchParams): QueueWish {
  const municipality = word(query, 'municipality');
  const page = word(query, 'page');
  return {
    kinds: matterKinds.filter((kind) => query.getAll('kind').includes(kind)),
    whose: oneOf(whoses, word(query, 'whose')) ?? 'all',
    q: word(query, 'q').slice(0, 100),
    municipality: isMunicipalityCode(municipality) ? municipality : '',
    order: oneOf(orders, word(query, 'order')) ?? 'oldest',
    page: /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1,
  };
}

/** The same wish as a question in an address, for keeping it; the page is left out. */
export function queueAddress(wish: QueueWish): string {
  const query = new URLSearchParams();
  for (const kind of wish.kinds) query.append('kind', kind);
  if (wish.whose !== 'all') query.set('whose', wish.whose);
  if (wish.q !== '') query.set('q', wish.q);
  if (wish.municipality !== '') query.set('municipality', wish.municipality);
  if (wish.order !== 'oldest') query.set('order', wish.order);
  return query.toString();
}

function matterFrom(given: FormDataEntryValue): MatterName | null {
  if (typeof given !== 'string') return null;
  const [kind, subject = ''] = given.split(':', 2);
  const known = matterKinds.find((each) => each === kind);
  return known && isKey(subject) ? { kind: known, subject } : null;
}

/** The matters a form names: the one whose own button was pressed, else all that are ticked, each once. */
export function parseMatters(form: FormData): MatterName[] {
  const only = form.get('only');
  const given = only === null ? form.getAll('matter').slice(0, mostMatters) : [only];
  const named = given.flatMap((one) => matterFrom(one) ?? []);
  return [...new Map(named.map((one) => [keyOf(one), one])).values()];
}

/** How someone tried to find out, as a form tells it. */
export function parseChecking(form: FormData, today: Day): Parsed<Checking> {
  const problems: AskingProblem[] = [];
  const channel = oneOf(channels, word(form, 'channel'));
  const found = oneOf(founds, word(form, 'found'));
  const note = word(form, 'note');
  const day = word(form, 'day') === '' ? today : word(form, 'day');
  const since = found === 'stopped' ? parseSince(form, today) : null;
  if (!channel) problems.push({ field: 'channel', reason: 'verifying.desk.problem.channel' });
  if (!found) problems.push({ field: 'found', reason: 'verifying.desk.problem.found' });
  if (!isDay(day) || day > today || day < daysLater(today, -366))
    problems.push({ field: 'day', reason: 'verifying.desk.problem.day' });
  if (note.length > 2000) problems.push({ field: 'note', reason: 'verifying.desk.problem.long' });
  if (since?.ok === false) problems.push(...since.problems);
  if (problems.length > 0 || !channel || !found || since?.ok === false) return { ok: false, problems };
  return {
    ok: true,
    value: { channel, day, found, note: note === '' ? null : note, since: since?.value ?? null },
  };
}

/** What is to be done with the matters of a form. `home` is the address of the house, for links in letters. */
export function parseDeed(
  form: FormData,
  { today, home, language }: { readonly today: Day; readonly home: string; readonly language: Language },
): Parsed<DeskDeed> {
  const problem = (field: string, reason: AskingProblem['reason']): Parsed<DeskDeed> => ({
    ok: false,
    problems: [{ field, reason }],
  });
  const deed = oneOf(deskDeeds, word(form, 'deed'));
  const why = word(form, 'why');
  if (why.length > 1000) return problem('why', 'verifying.desk.problem.long');
  switch (deed) {
    case 'take':
    case 'let-go':
      return { ok: true, value: { deed } };
    case 'give': {
      const to = word(form, 'to');
      return isKey(to)
        ? { ok: true, value: { deed, to } }
        : problem('to', 'verifying.desk.problem.colleague');
    }
    case 'accept':
      return { ok: true, value: { deed, why: why.length < 3 ? null : why } };
    case 'decline':
      return why.length < 3
        ? problem('why', 'verifying.desk.problem.why')
        : { ok: true, value: { deed, why } };
    case 'check': {
      const checking = parseChecking(form, today);
      return checking.ok ? { ok: true, value: { deed, checking: checking.value } } : checking;
    }
    case 'ask':
      return { ok: true, value: { deed, home } };
    case 'weigh': {
      const stance = oneOf(['confirms', 'disputes'] as const, word(form, 'stance'));
      if (!stance) return problem('stance', 'verifying.desk.problem.stance');
      if (stance === 'disputes' && why === '') return problem('why', 'verifying.desk.problem.found.why');
      return { ok: true, value: { deed, stance, said: why === '' ? null : { language, text: why } } };
    }
    default:
      return problem('deed', 'verifying.desk.problem.deed');
  }
}

/** A name for a filter that someone keeps. */
export function parseFilterName(form: FormData): Parsed<string> {
  const name = word(form, 'name');
  if (name === '') return { ok: false, problems: [{ field: 'name', reason: 'verifying.desk.problem.name' }] };
  if (name.length > 60)
    return { ok: false, problems: [{ field: 'name', reason: 'verifying.desk.problem.long' }] };
  return { ok: true, value: name };
}
