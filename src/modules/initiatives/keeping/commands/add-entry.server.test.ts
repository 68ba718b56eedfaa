import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { aPerson } from '#modules/people/testing.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { entryNamed } from '../../entry/queries.server.ts';
import { entryKnown } from '../../entry/queries/known.server.ts';
import { makeLink } from '../../links/commands.server.ts';
import { linkNamed } from '../../links/queries.server.ts';
import { allOfPub, asAdmin, find } from '../../testing.ts';
import { entryToKeep } from '../queries.server.ts';
import { anAddedEntry, formOf, kept, lay, save } from '../testing.ts';
import { typedIn } from '../input.ts';
import { addEntry } from './add-entry.server.ts';
import { confirmEntry } from './confirm-entry.server.ts';
import { bringBackEntry, withdrawEntry } from './withdraw-entry.server.ts';

const database = ownDatabase();
const street = (slug: string) => withViewer(visitor, (tx) => entryNamed(tx, slug, 'nl'));
const standing = async (id: string) =>
  (
    await asAdmin<{ standing: string }>(
      database.adminUrl,
      'select standing from core.initiative where id = $1',
      [id],
    )
  )[0]?.standing;

/** A link that was mailed to add something, and has not done so yet. */
async function anAddLink() {
  const { word } = await withViewer(house, (tx) =>
    makeLink(tx, { initiative: null, purpose: 'add', sentTo: 'post@brug.example', language: 'nl' }),
  );
  const link = await linkNamed(word, 'add');
  if (!link) throw new Error('The link opens nothing.');
  return { word, viewer: link.viewer };
}

beforeAll(() => withViewer(operator, (tx) => loadPlaces(tx)), 120_000);

test('who is signed in adds an entry that waits for a verifier, keeps it meanwhile, and nobody else sees it', async () => {
  const samira = await aPerson('Samira');
  const { id, slug } = await anAddedEntry(samira, {
    ...{
      text: 'نشرب الشاي معا',
      textLanguage: 'ar',
      phase: ['landing'],
      sinceYear: '2021',
      ledBy: 'refugee-led',
    },
    ...{ audiences: 'vrouwen, buren', mail: 'post@brug.example' },
  });
  expect(slug).toMatch(/^taalcafe-de-brug-[a-z2-9]{4}$/);
  expect(await standing(id)).toBe('proposed');
  expect(await street(slug)).toBeNull();
  expect((await find('q=Brug')).stones).toEqual([]);
  for (const [table, text] of await allOfPub(database.adminUrl)) expect(text, table).not.toContain(slug);
  for (const other of [await aPerson('Ander'), await aPerson('Partner', [{ role: 'partner' }])])
    expect(await withViewer(other, (tx) => entryKnown(tx, slug, 'nl'))).toBeNull();
  expect(await kept(samira, id)).toMatchObject({ own: true, standing: 'proposed', confirmedOn: today() });
  await save(samira, id, { text: 'نشرب القهوة معا' });
  await lay(id);
  expect(await street(slug)).toMatchObject({
    ...{ origin: 'own', text: { language: 'ar', words: 'نشرب القهوة معا' }, mail: null },
    periods: [{ from: '2021-01-01', town: 'Arnhem', ledBy: 'refugee-led', phases: ['landing'] }],
    events: [{ kind: 'founded', day: '2021-01-01', saidBy: 'own' }],
  });
  expect((await find('q=Brug')).stones.map((stone) => stone.slug)).toEqual([slug]);
});

test('an entry of which nothing but name and place was said can still be found by its name', async () => {
  const { id, slug } = await anAddedEntry(await aPerson('Samira'), { name: 'Vuurvlieg' });
  await lay(id);
  expect((await find('q=Vuurvlieg')).stones.map((stone) => stone.slug)).toEqual([slug]);
  expect((await street(slug))?.periods[0]).toMatchObject({ startKnown: false, ledBy: 'not-said' });
});

test('two initiatives of one name both get an address, which tells neither of the other', async () => {
  const samira = await aPerson('Samira');
  const [one, other] = [
    await anAddedEntry(samira, { name: 'Zelfde' }),
    await anAddedEntry(samira, { name: 'Zelfde' }),
  ];
  expect(new Set([one.slug, other.slug]).size).toBe(2);
  for (const { slug } of [one, other]) expect(slug).toMatch(/^zelfde-[a-z2-9]{4}$/);
});

test('a visitor adds nothing', async () => {
  const given = typedIn(formOf({ name: 'Brug', place: 'Arnhem' }));
  await expect(withViewer(visitor, (tx) => addEntry(tx, given, 'nl'))).rejects.toThrow();
});

test('what cannot be taken is told, and nothing is added', async () => {
  const samira = await aPerson('Samira');
  const before = await asAdmin(database.adminUrl, 'select from core.initiative');
  const given = typedIn(formOf({ name: 'Brug', place: 'Nergenshuizen' }));
  const added = await withViewer(samira, (tx) => addEntry(tx, given, 'nl'));
  expect(added).toMatchObject({ ok: false, problems: [{ field: 'place', reason: 'place_unknown' }] });
  expect(await asAdmin(database.adminUrl, 'select from core.initiative')).toHaveLength(before.length);
});

describe('a link', () => {
  test('adds one entry and opens that one from then on, and no other', async () => {
    const { word, viewer } = await anAddLink();
    const { id } = await anAddedEntry(viewer, { name: 'Met een link' });
    expect((await linkNamed(word, 'keep', 'add'))?.initiative).toBe(id);
    expect(await save(viewer, id, { text: 'Wij zijn er.' })).toMatchObject({ kind: 'saved' });
    const other = await anAddedEntry(await aPerson('Yonas'), { name: 'Van een ander' });
    expect(await withViewer(viewer, (tx) => entryToKeep(tx, other.id, 'nl'))).toBeNull();
    await lay(other.id);
    expect(await withViewer(viewer, (tx) => entryToKeep(tx, other.id, 'nl'))).toBeNull();
    await expect(
      withViewer(viewer, (tx) =>
        sql`update vault.entry_link set initiative_id = ${other.id} where id = ${viewer.id}`.execute(tx),
      ),
    ).rejects.toThrow('A link opens only its own entry.');
  });

  test('that has ended or run out opens nothing, and no more than a word that never was', async () => {
    for (const end of ['ended_at = now()', `until = now(), made_at = now() - interval '2 days'`]) {
      const { word, viewer } = await anAddLink();
      const { id } = await anAddedEntry(viewer);
      await asAdmin(database.adminUrl, `update vault.entry_link set ${end} where id = $1`, [viewer.id]);
      expect(await linkNamed(word, 'keep', 'add')).toBeNull();
      expect(await withViewer(viewer, (tx) => entryToKeep(tx, id, 'nl'))).toBeNull();
    }
    expect(await linkNamed('nonsense', 'keep', 'add')).toBeNull();
  });

  test('does not live longer by its holder’s hand', async () => {
    const { viewer } = await anAddLink();
    await expect(
      withViewer(viewer, (tx) =>
        sql`update vault.entry_link set until = until + interval '1 day' where id = ${viewer.id}`.execute(tx),
      ),
    ).rejects.toThrow('A link opens only its own entry.');
  });
});

test('a keeper neither lays nor checks their own entry, whatever they ask the database', async () => {
  const samira = await aPerson('Samira');
  const { id } = await anAddedEntry(samira);
  for (const set of [
    sql`standing = 'laid'`,
    sql`checked_on = current_date`,
    sql`slug = 'mijn'`,
    sql`origin = 'verifier'`,
  ])
    await expect(
      withViewer(samira, (tx) => sql`update core.initiative set ${set} where id = ${id}`.execute(tx)),
    ).rejects.toThrow('A keeper does not lay or check their own entry.');
});

describe('withdrawing', () => {
  test('takes an entry from everywhere in the same moment, and bringing it back waits for a verifier', async () => {
    const { viewer } = await anAddLink();
    const { id, slug } = await anAddedEntry(viewer, { name: 'Zwaluwnest' });
    await lay(id);
    expect(await street(slug)).not.toBeNull();
    expect(await withViewer(viewer, (tx) => withdrawEntry(tx, id))).toBe(true);
    expect([await street(slug), (await find('q=Zwaluwnest')).stones]).toEqual([null, []]);
    for (const [table, text] of await allOfPub(database.adminUrl))
      if (!['change', 'search_stem', 'search_word'].includes(table))
        expect(text, table).not.toMatch(/zwaluwnest/i);
    expect(await withViewer(viewer, (tx) => bringBackEntry(tx, id))).toBe(true);
    expect([await standing(id), await street(slug)]).toEqual(['proposed', null]);
  });

  test('is not for a stranger, nor for a verifier', async () => {
    const { id } = await anAddedEntry(await aPerson('Samira'));
    await lay(id);
    for (const other of [await aPerson('Ander'), await aPerson('Vera', [{ role: 'verifier' }])])
      expect(await withViewer(other, (tx) => withdrawEntry(tx, id))).toBe(false);
    expect(await standing(id)).toBe('laid');
  });
});

test('all still right is said once a day as an event of its own, and does not wake what rests', async () => {
  const { viewer } = await anAddLink();
  const { id, slug } = await anAddedEntry(viewer, { sinceYear: '2019' });
  await lay(id);
  for (let times = 0; times < 2; times++)
    expect(await withViewer(viewer, (tx) => confirmEntry(tx, id))).toBe(true);
  const confirmed = async () => (await street(slug))?.events.filter((event) => event.kind === 'confirmed');
  expect(await confirmed()).toMatchObject([{ day: today(), saidBy: 'own' }]);
  const resting = await anAddedEntry((await anAddLink()).viewer, { sinceYear: '2019' });
  await asAdmin(
    database.adminUrl,
    `insert into core.life_event (fact, initiative_id, key, kind, day, precision, said_by) values (uuidv7(), $1, 'rest', 'paused', '2022-01-01', 'year', 'own')`,
    [resting.id],
  );
  await asAdmin(
    database.adminUrl,
    `update core.initiative_period set state = 'paused' where initiative_id = $1`,
    [resting.id],
  );
  expect(await withViewer(operator, (tx) => confirmEntry(tx, resting.id))).toBe(true);
  const [event] = await asAdmin(
    database.adminUrl,
    `select from core.life_event where initiative_id = $1 and kind = 'confirmed'`,
    [resting.id],
  );
  expect(event).toBeUndefined();
});
