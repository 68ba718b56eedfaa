import { beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '#modules/people/access.ts';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { byLink, house, visitor } from '#platform/viewer.ts';
import { layOpen } from '../commands.server.ts';
import { aField, asAdmin, layField, type Row } from '../testing.ts';
import { confirmFollowing, stopFollowing } from './commands/answer.server.ts';
import { askToFollow } from './commands/ask.server.ts';
import { followMyself, stopMyself } from './commands/own.server.ts';
import { askFollower, tellFollowers } from './jobs.server.ts';
import { everything } from './model.ts';
import { followedByMe, openedBy } from './queries.server.ts';
import { ask, changeOpenly, follow, home, letPass, lettersIn, wordIn } from './testing.ts';

const database = ownDatabase();
const admin = <One extends object>(text: string, values: unknown[] = []) =>
  asAdmin<One>(database.adminUrl, text, values);
const letters = () => lettersIn(database.adminUrl);
const lastTo = async (mail: string) => (await letters()).findLast(({ to_address }) => to_address === mail);
const idOf = async (slug: string) =>
  (await admin<{ id: string }>('select id from core.initiative where slug = $1', [slug]))[0]?.id ?? '';
const change = (...slugs: string[]) => changeOpenly(database.adminUrl, ...slugs);
const news = async (mail: string) => String((await lastTo(mail))?.words.values.news ?? '');

const rows: Row[] = [
  { id: 'koor', name: 'Koor van de Buurt', themes: ['culture'] },
  { id: 'taalhuis', name: 'Taalhuis Zuid' },
  {
    id: 'keuken',
    name: 'Keuken van Samen',
    municipality: 'Utrecht',
    province: 'Utrecht',
    themes: ['leisure'],
  },
  { id: 'stil', name: 'Heel Stil Huis' },
];

beforeAll(() => layField(aField(rows)));
beforeEach(() => admin('delete from vault.letter; delete from vault.follower; delete from jobs.job;'));

test('nobody is followed before whoever has the address said yes', async () => {
  await ask(database.adminUrl, 'samira@post.example');
  const letter = await lastTo('samira@post.example');
  expect(letter).toMatchObject({
    name: 'follow.ask',
    language: 'nl',
    words: { values: { what: 'Alles op de kaart' } },
  });
  expect(letter?.words.buttons[0]?.url).toMatch(/^https:\/\/stenen\.example\/nl\/follow\/[\w-]{43}$/);
  await letPass(database.adminUrl, 6);
  await change('koor');
  await tellFollowers();
  expect(await letters()).toHaveLength(1);
  // After a week without a yes the address is gone.
  await letPass(database.adminUrl, 2);
  await tellFollowers();
  expect(await admin('select from vault.follower')).toEqual([]);
  expect(await withViewer(house, (tx) => confirmFollowing(tx, wordIn(letter?.words.buttons[0]?.url)))).toBe(
    false,
  );
});

test('looking at the link says nothing: only the button does, and twice is once', async () => {
  await ask(database.adminUrl, 'omar@post.example', { theme: ['work'] }, 'ar');
  const word = wordIn((await lastTo('omar@post.example'))?.words.buttons[0]?.url);
  expect(await openedBy(word, 'nl')).toMatchObject({
    purpose: 'confirm',
    followed: [],
    asked: { wish: { theme: ['work'] } },
  });
  expect(await openedBy(word, 'nl')).toMatchObject({ followed: [] });
  for (let times = 0; times < 2; times++)
    expect(await withViewer(house, (tx) => confirmFollowing(tx, word))).toBe(true);
  expect(await openedBy(word, 'nl')).toMatchObject({
    asked: null,
    followed: [{ wish: { theme: ['work'] } }],
  });
  expect(await openedBy('x'.repeat(43), 'nl')).toBeNull();
});

test('someone else’s address cannot be told from an unknown one', async () => {
  await follow(database.adminUrl, 'ada@post.example');
  const askAs = (mail: string) =>
    withViewer(house, (tx) => askToFollow(tx, { mail, wish: everything, language: 'nl', home }));
  const waiting = () =>
    admin<{ data: { job: string } }>(`select data from jobs.job where data ->> 'job' = 'ask-follower'`);
  const before = (await letters()).length;
  const answers: unknown[] = [];
  for (const mail of ['ada@post.example', 'nobody@post.example']) {
    const jobs = (await waiting()).length;
    answers.push(await askAs(mail), (await waiting()).length - jobs);
  }
  expect(answers).toEqual([undefined, 1, undefined, 1]);
  // Nothing is mailed before the house comes round to it, so that the answer takes as long.
  expect(await letters()).toHaveLength(before);
});

test('who follows the same already hears so, and is not asked again', async () => {
  await follow(database.adminUrl, 'lena@post.example', { theme: ['work'] });
  await ask(database.adminUrl, 'lena@post.example', { theme: ['work'] });
  const letter = await lastTo('lena@post.example');
  expect(letter?.name).toBe('follow.already');
  expect(await openedBy(wordIn(letter?.words.buttons[0]?.url), 'nl')).toMatchObject({
    purpose: 'stop',
    followed: [{}],
  });
  expect(await admin('select from vault.following')).toHaveLength(1);
});

test('an address is asked at most three times a day, whoever fills it in', async () => {
  for (let times = 0; times < 6; times++)
    await ask(database.adminUrl, 'noor@post.example', { within: 10 + times });
  expect(await letters()).toHaveLength(3);
});

test('the job that asks does it once, however often it is done', async () => {
  await ask(database.adminUrl, 'bo@post.example');
  const [asked] = await admin<{ id: string }>('select id from vault.following');
  await askFollower({ following: asked?.id ?? '' });
  expect(await letters()).toHaveLength(1);
});

test('a digest tells exactly what changed since the last one, once', async () => {
  await change('keuken');
  await follow(database.adminUrl, 'eva@post.example');
  await change('koor', 'taalhuis');
  await tellFollowers();
  expect((await lastTo('eva@post.example'))?.name).toBe('follow.ask');
  await letPass(database.adminUrl, 7);
  await Promise.all([tellFollowers(), tellFollowers()]);
  const sent = (await letters()).filter(({ name }) => name === 'digest');
  expect(sent).toHaveLength(1);
  const told = await news('eva@post.example');
  expect(told).toContain('Koor van de Buurt');
  expect(told).toContain('Taalhuis Zuid');
  expect(told).not.toContain('Keuken');
  await change('keuken');
  await tellFollowers();
  expect(await letters()).toHaveLength(2);
  await letPass(database.adminUrl, 7);
  await tellFollowers();
  const second = await news('eva@post.example');
  expect(second).toContain('Keuken van Samen');
  expect(second).not.toContain('Koor');
});

test('where nothing changed there is no mail, and what changes later is told all the same', async () => {
  await follow(database.adminUrl, 'kim@post.example', { municipality: 'GM0344' });
  for (let weeks = 0; weeks < 3; weeks++) {
    await change('koor');
    await letPass(database.adminUrl, 7);
    await tellFollowers();
  }
  expect((await letters()).map(({ name }) => name)).toEqual(['follow.ask']);
  await change('keuken');
  await tellFollowers();
  expect(await news('kim@post.example')).toContain('Keuken van Samen');
});

test('someone who follows three things gets one mail, with the way to stop in one tap', async () => {
  for (const wish of [
    { theme: ['culture' as const] },
    { entry: 'taalhuis' },
    { near: 'Utrecht', within: 10 },
  ])
    await follow(database.adminUrl, 'max@post.example', wish);
  await change('koor', 'taalhuis', 'keuken');
  await letPass(database.adminUrl, 7);
  await tellFollowers();
  const digests = (await letters()).filter(({ name }) => name === 'digest');
  expect(digests).toHaveLength(1);
  expect(String(digests[0]?.words.values.news).split('\n\n')).toHaveLength(3);
  const stop = digests[0]?.words.unsubscribe;
  expect(stop).toMatch(/^https:\/\/stenen\.example\/nl\/follow\/stop\/[\w-]{43}$/);
  await withViewer(house, (tx) => stopFollowing(tx, wordIn(stop), 'all'));
  expect(await admin('select from vault.follower')).toEqual([]);
  expect(await admin(`select from vault.follower_word`)).toEqual([]);
  expect(await openedBy(wordIn(stop), 'nl')).toBeNull();
  // A second tap has nothing to end, and says nothing else.
  await withViewer(house, (tx) => stopFollowing(tx, wordIn(stop), 'all'));
});

test('one thing can be stopped and the rest goes on, also from an old mail', async () => {
  for (const wish of [{ theme: ['culture' as const] }, { entry: 'taalhuis' }])
    await follow(database.adminUrl, 'jo@post.example', wish);
  await change('koor', 'taalhuis');
  await letPass(database.adminUrl, 7);
  await tellFollowers();
  const word = wordIn((await lastTo('jo@post.example'))?.words.unsubscribe);
  await letPass(database.adminUrl, 300);
  const opened = await openedBy(word, 'nl');
  await withViewer(house, (tx) => stopFollowing(tx, word, opened?.followed[0]?.id ?? ''));
  expect(await openedBy(word, 'nl')).toMatchObject({ followed: [{ wish: { entry: 'taalhuis' } }] });
});

test('what is hidden is never told, nor what an entry was called that left', async () => {
  await follow(database.adminUrl, 'ali@post.example');
  await follow(database.adminUrl, 'ali@post.example', { entry: 'stil' });
  await change('stil', 'koor');
  await admin(`update core.initiative set visibility = 'hidden' where slug = 'stil'`);
  await change('stil');
  await letPass(database.adminUrl, 7);
  await tellFollowers();
  const told = await news('ali@post.example');
  expect(told).not.toContain('Heel Stil');
  expect(told).toContain('niet meer op de kaart');
  expect(told).toContain('Koor');
});

test('what changed only inside is no news', async () => {
  await follow(database.adminUrl, 'rosa@post.example');
  await admin(`update core.initiative set phone = '026 7654321' where slug = 'koor'`);
  await withViewer(house, async (tx) => layOpen(tx, [await idOf('koor')]));
  await letPass(database.adminUrl, 7);
  await tellFollowers();
  expect((await letters()).map(({ name }) => name)).toEqual(['follow.ask']);
});

test('the mail speaks the reader’s language, and its subject says nothing of what they follow', async () => {
  await follow(database.adminUrl, 'sara@post.example', { theme: ['culture'] }, 'en');
  await change('koor');
  await letPass(database.adminUrl, 7);
  await tellFollowers();
  expect(await news('sara@post.example')).toContain(
    'Koor van de Buurt, Arnhem\u2069: Details brought up to date',
  );
  expect((await lastTo('sara@post.example'))?.language).toBe('en');
  const catalogue = await catalogueOnDisk('messages');
  for (const name of ['digest', 'follow.ask', 'follow.already'])
    expect(catalogue.nl?.[`mail.${name}.subject`]).not.toMatch(/[{}]/);
});

test('who is signed in follows without a mail first, and sees and stops only their own', async () => {
  const [samira, omar] = [await aPerson('Samira'), await aPerson('Omar')];
  const [mine, theirs] = [oneself(samira), oneself(omar)];
  if (!mine || !theirs) throw new Error('They are signed in.');
  const wish = { ...everything, entry: 'koor' };
  for (let times = 0; times < 2; times++)
    await withViewer(samira, (tx) => followMyself(tx, mine, { wish, language: 'nl', home }));
  await withViewer(omar, (tx) => followMyself(tx, theirs, { wish, language: 'nl', home }));
  const list = (who: typeof samira) => withViewer(who, (tx) => followedByMe(tx, 'nl'));
  expect(await list(samira)).toMatchObject([
    { wish: { entry: 'koor' }, names: { entry: 'Koor van de Buurt' } },
  ]);
  const [other] = await list(omar);
  await withViewer(samira, (tx) => stopMyself(tx, mine, other?.id ?? ''));
  expect(await list(omar)).toHaveLength(1);
  await change('koor');
  await letPass(database.adminUrl, 7);
  await tellFollowers();
  expect((await letters()).map(({ to_person, to_address }) => [to_person, to_address]).sort()).toEqual(
    [
      [samira.id, null],
      [omar.id, null],
    ].sort(),
  );
  await withViewer(samira, (tx) => stopMyself(tx, mine, 'all'));
  expect(await list(samira)).toEqual([]);
});

test('no one but the house reads who follows: not a person, not a link, not a visitor', async () => {
  await follow(database.adminUrl, 'canary@post.example');
  const nosy = [
    await aPerson('Nosy', [{ role: 'admin' }, { role: 'verifier' }]),
    byLink(crypto.randomUUID()),
  ];
  for (const table of ['vault.follower', 'vault.following', 'vault.follower_word']) {
    for (const who of nosy) {
      const { rows } = await withViewer(who, (tx) => sql`select * from ${sql.table(table)}`.execute(tx));
      expect(rows, `${who.kind} ${table}`).toEqual([]);
    }
    await expect(
      withViewer(visitor, (tx) => sql`select * from ${sql.table(table)}`.execute(tx)),
    ).rejects.toMatchObject({ code: '42501' });
  }
  const told = await admin<{ all: string }>(`select string_agg(j::text, ' ') as all from jobs.job j`);
  expect(told[0]?.all ?? '').not.toContain('canary');
});
