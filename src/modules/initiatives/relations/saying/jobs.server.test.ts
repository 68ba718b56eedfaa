import { beforeAll, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { languages } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { writeLetter } from '#platform/mail/letter.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { linkNamed } from '../../links/queries.server.ts';
import { aField, asAdmin, layField } from '../../testing.ts';
import { sayRelation } from './commands.server.ts';
import { parseRelation } from './input.ts';
import { askOtherSides } from './jobs.server.ts';

const database = ownDatabase();
const home = 'https://steppingstones.example';
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);
const idOf = async (slug: string) =>
  (await admin<{ id: string }>('select id from core.initiative where slug = $1', [slug]))[0]?.id ?? '';

interface Posted {
  readonly to_address: string;
  readonly language: string;
  readonly name: string;
  readonly words: { readonly values: Record<string, string>; readonly buttons: { readonly url: string }[] };
}
const posted = () =>
  admin<Posted>('select to_address, language, name, words from vault.letter order by until, id');
const jobs = () =>
  admin<{ start: boolean }>(
    `select start_after > now() + interval '1 hour' as start from jobs.job where state = 'created' and data->>'job' = 'ask-other-sides'`,
  );

async function says(slug: string, way: string, other: string) {
  const { asked } = parseRelation({ way, other, words: 'Geheime woorden hier.', language: 'nl' });
  if (!asked) throw new Error('This cannot be said.');
  const entry = await idOf(slug);
  const member = await aMember('Samira', entry);
  const said = await withViewer(member, (tx) => sayRelation(tx, entry, asked, home));
  expect(said).toMatchObject({ ok: true, value: { came: 'said' } });
}
const ask = async (slug: string, tries = 0) => askOtherSides({ initiative: await idOf(slug), home, tries });

beforeAll(async () => {
  const rows = ['taal', 'kook', 'tuin', 'zang', 'stil', 'nooit', 'zwijg'].map((id) => ({
    id,
    name: `Huis ${id}`,
  }));
  const many = Array.from({ length: 7 }, (_, at) => ({ id: `vrager-${at}`, name: `Vrager nummer ${at}` }));
  await layField(aField([...rows, ...many, { id: 'druk', name: 'Druk Bureau' }]));
  for (const slug of ['kook', 'tuin', 'druk', 'nooit', 'zwijg'])
    await admin('update core.initiative set mail = $2 where slug = $1', [slug, `post@${slug}.example.org`]);
  await admin(`insert into core.asking_wish (initiative_id, wish) values ($1, 'never')`, [
    await idOf('nooit'),
  ]);
});

test('saying puts the question off, and the house mails it once, without the words, to the address we hold', async () => {
  await says('taal', 'refers-to', 'Huis kook');
  expect(await jobs()).toEqual([{ start: false }]);
  await ask('taal');
  await ask('taal');
  const letters = await posted();
  expect(letters).toHaveLength(1);
  const [letter] = letters;
  expect(letter).toMatchObject({ to_address: 'post@kook.example.org', language: 'nl', name: 'relation.ask' });
  expect(letter?.words.values).toEqual({
    named: 'yes',
    asker: 'Huis taal',
    sentence: 'Huis taal verwijst mensen naar Huis kook',
  });
  expect(JSON.stringify(letter)).not.toContain('Geheime woorden');
  const url = letter?.words.buttons[0]?.url ?? '';
  expect(url).toMatch(/^https:\/\/steppingstones\.example\/nl\/relation\/[\w-]{43}$/);
  const link = await linkNamed(url.split('/').at(-1) ?? '', 'relation');
  expect(link).toMatchObject({ initiative: await idOf('kook'), purpose: 'relation' });
});

test('when no side told it itself but a verifier, the letter names nobody and still reads well, in every language', async () => {
  const { asked } = parseRelation({ way: 'hosts', other: 'Huis zwijg', words: '', language: 'nl' });
  if (!asked) throw new Error('This cannot be said.');
  const [entry, verifier] = [await idOf('stil'), await aPerson('Noor', [{ role: 'verifier' }])];
  expect(await withViewer(verifier, (tx) => sayRelation(tx, entry, asked, home))).toMatchObject({ ok: true });
  await ask('stil');
  const letter = (await posted()).find(({ to_address }) => to_address === 'post@zwijg.example.org');
  expect(letter?.words.values).toMatchObject({ named: 'no', asker: '' });
  const catalogue = await catalogueOnDisk();
  for (const language of languages) {
    const written = (values: Record<string, string>) =>
      writeLetter(speaker(language, catalogue), 'relation.ask', { values, buttons: [] }).text;
    const [unnamed, named] = [
      written(letter?.words.values ?? {}),
      written({ ...letter?.words.values, named: 'yes', asker: 'Huis taal' }),
    ];
    expect(unnamed, language).toContain('Huis zwijg');
    expect(unnamed, language).not.toMatch(/\n[\s,،፡]*[,،፡]|[{}]|\u2068\u2069/);
    expect(named, language).toContain('Huis taal');
    expect(unnamed, language).not.toBe(named.replace(/\u2068Huis taal\u2069/, ''));
  }
});

test('who has no address, or wishes never to be asked, is not mailed', async () => {
  await says('taal', 'hosts', 'Huis stil');
  await says('taal', 'advises', 'Huis nooit');
  const before = (await posted()).length;
  await ask('taal');
  expect(await posted()).toHaveLength(before);
});

test('while one of both is not open yet the question waits, and is asked once it is', async () => {
  await says('zang', 'hosts', 'Huis tuin');
  await admin(`update core.initiative set standing = 'proposed' where slug = 'zang'`);
  await admin(`delete from pub.initiative where slug = 'zang'`);
  const before = (await posted()).length;
  await admin(`delete from jobs.job`);
  await ask('zang');
  expect(await posted()).toHaveLength(before);
  expect(await jobs()).toEqual([{ start: true }]);
  await admin(`delete from jobs.job`);
  await ask('zang', 60);
  expect(await jobs()).toEqual([]);
  await admin(`update core.initiative set standing = 'laid' where slug = 'zang'`);
  await admin(
    `select set_config('app.viewer_kind', 'operator', false), core.lay_open(array[$1]::uuid[]), core.lay_relations_open(array[$1]::uuid[])`,
    [await idOf('zang')],
  );
  await ask('zang');
  expect(await posted()).toHaveLength(before + 1);
});

test('nobody gets more than five letters about relations in a week; the rest waits', async () => {
  for (let at = 0; at < 7; at++) {
    await says(`vrager-${at}`, 'partners-with', 'Druk Bureau');
    await ask(`vrager-${at}`);
  }
  expect((await posted()).filter(({ to_address }) => to_address === 'post@druk.example.org')).toHaveLength(5);
  await admin(
    `update vault.entry_link set made_at = made_at - interval '8 days', until = until - interval '8 days'`,
  );
  await ask('vrager-5');
  await ask('vrager-6');
  expect((await posted()).filter(({ to_address }) => to_address === 'post@druk.example.org')).toHaveLength(7);
});
