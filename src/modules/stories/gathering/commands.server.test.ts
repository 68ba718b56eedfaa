import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../../initiatives/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../testing.ts';
import { gathererOf } from './access.ts';
import { beginStory, changeStory, standStory } from './commands.server.ts';
import { layElsewhere } from './elsewhere/commands.server.ts';
import { indexStory } from './jobs.server.ts';
import { ownStory, storyNamed } from './queries.server.ts';
import { parseStory } from './input.ts';

ownDatabase();
let teller: Viewer;
let maker: Viewer;
const everyone = { use: 'read', verdict: 'given', audience: 'public' } as const;
const proof = (viewer: Viewer) => {
  const gatherer = gathererOf(viewer);
  if (!gatherer) throw new Error('Nobody gathers.');
  return gatherer;
};
const wish = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ title: 'Samen', kind: 'series', language: 'nl', ...fields }))
    form.set(name, value);
  return parseStory(form).wish;
};
const begun = (fields: Record<string, string> = {}) =>
  withViewer(maker, async (tx) => {
    const id = await beginStory(tx, proof(maker), wish(fields));
    const { rows } = await sql<{ slug: string }>`select slug from core.story where id = ${id}`.execute(tx);
    return { id, slug: rows[0]?.slug ?? '' };
  });
const seen = (slug: string) => withViewer(visitor, (tx) => storyNamed(tx, slug));

beforeAll(async () => {
  await layField(aField([{ id: 'taalhuis', name: 'Taalhuis' }]));
  teller = await aPerson('Noor');
  maker = await aPerson('Maker', [{ role: 'facilitator' }]);
});

test('a visitor and someone without a role bring nothing together', () => {
  expect(gathererOf(visitor)).toBeNull();
  expect(gathererOf(teller)).toBeNull();
});

test('a story is seen by nobody else until it is opened, and by nobody when it is closed again', async () => {
  const { id, slug } = await begun({ initiatives: 'https://example.org/nl/initiatives/taalhuis?x=1' });
  expect(await seen(slug)).toBeNull();
  await withViewer(maker, (tx) => standStory(tx, proof(maker), id, 'open'));
  await indexStory({ story: id });
  expect(await seen(slug)).toMatchObject({ title: 'Samen', initiatives: [{ slug: 'taalhuis' }] });
  await withViewer(maker, (tx) => standStory(tx, proof(maker), id, 'draft'));
  expect(await seen(slug)).toBeNull();
});

test('only open tellings come into a story, in the order given; one that is taken back leaves it at once', async () => {
  const [first, second, hidden] = await Promise.all([
    aTelling({ teller, consents: [everyone] }),
    aTelling({ teller, consents: [everyone] }),
    aTelling({ teller, consents: [{ ...everyone, audience: 'network' }] }),
  ]);
  const { id, slug } = await begun({
    [`place-${first.id}`]: '2',
    [`place-${second.id}`]: '1',
    [`place-${hidden.id}`]: '3',
  });
  await withViewer(maker, (tx) => standStory(tx, proof(maker), id, 'open'));
  expect((await seen(slug))?.tellings).toEqual([second.id, first.id]);
  await withViewer(teller, (tx) => sql`select core.take_back(${second.id}, 'nl', 'screen')`.execute(tx));
  expect((await seen(slug))?.tellings).toEqual([first.id]);
});

test('nobody changes or opens a story of someone else, or sees it while it is not open', async () => {
  const { id } = await begun();
  const other = await aPerson('Ander', [{ role: 'editor' }]);
  expect(
    await withViewer(other, (tx) => changeStory(tx, proof(other), id, wish({ title: 'Van mij' }))),
  ).toMatchObject({ ok: false });
  expect(await withViewer(other, (tx) => standStory(tx, proof(other), id, 'open'))).toMatchObject({
    ok: false,
  });
  expect(await withViewer(other, (tx) => ownStory(tx, other, id))).toBeNull();
});

test('what is told elsewhere is described and linked, and a second time brought up to date', async () => {
  const row = {
    slug: 'elders',
    kind: 'blog' as const,
    language: 'nl',
    title: 'Elders',
    opening: 'Kort.',
    link: 'https://example.org/x',
    initiatives: ['taalhuis'],
    sources: ['x'],
  };
  await withViewer(operator, (tx) => layElsewhere(tx, [row]));
  await withViewer(operator, (tx) => layElsewhere(tx, [{ ...row, opening: 'Korter.' }]));
  expect(await seen('elders')).toMatchObject({
    opening: 'Korter.',
    link: 'https://example.org/x',
    initiatives: [{ slug: 'taalhuis' }],
  });
});

test('a form without a title, or with a link that is none, is told so and keeps what was typed', () => {
  const form = new FormData();
  form.set('link', 'javascript:alert(1)');
  form.set('opening', 'Vooraf');
  const { wish: kept, problems } = parseStory(form);
  expect(problems.map(({ field }) => field)).toEqual(['title', 'link']);
  expect(kept).toMatchObject({ opening: 'Vooraf', link: 'javascript:alert(1)' });
});
