import { beforeAll, describe, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { layOpen } from '../../commands.server.ts';
import { changesSince } from '../../exchange/queries.server.ts';
import { asAdmin, layField, theRealField } from '../../testing.ts';
import { keys, page, type Record } from '../testing.ts';
import { importHsds } from './commands.server.ts';
import { entriesFromHsds } from './input.ts';

const database = ownDatabase();
const admin = (text: string) => asAdmin<{ id: string }>(database.adminUrl, text);
const wishes = { language: 'nl', readOn: '2026-11-22' };

/** Everything HSDS tells of the field; only the moment of change belongs to the house that tells it. */
async function told(): Promise<string[]> {
  const { contents } = await page('organizations', 'full_service=true&per_page=1000');
  return contents.map((one) =>
    JSON.stringify(one, (name, value: unknown) => (name === 'last_modified' ? undefined : value)),
  );
}
async function bring(json: unknown) {
  const read = entriesFromHsds(json, wishes);
  if (!read.ok) throw new Error(JSON.stringify(read.problems.slice(0, 5)));
  const laid = await withViewer(operator, (tx) => importHsds(tx, read.entries));
  if (!laid.ok) throw new Error(JSON.stringify(laid.problems.slice(0, 5)));
  return laid.brought;
}
const exported = async () => (await page('organizations', 'full_service=true&per_page=1000')).contents;
const lastLine = async () =>
  (await withViewer(visitor, (tx) => changesSince(tx, { moment: '2999-01-01T00:00:00.000Z' }))).next;
const wipe = () =>
  admin('delete from pub.initiative; delete from core.initiative; delete from pub.search_text');

/** What people of the field said since: own words, what is kept back, who confirmed, what changed, and who disputes. */
async function liveOn(): Promise<void> {
  await admin(`
    update core.initiative set mail = 'post@' || slug || '.example', phone = '+31 26 123 45 67', confirmed_on = '2026-10-01', origin = 'own'
      where id in (select id from core.initiative order by slug limit 12);
    insert into core.entry_field select id, 'mail', 'public', 'asked' from core.initiative where mail is not null and slug < 'b';
    insert into core.entry_field select id, f, 'hidden', 'safety' from core.initiative, unnest(array['place','led-by','languages']) f where mail is not null and slug > 'b';
    insert into core.entry_field select id, 'summary', 'network', 'privacy' from core.initiative where slug like 'c%';
    update core.initiative set checked_on = '2026-11-01', checked_through = 'visit' where slug like 's%';
    update core.initiative_text set origin = 'own', text = 'Wij schreven dit zelf.' where language = 'nl' and initiative_id in (select id from core.initiative where slug like 't%');
    insert into core.life_event (fact, initiative_id, key, kind, day, precision, change, said_by)
      select uuidv7(), id, 'own-renamed', 'renamed', '2024-03-01', 'month', jsonb_build_object('name', slug || ' anders', 'themes', '["work","housing"]'::jsonb), 'own'
      from core.initiative where slug like 'm%';
    insert into core.life_event_text (fact, initiative_id, language, text, origin)
      select fact, initiative_id, 'ti', 'ስም ተቐይሩ', 'own' from core.life_event where key = 'own-renamed';
    insert into core.relation_voice (relation_id, who, stance, said_on, words, language)
      select id, 'to', 'disputes', '2026-09-09', 'Dat klopt niet meer.', 'nl' from core.relation where upper_inf(recorded) and type = 'partners-with' limit 20;
    insert into core.relation_voice (relation_id, who, stance, said_on)
      select id, 'from', 'asserts', '2026-09-10' from core.relation where upper_inf(recorded) limit 40 on conflict do nothing`);
  // The shapes follow from the events.
  const rows = await asAdmin<{ id: string; shape: object }>(
    database.adminUrl,
    `select initiative_id as id, jsonb_build_object('name', name, 'kind', kind, 'formality', formality, 'ledBy', led_by, 'scope', scope, 'phases', phases,
      'themes', themes, 'audiences', audiences, 'languages', languages) as shape from core.initiative_period p
      where not exists (select from core.initiative_period b where b.initiative_id = p.initiative_id and b.valid < p.valid)`,
  );
  const { settleLives } = await import('../../commands.server.ts');
  await withViewer(operator, async (tx) => {
    for (const { id, shape } of rows) await settleLives(tx, id, shape as never);
    await layOpen(
      tx,
      rows.map(({ id }) => id),
    );
  });
}

describe('what was told as HSDS comes back', () => {
  beforeAll(async () => {
    await layField(await theRealField());
    await liveOn();
  }, 240_000);

  test('told, brought into an empty house and told again, it is the same, with every key', async () => {
    const before = await told();
    const file = await exported();
    const lists = ['services', 'service_at_locations', 'locations', 'taxonomies', 'taxonomy_terms'] as const;
    const held = await Promise.all(lists.map((list) => keys(list)));
    expect(before.length).toBeGreaterThan(200);
    expect(before.join('')).toMatch(/own-renamed|anders/);
    await wipe();
    expect(await told()).toEqual([]);
    expect(await bring(file)).toMatchObject({ entries: before.length, added: before.length, changed: 0 });
    const after = await told();
    for (const [at, one] of after.entries()) expect(one).toBe(before[at]);
    expect(after.length).toBe(before.length);
    expect(await Promise.all(lists.map((list) => keys(list)))).toEqual(held);
  }, 240_000);

  test('what is told as it stands is no news, in any order', async () => {
    const before = await page('services', 'minimal=true');
    const line = await lastLine();
    expect(await bring((await exported()).toReversed())).toMatchObject({ added: 0, changed: 0 });
    expect(await lastLine()).toBe(line);
    expect(await page('services', 'minimal=true')).toEqual(before);
  }, 240_000);

  test('what was told otherwise elsewhere is brought up to date, and nothing else changes', async () => {
    const since = new Date().toISOString();
    const file = structuredClone(await exported()) as (Record & {
      attributes: { link_type: string; value: string; taxonomy_term: { code: string } }[];
    })[];
    const one = file.find(({ attributes }) =>
      attributes.every(
        ({ link_type, taxonomy_term }) =>
          !['told', 'kept-back'].includes(link_type) ||
          taxonomy_term.code === 'source' ||
          taxonomy_term.code === 'from-public-sources',
      ),
    );
    if (!one) throw new Error('Nobody is left who was never spoken of.');
    const words = one.attributes.find(
      ({ link_type, taxonomy_term }) => link_type.startsWith('summary') && taxonomy_term.code === 'en',
    );
    if (words) words.value = 'Told otherwise elsewhere.';
    expect(await bring(file)).toMatchObject({ added: 0, changed: 1 });
    expect(await keys('organizations', `modified_after=${since}`)).toEqual([one.id]);
  }, 240_000);

  test('an entry that another house knows by another key is found by its word, and keeps its own', async () => {
    const [first] = await exported();
    const other = JSON.parse(
      JSON.stringify(first).replaceAll(String(first?.id), '01890a5d-ac96-774b-bcce-b302099a8057'),
    ) as Record;
    const alone = { ...other, attributes: [], services: [] };
    const before = await keys('organizations');
    expect(await bring([alone])).toMatchObject({ added: 0, changed: 1 });
    expect(await keys('organizations')).toEqual(before);
  }, 240_000);
});
