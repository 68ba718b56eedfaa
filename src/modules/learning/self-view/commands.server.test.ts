import { afterEach, beforeAll, expect, test } from 'vitest';
import { stopClock } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { belongingsOf } from '../../initiatives/belongings/queries.server.ts';
import { aField, asAdmin, layField } from '../../initiatives/testing.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { keepSelfView, throwVersionAway } from './commands.server.ts';
import { parseSelfView } from './input.ts';
import { keepable, type SelfView } from './model.ts';
import { othersOf, selfViewsOf } from './queries.server.ts';

const database = ownDatabase();
let id = '';
let keeper: Viewer;

beforeAll(async () => {
  await layField(
    aField(
      [
        { id: 'ours', name: 'Het Onze' },
        { id: 'theirs', name: 'Het Hunne' },
        { id: 'far', name: 'Verre Vrienden' },
      ],
      { relations: [{ from: 'theirs', to: 'ours' }] },
    ),
  );
  const rows = await asAdmin<{ id: string }>(
    database.adminUrl,
    `select id from core.initiative where slug like '%onze%' or slug = 'ours'`,
  );
  id = rows[0]?.id ?? '';
  keeper = await aMember('Samira', id);
});
afterEach(() => stopClock());

const view = (more: Partial<SelfView> = {}): SelfView => ({
  brings: 'Wij hebben tijd.',
  needs: [],
  loses: '',
  ...more,
});
const keep = (typed: SelfView, viewer = keeper) =>
  withViewer(viewer, (tx) => keepSelfView(tx, id, 'nl', typed));
const versions = (viewer = keeper) => withViewer(viewer, (tx) => selfViewsOf(tx, id));

test('what is needed is needed of someone of the field by name, or of someone in words', async () => {
  const [other] = await withViewer(keeper, (tx) => othersOf(tx, id));
  expect(other?.name).toBe('Het Hunne');
  const slug = other?.slug ?? '';
  const needs = [
    { slug, whom: '', what: 'Hun zaal op zondag.' },
    { slug: null, whom: 'De gemeente', what: 'Ruimte om te proberen.' },
    // Only who there is a relation with is picked; of someone else it stays words.
    { slug: 'verre-vrienden', whom: 'Vrienden', what: 'Raad.' },
  ];
  expect((await keep(view({ needs }))).ok).toBe(true);
  expect((await versions())[0]?.needs).toEqual([
    { slug, whom: 'Het Hunne', what: 'Hun zaal op zondag.' },
    { slug: null, whom: 'De gemeente', what: 'Ruimte om te proberen.' },
    { slug: null, whom: 'Vrienden', what: 'Raad.' },
  ]);
});

test('every day has its own version: today is written over, before stays', async () => {
  stopClock(new Date('2026-12-01T10:00:00Z'));
  await keep(view({ brings: 'Eerst.' }));
  await keep(view({ brings: 'Beter.' }));
  stopClock(new Date('2027-03-01T10:00:00Z'));
  await keep(view({ brings: 'Een jaar verder.' }));
  const told = (await versions()).map(({ on, brings }) => [on, brings]);
  expect(told.slice(0, 2)).toEqual([
    ['2027-03-01', 'Een jaar verder.'],
    ['2026-12-01', 'Beter.'],
  ]);
  const [newest] = await versions();
  await withViewer(keeper, (tx) => throwVersionAway(tx, id, newest?.id ?? ''));
  expect((await versions())[0]?.brings).toBe('Beter.');
});

test('who does not keep the initiative neither reads nor writes it, not a municipality, not who checks entries', async () => {
  await keep(view());
  for (const viewer of [
    await aPerson('Bram'),
    await aPerson('Gemeente', [{ role: 'partner' }]),
    await aPerson('Vera', [{ role: 'verifier' }, { role: 'editor' }, { role: 'admin' }]),
  ]) {
    expect(await versions(viewer)).toEqual([]);
    await expect(keep(view(), viewer)).rejects.toThrow('may not keep');
  }
});

test('it goes along when the initiative takes its things', async () => {
  await keep(view({ loses: 'Het gewone.' }));
  const kept = await withViewer(keeper, (tx) => belongingsOf(tx, id));
  const tables = kept.ok ? kept.value : [];
  expect(JSON.stringify(tables.find(({ name }) => name === 'core.self_view')?.rows)).toContain('Het gewone.');
});

test('a need says of whom and what; an empty one is none; nothing at all is not kept', () => {
  const form = new FormData();
  form.set('brings', ' Tijd. ');
  form.set('of-1', 'het-hunne');
  form.set('what-1', 'Een zaal');
  form.set('whom-3', 'De gemeente');
  const typed = parseSelfView(form);
  expect(typed).toEqual({
    brings: 'Tijd.',
    loses: '',
    needs: [
      { slug: 'het-hunne', whom: '', what: 'Een zaal' },
      { slug: null, whom: 'De gemeente', what: '' },
    ],
  });
  expect(keepable(typed)).toEqual(refused('whom', { number: 2 }));
  expect(keepable({ brings: '', loses: '', needs: [] })).toEqual(refused('no-words'));
});
