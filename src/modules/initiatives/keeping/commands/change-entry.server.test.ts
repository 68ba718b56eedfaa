import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { entryNamed } from '../../entry/queries.server.ts';
import { aField, allOfPub, asAdmin, layField } from '../../testing.ts';
import { kept, save } from '../testing.ts';
import { layProposedChange, takeBackProposal } from './propose-changes.server.ts';

const database = ownDatabase();
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);
const street = (slug: string) => withViewer(visitor, (tx) => entryNamed(tx, slug, 'nl'));

let made = 0;
/** An entry of its own for one test, with someone who keeps it. */
async function anEntry(row: object = {}): Promise<{ id: string; slug: string; keeper: Viewer }> {
  const slug = `entry-${++made}`;
  await layField(aField([{ id: slug, name: `Buurtkamer ${made}`, ...row }]));
  const [found] = await admin<{ id: string }>('select id from core.initiative where slug = $1', [slug]);
  const id = found?.id ?? '';
  return { id, slug, keeper: await aMember('Samira', id) };
}

beforeAll(async () => {
  await layField(aField([{ id: 'first' }]));
}, 120_000);

test('a keeper’s change is on the street at once, as an event in its own voice with the day it was told for', async () => {
  const { id, slug, keeper } = await anEntry({ phases: ['landing'] });
  const saved = await save(keeper, id, {
    phase: ['landing', 'rooting'],
    text: 'Wij drinken koffie.',
    website: 'buurtkamer.example',
    when: 'since',
    'when-year': '2020',
    'when-month': '3',
  });
  expect(saved).toMatchObject({ kind: 'saved', waits: [], told: ['text', 'phases', 'website'] });
  const entry = await street(slug);
  expect(entry).toMatchObject({
    website: 'https://buurtkamer.example',
    confirmedOn: today(),
    text: { words: 'Wij drinken koffie.', origin: 'own' },
  });
  expect(entry?.periods.map((period) => [period.from, period.phases])).toEqual([
    ['2016-01-01', ['landing']],
    ['2020-03-01', ['landing', 'rooting']],
  ]);
  expect(entry?.events.at(-1)).toMatchObject({
    kind: 'changed',
    day: '2020-03-01',
    precision: 'month',
    saidBy: 'own',
  });
});

test('what was told wrongly here is corrected for as long as it stood, and what was held before stays known', async () => {
  const { id, slug, keeper } = await anEntry({ themes: ['work'] });
  await save(keeper, id, { theme: ['language', 'health'], when: 'wrong' });
  expect((await street(slug))?.periods.map((period) => period.themes)).toEqual([['health', 'language']]);
  const before = await admin<{ themes: string[] }>(
    'select themes from core.initiative_period_before where initiative_id = $1',
    [id],
  );
  expect(before.map((row) => row.themes)).toEqual([['work']]);
  const [note] = await admin<{ was: unknown }>(
    `select was from core.entry_change where initiative_id = $1 and field = 'themes'`,
    [id],
  );
  expect(note?.was).toEqual({ theme: ['work'] });
});

test('what is only said now, and was not said before, needs no answer to since when', async () => {
  const { id, slug, keeper } = await anEntry();
  expect(await save(keeper, id, { ledBy: 'refugee-led', language: ['ar', 'ti'] })).toMatchObject({
    kind: 'saved',
  });
  expect((await street(slug))?.periods[0]).toMatchObject({ ledBy: 'refugee-led', languages: ['ar', 'ti'] });
  expect(await save(keeper, id, { ledBy: 'together' })).toMatchObject({
    kind: 'problems',
    problems: [{ field: 'when', reason: 'when_missing' }],
  });
});

test('when it began is told in its own voice beside what public sources say, and the next reading of those changes nothing', async () => {
  const { id, slug, keeper } = await anEntry({ startYear: 2016 });
  await save(keeper, id, { since: 'around', sinceYear: '٢٠١٤' });
  const entry = await street(slug);
  expect(entry?.periods[0]?.from).toBe('2014-01-01');
  expect(entry?.events.map((event) => [event.day, event.precision, event.saidBy])).toEqual([
    ['2014-01-01', 'around', 'own'],
    ['2016-01-01', 'year', 'public-sources'],
  ]);
  expect((await kept(keeper, id)).typed).toMatchObject({ since: ['around'], sinceYear: ['2014'] });
  await layField(
    aField([{ id: slug, name: `Buurtkamer ${made}`, summary_nl: 'Nieuwe woorden.', startYear: 2016 }]),
  );
  expect((await street(slug))?.periods[0]?.from).toBe('2014-01-01');
});

describe('on an entry that a verifier checked', () => {
  test('the name, place and website wait for a verifier, and everything else is so at once', async () => {
    const { id, slug, keeper } = await anEntry({ website: 'https://oud.example' });
    await admin('update core.initiative set checked_on = current_date, checked_through = $2 where id = $1', [
      id,
      'call',
    ]);
    const saved = await save(keeper, id, {
      name: 'Huiskamer',
      place: 'Nijmegen',
      website: 'https://nieuw.example',
      text: 'Iedereen is welkom.',
      when: 'today',
    });
    expect(saved).toMatchObject({ kind: 'saved', told: ['text'], waits: ['name', 'place', 'website'] });
    expect(await street(slug)).toMatchObject({
      name: `Buurtkamer ${made}`,
      website: 'https://oud.example',
      text: { words: 'Iedereen is welkom.' },
    });
    const { waiting } = await kept(keeper, id);
    expect(waiting.map(({ words }) => words)).toEqual([
      expect.objectContaining({ name: { from: `Buurtkamer ${made}`, to: 'Huiskamer' } }),
      expect.objectContaining({ place: { from: 'Arnhem', to: 'Nijmegen' } }),
      expect.objectContaining({ website: { from: 'https://oud.example', to: 'https://nieuw.example' } }),
    ]);
    const verifier = await aPerson('Vera', [{ role: 'verifier' }]);
    for (const { id: proposal, words } of waiting)
      expect(
        await withViewer(verifier, (tx) => layProposedChange(tx, { id: proposal, initiative: id, words })),
      ).toBe(true);
    expect(await street(slug)).toMatchObject({ name: 'Huiskamer', website: 'https://nieuw.example' });
    expect((await street(slug))?.periods.at(-1)).toMatchObject({ town: 'Nijmegen' });
  });

  test('the same proposed again takes the place of the first, and any keeper takes it back', async () => {
    const { id, keeper } = await anEntry();
    await admin('update core.initiative set checked_on = current_date, checked_through = $2 where id = $1', [
      id,
      'call',
    ]);
    await save(keeper, id, { name: 'Eerst', when: 'wrong' });
    await save(keeper, id, { name: 'Daarna', when: 'wrong' });
    const [waits, ...more] = (await kept(keeper, id)).waiting;
    expect([waits?.words.name?.to, more]).toEqual(['Daarna', []]);
    const other = await aMember('Yonas', id);
    expect(await withViewer(other, (tx) => takeBackProposal(tx, id, waits?.id ?? ''))).toBe(true);
    expect((await kept(keeper, id)).waiting).toEqual([]);
    const stranger = await aPerson('Stranger');
    expect(await withViewer(stranger, (tx) => takeBackProposal(tx, id, waits?.id ?? ''))).toBe(false);
  });

  test('a verifier changes it at once, in their own voice, and does not confirm it for the initiative', async () => {
    const { id, slug } = await anEntry();
    await admin('update core.initiative set checked_on = current_date, checked_through = $2 where id = $1', [
      id,
      'call',
    ]);
    const verifier = await aPerson('Vera', [{ role: 'verifier' }]);
    expect(await save(verifier, id, { name: 'Nageplozen', when: 'today', pointShown: 'no' })).toMatchObject({
      kind: 'saved',
      waits: [],
    });
    expect(await street(slug)).toMatchObject({ name: 'Nageplozen', confirmedOn: null });
    expect((await street(slug))?.events.at(-1)).toMatchObject({ kind: 'renamed', saidBy: 'verifier' });
  });
});

describe('two keepers at once lose nothing', () => {
  test('what they changed apart stands together', async () => {
    const { id, slug, keeper } = await anEntry();
    const other = await aMember('Yonas', id);
    const began = (await kept(keeper, id)).typed;
    await save(other, id, { website: 'https://yonas.example' });
    const saved = await save(keeper, id, { text: 'Van Samira.' }, began);
    expect(saved).toMatchObject({ kind: 'saved', told: ['text'], theirs: ['website'] });
    expect(await street(slug)).toMatchObject({
      website: 'https://yonas.example',
      text: { words: 'Van Samira.' },
    });
  });

  test('what they answered otherwise comes back, both of it, and nothing is saved over', async () => {
    const { id, slug, keeper } = await anEntry();
    const other = await aMember('Yonas', id);
    const began = (await kept(keeper, id)).typed;
    await save(other, id, { text: 'Van Yonas.' });
    const saved = await save(keeper, id, { text: 'Van Samira.', phone: '026 123 45 67' }, began);
    if (saved.kind !== 'clash') throw new Error(saved.kind);
    expect(saved.clashes).toEqual(['text']);
    expect([saved.typed.text, saved.now.text, saved.typed.phone]).toEqual([
      ['Van Samira.'],
      ['Van Yonas.'],
      ['026 123 45 67'],
    ]);
    expect(await street(slug)).toMatchObject({ text: { words: 'Van Yonas.' } });
    expect(await save(keeper, id, { text: 'Van ons samen.' }, saved.now)).toMatchObject({ kind: 'saved' });
  });

  test('when both press the button in the same moment, one of them is asked again', async () => {
    const { id, keeper } = await anEntry();
    const began = (await kept(keeper, id)).typed;
    const saved = await Promise.all(['Eerst.', 'Ook.'].map((text) => save(keeper, id, { text }, began)));
    expect(saved.map(({ kind }) => kind).sort()).toEqual(['clash', 'saved']);
  });

  test('who began with something we cannot read is shown everything that differs', async () => {
    const { id, keeper } = await anEntry();
    expect(await save(keeper, id, { ...(await kept(keeper, id)).typed, text: 'Anders.' }, {})).toMatchObject({
      kind: 'clash',
      clashes: ['text'],
    });
  });
});

test('a stranger changes nothing, and is told no more than who asks for an entry that never was', async () => {
  const { id } = await anEntry();
  const { typed } = await kept(operator, id);
  for (const stranger of [await aPerson('Stranger'), await aMember('Elders', (await anEntry()).id)])
    expect(await save(stranger, id, { text: 'Van mij.' }, typed)).toEqual({ kind: 'absent' });
  const stranger = await aPerson('Stranger');
  expect(await save(stranger, '00000000-0000-7000-8000-000000000000', { text: 'Van mij.' }, typed)).toEqual({
    kind: 'absent',
  });
});

test('hostile words get a clear answer, and what could be read of them is kept', async () => {
  const { id, slug, keeper } = await anEntry();
  const nasty = {
    name: 'Buurt\u202ekamer',
    text: 'a'.repeat(10_000),
    audiences: 'kin\u0000deren',
    when: 'wrong',
  };
  const saved = await save(keeper, id, nasty);
  if (saved.kind !== 'problems') throw new Error(saved.kind);
  expect(saved.problems.map(({ field, reason }) => `${field} ${reason}`).sort()).toEqual([
    'audiences unreadable',
    'name unreadable',
    'text too_long',
  ]);
  expect([saved.typed.name, saved.typed.text?.[0]?.length, saved.typed.audiences]).toEqual([
    ['Buurtkamer'],
    10_000,
    ['kinderen'],
  ]);
  expect((await street(slug))?.text?.words).not.toContain('aaa');
});

describe('a place', () => {
  test('that nobody knows is asked after, with what may have been meant', async () => {
    const { id, keeper } = await anEntry();
    const saved = await save(keeper, id, { place: 'Lewarden', when: 'wrong' });
    if (saved.kind !== 'problems') throw new Error(saved.kind);
    expect(saved.problems[0]).toMatchObject({ field: 'place', reason: 'place_which' });
    expect(saved.problems[0]?.didYouMean?.map((place) => place.name)).toContain('Leeuwarden');
  });

  test('that is kept back appears nowhere the street can read, nor where it was before', async () => {
    const { id, slug, keeper } = await anEntry();
    await save(keeper, id, {
      place: 'Velp, Rheden',
      point: '51.99876, 5.97654',
      precision: 'exact',
      when: 'today',
    });
    expect((await street(slug))?.periods.at(-1)?.town).toBe('Velp');
    await save(keeper, id, {
      'show-place': 'hidden',
      'why-place': 'safety',
      name: 'Zwaluwnest',
      when: 'wrong',
    });
    expect(
      (await street(slug))?.periods.map((period) => [period.precision, period.town, period.province]),
    ).toEqual([
      ['hidden', null, null],
      ['hidden', null, null],
    ]);
    for (const [table, text] of await allOfPub(database.adminUrl)) {
      expect(text, table).not.toMatch(/51\.99876|5\.97654/);
      if (!/^(place|search_|municipality)/.test(table))
        expect(
          text
            .split('\n')
            .filter((line) => line.includes(id))
            .join(),
          table,
        ).not.toMatch(/Velp|GM0275|PV25/);
    }
    const [why] = await admin<{ kept_back: object }>('select kept_back from pub.initiative where id = $1', [
      id,
    ]);
    expect(why?.kept_back).toEqual({ place: 'safety' });
    expect((await kept(keeper, id)).typed).toMatchObject({ point: ['51.99876, 5.97654'] });
  });

  test('is shown less precisely wherever it ever was', async () => {
    const { id, slug, keeper } = await anEntry();
    await save(keeper, id, { place: 'Nijmegen', when: 'today' });
    await save(keeper, id, { precision: 'region' });
    expect((await street(slug))?.periods.map((period) => [period.precision, period.town])).toEqual([
      ['region', null],
      ['region', null],
    ]);
  });

  test('shows its exact point to its keeper, and to a verifier only when they ask', async () => {
    const { id, keeper } = await anEntry({ lat: 51.98765, lon: 5.91234 });
    expect((await kept(keeper, id)).typed.point).toEqual(['51.98765, 5.91234']);
    const verifier = await aPerson('Vera', [{ role: 'verifier' }]);
    const seen = await kept(verifier, id);
    expect([seen.hasPoint, seen.pointShown, seen.typed.point]).toEqual([true, false, []]);
    await save(verifier, id, { text: 'Gebeld.', pointShown: 'no' });
    expect((await kept(keeper, id)).typed.point).toEqual(['51.98765, 5.91234']);
  });
});

test('an entry that its keeper hides leaves the street in the same moment, and comes back', async () => {
  const { id, slug, keeper } = await anEntry();
  await save(keeper, id, { visibility: 'network' });
  expect(await street(slug)).toBeNull();
  await save(keeper, id, { visibility: 'public' });
  expect(await street(slug)).not.toBeNull();
});

test('a beginning after a relation began is refused, and nothing of the change is kept', async () => {
  const a = `entry-${++made}`;
  const b = `entry-${++made}`;
  await layField(
    aField([{ id: a }, { id: b }], { relations: [{ from: a, to: b, since: '2017', until: '2018' }] }),
  );
  const [found] = await admin<{ id: string }>('select id from core.initiative where slug = $1', [a]);
  const keeper = await aMember('Samira', found?.id ?? '');
  const saved = await save(keeper, found?.id ?? '', { since: 'year', sinceYear: '2022', text: 'Nieuw.' });
  expect(saved).toMatchObject({
    kind: 'problems',
    problems: [{ field: 'sinceYear', reason: 'relations_outside' }],
  });
  expect((await street(a))?.text?.words).not.toBe('Nieuw.');
  await withViewer(operator, (tx) => sql`set constraints all immediate`.execute(tx));
});
