import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../../initiatives/testing.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { findStories } from '../finding/queries.server.ts';
import { parseStoryWish } from '../finding/input.ts';
import { momentsWithVoicesFor } from '../moments/page/queries.server.ts';
import { toldMoments } from '../moments/queries.server.ts';
import { aTelling } from '../testing.ts';
import { readerOf } from './access.ts';
import { keepReading, noteLook, removeReading } from './commands.server.ts';
import { ownReadings, tellingsFor, voicesOf } from './queries.server.ts';

ownDatabase();
let teller: Viewer;
let member: Viewer;
let outsider: Viewer;
let initiative: string;
let founded: string;
const everyone = { use: 'read', verdict: 'given', audience: 'public' } as const;
const network = { ...everyone, audience: 'network' } as const;
const moment = (fact: string | null, title = '') => ({
  type: 'moment' as const,
  attrs: {
    id: randomUUID(),
    lang: 'nl',
    dir: 'ltr' as const,
    moment: fact,
    title,
    day: null,
    precision: 'unknown' as const,
  },
});

beforeAll(async () => {
  await layField(
    aField([
      { id: 'taalhuis', name: 'Taalhuis' },
      { id: 'buurtsoep', name: 'Buurtsoep' },
    ]),
  );
  const { rows } = await withViewer(visitor, (tx) =>
    sql<{
      id: string;
      fact: string;
    }>`select i.id, e.fact from pub.initiative i join pub.life_event e on e.initiative_id = i.id
      where i.slug = 'taalhuis' and e.kind = 'founded'`.execute(tx),
  );
  initiative = rows[0]?.id ?? '';
  founded = rows[0]?.fact ?? '';
  teller = await aPerson('Noor');
  outsider = await aPerson('Bezoeker');
  const { rows: others } = await withViewer(visitor, (tx) =>
    sql<{ id: string }>`select id from pub.initiative where slug = 'buurtsoep'`.execute(tx),
  );
  member = await aMember('Lid', others[0]?.id ?? '');
});

const slugRead = (viewer: Viewer, slug: string) =>
  withViewer(viewer, async (tx) => {
    const [voice] = await voicesOf(tx, viewer, await tellingsFor(tx, viewer, { slug }), 'nl');
    return voice ?? null;
  });
const page = (viewer: Viewer) =>
  withViewer(viewer, (tx) =>
    momentsWithVoicesFor(tx, viewer, { initiatives: [initiative], tellings: [] }, null, 'nl'),
  );

test('a telling for the network is read by who belongs to it, under the name the teller chose, and is not there for anyone else', async () => {
  const { slug } = await aTelling({
    teller,
    says: ['Voor ons.'],
    otherName: 'N.',
    consents: [{ ...network, nameForm: 'other' }],
  });
  expect(await slugRead(member, slug)).toMatchObject({
    name: 'N.',
    readAs: 'network',
    findable: false,
    blocks: [{ text: 'Voor ons.' }],
  });
  expect(await slugRead(outsider, slug)).toBeNull();
  expect(await slugRead(visitor, slug)).toBeNull();
});

test('someone told but not for you: the moment says that nobody told it, and no page, number or place differs', async () => {
  const before = await page(visitor);
  const { id } = await aTelling({
    teller,
    about: [initiative],
    says: [moment(founded), 'Wij begonnen stil.'],
    consents: [network],
  });
  expect(JSON.stringify(await page(visitor))).toBe(JSON.stringify(before));
  expect(JSON.stringify(await page(outsider))).toBe(JSON.stringify(before));
  expect(await withViewer(member, (tx) => toldMoments(tx, initiative, 'nl'))).toMatchObject({ voices: 0 });
  const seen = await page(member);
  expect(seen.voices).toBe(1);
  expect(seen.rows.find((row) => row.key === founded)?.passages).toHaveLength(1);
  const looks = await withViewer(teller, (tx) =>
    sql`select seen_as as "as", times from core.telling_look where telling = ${id}`.execute(tx),
  );
  expect(looks.rows).toEqual([{ as: 'network', times: 1 }]);
});

test('an open voice stands on the moment it tells, and each moment counts its open voices', async () => {
  await aTelling({
    teller,
    about: [initiative],
    says: ['Vooraf.', moment(founded), 'Het begon klein.'],
    consents: [everyone],
  });
  const read = await page(visitor);
  expect(
    read.rows
      .find((row) => row.key === founded)
      ?.passages.map(({ blocks }) => blocks.map(({ text }) => text)),
  ).toEqual([['Het begon klein.']]);
  expect(read.beside.map(({ blocks }) => blocks.map(({ text }) => text))).toEqual([['Vooraf.']]);
  const told = await withViewer(visitor, (tx) => toldMoments(tx, initiative, 'nl'));
  expect(told.moments.find(({ moment }) => moment.key === founded)?.voices).toBe(1);
});

test('a new version that the teller did not see and allow is not read by the network', async () => {
  const { id, slug } = await aTelling({ teller, says: ['Eerst.'], consents: [network] });
  await withViewer(operator, async (tx) => {
    await sql`insert into core.telling_version (telling, number, doc, hash) values (${id}, 2, '{"type":"doc"}', sha256('x'))`.execute(
      tx,
    );
    await sql`update core.telling set version = 2 where id = ${id}`.execute(tx);
  });
  expect(await slugRead(member, slug)).toBeNull();
});

test('finding looks through what is open and nothing else, whoever asks', async () => {
  await aTelling({ teller, title: 'Alleen binnen', about: [initiative], consents: [network] });
  const open = await aTelling({
    teller,
    title: 'Voor iedereen',
    about: [initiative],
    roleThen: 'founder',
    consents: [everyone],
  });
  for (const viewer of [visitor, member]) {
    const found = await withViewer(viewer, (tx) =>
      findStories(tx, parseStoryWish(new URLSearchParams({ entry: 'taalhuis', role: 'founder' })), 'nl'),
    );
    expect([found.total, found.voices.map(({ id }) => id)]).toEqual([1, [open.id]]);
  }
});

test('a reader’s answer is theirs alone, reaches the teller only when sent, and can be taken away', async () => {
  const { id } = await aTelling({ teller, consents: [everyone] });
  const reader = readerOf(outsider, { id });
  if (!reader) throw new Error('Nobody reads.');
  const answer = { prompt: 'not-mine', words: 'De laatste.', forTeller: false } as const;
  await withViewer(outsider, (tx) => keepReading(tx, reader, answer, 'nl'));
  await withViewer(outsider, (tx) =>
    keepReading(tx, reader, { ...answer, words: 'Voor jou.', forTeller: true }, 'nl'),
  );
  const seenBy = (viewer: Viewer) =>
    withViewer(viewer, (tx) =>
      sql<{ words: string }>`select words from core.reading where telling = ${id} order by words`.execute(tx),
    ).then(({ rows }) => rows.map(({ words }) => words));
  expect(await seenBy(teller)).toEqual(['Voor jou.']);
  expect(await seenBy(member)).toEqual([]);
  const own = await withViewer(outsider, (tx) => ownReadings(tx, outsider, id));
  expect(own.map(({ words }) => words)).toEqual(['De laatste.', 'Voor jou.']);
  await withViewer(outsider, (tx) => removeReading(tx, reader, own[1]?.id ?? ''));
  expect(await seenBy(teller)).toEqual([]);
});

test('nobody answers under a telling they may not read', async () => {
  const { id } = await aTelling({ teller, consents: [network] });
  const reader = readerOf(outsider, { id });
  if (!reader) throw new Error('Nobody reads.');
  await withViewer(outsider, (tx) => noteLook(tx, reader, 'network'));
  const answered = withViewer(outsider, (tx) =>
    keepReading(tx, reader, { prompt: 'from-where', words: 'x', forTeller: true }, 'nl'),
  );
  await expect(answered).rejects.toMatchObject({ code: '42501' });
  const looks = await withViewer(teller, (tx) =>
    sql`select from core.telling_look where telling = ${id}`.execute(tx),
  );
  expect(looks.rows).toEqual([]);
});
