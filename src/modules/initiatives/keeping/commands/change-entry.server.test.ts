import { expect, describe, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aField, asAdmin, layField } from '../../testing.ts';
import { aKeptEntry, kept, onTheStreet, save } from '../testing.ts';
import { layProposedChange, takeBackProposal } from './propose-changes.server.ts';

const database = ownDatabase();
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

test('a keeper’s change is on the street at once, as an event in its own voice with the day it was told for', async () => {
  const { id, slug, keeper } = await aKeptEntry({ phases: ['landing'] });
  const saved = await save(keeper, id, {
    phase: ['landing', 'rooting'],
    text: 'Wij drinken koffie.',
    website: 'buurtkamer.example',
    when: 'since',
    'when-year': '2020',
    'when-month': '3',
  });
  expect(saved).toMatchObject({ kind: 'saved', waits: [], told: ['text', 'phases', 'website'] });
  const entry = await onTheStreet(slug);
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
  const { id, slug, keeper } = await aKeptEntry({ themes: ['work'] });
  await save(keeper, id, { theme: ['language', 'health'], when: 'wrong' });
  expect((await onTheStreet(slug))?.periods.map((period) => period.themes)).toEqual([['health', 'language']]);
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
  const { id, slug, keeper } = await aKeptEntry();
  expect(await save(keeper, id, { ledBy: 'refugee-led', language: ['ar', 'ti'] })).toMatchObject({
    kind: 'saved',
  });
  expect((await onTheStreet(slug))?.periods[0]).toMatchObject({
    ledBy: 'refugee-led',
    languages: ['ar', 'ti'],
  });
  expect(await save(keeper, id, { ledBy: 'together' })).toMatchObject({
    kind: 'problems',
    problems: [{ field: 'when', reason: 'when_missing' }],
  });
});

test('when it began is told in its own voice beside what public sources say, and the next reading of those changes nothing', async () => {
  const { id, slug, name, keeper } = await aKeptEntry({ startYear: 2016 });
  await save(keeper, id, { since: 'around', sinceYear: '٢٠١٤' });
  const entry = await onTheStreet(slug);
  expect(entry?.periods[0]?.from).toBe('2014-01-01');
  expect(entry?.events.map((event) => [event.day, event.precision, event.saidBy])).toEqual([
    ['2014-01-01', 'around', 'own'],
    ['2016-01-01', 'year', 'public-sources'],
  ]);
  expect((await kept(keeper, id)).typed).toMatchObject({ since: ['around'], sinceYear: ['2014'] });
  await layField(aField([{ id: slug, name, summary_nl: 'Nieuwe woorden.', startYear: 2016 }]));
  expect((await onTheStreet(slug))?.periods[0]?.from).toBe('2014-01-01');
});

describe('on an entry that a verifier checked', () => {
  test('the name, place and website wait for a verifier, and everything else is so at once', async () => {
    const { id, slug, name, keeper } = await aKeptEntry({ website: 'https://oud.example' });
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
    expect(await onTheStreet(slug)).toMatchObject({
      name,
      website: 'https://oud.example',
      text: { words: 'Iedereen is welkom.' },
    });
    const { waiting } = await kept(keeper, id);
    expect(waiting.map(({ words }) => words)).toEqual([
      expect.objectContaining({ name: { from: name, to: 'Huiskamer' } }),
      expect.objectContaining({ place: { from: 'Arnhem', to: 'Nijmegen' } }),
      expect.objectContaining({ website: { from: 'https://oud.example', to: 'https://nieuw.example' } }),
    ]);
    const verifier = await aPerson('Vera', [{ role: 'verifier' }]);
    for (const { id: proposal, words } of waiting)
      expect(
        await withViewer(verifier, (tx) => layProposedChange(tx, { id: proposal, initiative: id, words })),
      ).toBe(true);
    expect(await onTheStreet(slug)).toMatchObject({ name: 'Huiskamer', website: 'https://nieuw.example' });
    expect((await onTheStreet(slug))?.periods.at(-1)).toMatchObject({ town: 'Nijmegen' });
  });

  test('the same proposed again takes the place of the first, and any keeper takes it back', async () => {
    const { id, keeper } = await aKeptEntry();
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
    const { id, slug } = await aKeptEntry();
    await admin('update core.initiative set checked_on = current_date, checked_through = $2 where id = $1', [
      id,
      'call',
    ]);
    const verifier = await aPerson('Vera', [{ role: 'verifier' }]);
    expect(await save(verifier, id, { name: 'Nageplozen', when: 'today', pointShown: 'no' })).toMatchObject({
      kind: 'saved',
      waits: [],
    });
    expect(await onTheStreet(slug)).toMatchObject({ name: 'Nageplozen', confirmedOn: null });
    expect((await onTheStreet(slug))?.events.at(-1)).toMatchObject({ kind: 'renamed', saidBy: 'verifier' });
  });
});

test('a stranger changes nothing, and is told no more than who asks for an entry that never was', async () => {
  const { id } = await aKeptEntry();
  const { typed } = await kept(operator, id);
  for (const stranger of [await aPerson('Stranger'), await aMember('Elders', (await aKeptEntry()).id)])
    expect(await save(stranger, id, { text: 'Van mij.' }, typed)).toEqual({ kind: 'absent' });
  const stranger = await aPerson('Stranger');
  expect(await save(stranger, '00000000-0000-7000-8000-000000000000', { text: 'Van mij.' }, typed)).toEqual({
    kind: 'absent',
  });
});

test('hostile words get a clear answer, and what could be read of them is kept', async () => {
  const { id, slug, keeper } = await aKeptEntry();
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
  expect((await onTheStreet(slug))?.text?.words).not.toContain('aaa');
});

test('an entry that its keeper hides leaves the street in the same moment, and comes back', async () => {
  const { id, slug, keeper } = await aKeptEntry();
  await save(keeper, id, { visibility: 'network' });
  expect(await onTheStreet(slug)).toBeNull();
  await save(keeper, id, { visibility: 'public' });
  expect(await onTheStreet(slug)).not.toBeNull();
});

test('a beginning after a relation began is refused, and nothing of the change is kept', async () => {
  const [a, b] = ['oever', 'overkant'];
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
  expect((await onTheStreet(a))?.text?.words).not.toBe('Nieuw.');
});
