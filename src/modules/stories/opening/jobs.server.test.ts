import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTexts } from '#modules/languages/search/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { speakerOf } from '../../consent/access.ts';
import { takeBack } from '../../consent/commands.server.ts';
import { lookEverywhere } from '../../consent/jobs.server.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../testing.ts';
import { indexTelling, settleTelling, turnTellings } from './jobs.server.ts';
import { nextTurn } from './queries.server.ts';

ownDatabase();
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'steppingstones-consent-'));
  process.env.STEPPINGSTONES_VAR = home;
});
afterAll(() => rm(home, { recursive: true, force: true }));
let teller: Viewer;
beforeAll(async () => {
  teller = await aPerson('Noor');
});
const everyone = { use: 'read', verdict: 'given', audience: 'public' } as const;
const find = async (words: string) => {
  const { hits } = await withViewer(visitor, (tx) =>
    findTexts(tx, { words, kinds: ['telling'], limit: 20, offset: 0 }),
  );
  return hits.map(({ subjectId }) => subjectId);
};
const rows = <Row>(text: ReturnType<typeof sql<Row>>) =>
  withViewer(operator, async (tx) => (await text.execute(tx)).rows);
const waiting = (telling: string) =>
  rows<{ later: boolean }>(sql`select start_after > now() + interval '1 minute' as later from jobs.job
    where data->>'job' = 'index-telling' and data->'data'->>'telling' = ${telling} and state = 'created' order by 1`);

test('an open telling is found by its words, its title and its voice', async () => {
  const { id } = await aTelling({
    teller,
    title: 'Mijn eerste winter',
    says: ['We bakten zuurdesembrood met kardemom.'],
    otherName: 'Zeewind',
    consents: [{ ...everyone, nameForm: 'other' }],
  });
  await withViewer(teller, (tx) => settleTelling(tx, id));
  expect(await waiting(id)).toEqual([{ later: false }]);
  await indexTelling({ telling: id });
  for (const words of ['kardemom', 'winter', 'Zeewind']) expect(await find(words)).toContain(id);
});

test('a name that no longer may be shown is not found from that moment on', async () => {
  const { id } = await aTelling({
    teller,
    otherName: 'Waterlelie',
    consents: [{ ...everyone, nameForm: 'other' }],
  });
  await indexTelling({ telling: id });
  expect(await find('Waterlelie')).toEqual([id]);
  await rows(sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by)
    select item, use, verdict, audience, seen_hash, shown_in, how, said_by from core.consent where item = ${id}`);
  expect(await find('Waterlelie')).toEqual([]);
  await indexTelling({ telling: id });
  expect(await find('Waterlelie')).toEqual([]);
});

test.each([
  ['a draft', { openIn: null, consents: [everyone] }],
  ['what is still being slept on', { openIn: 14, consents: [everyone] }],
  ['what is for the network', { consents: [{ ...everyone, audience: 'network' as const }] }],
])('%s is not found by anyone', async (_what, made) => {
  const { id } = await aTelling({ teller, says: ['Onvindbaarheidsproef.'], ...made });
  await indexTelling({ telling: id });
  expect(await find('onvindbaarheidsproef')).toEqual([]);
});

test('after taking back no word of it stays in the search, nor in its vocabulary', async () => {
  const { id } = await aTelling({ teller, says: ['Kwikstaartenvlucht.'], consents: [everyone] });
  await indexTelling({ telling: id });
  const words = () => rows(sql`select word from pub.search_word where word like 'kwikstaarten%'`);
  expect(await words()).toHaveLength(1);
  const speaker = speakerOf(teller);
  const back =
    speaker &&
    (await withViewer(teller, (tx) => takeBack(tx, speaker, { item: id, language: 'nl', how: 'screen' })));
  if (!back?.ok) throw new Error('not taken back');
  expect(await find('kwikstaartenvlucht')).toEqual([]);
  await lookEverywhere({ item: id, receipt: back.value.receipt });
  expect(await words()).toEqual([]);
});

test('what is slept on opens by itself when its days are over, and what was allowed until a day ends on that day', async () => {
  const { id } = await aTelling({ teller, openIn: 14, consents: [everyone] });
  await indexTelling({ telling: id });
  const seconds = await withViewer(operator, (tx) => nextTurn(tx, id));
  expect(Math.abs((seconds ?? 0) - 14 * 86_400)).toBeLessThan(7_200);
  expect(await waiting(id)).toEqual([{ later: true }]);
  const open = () => rows(sql`select id from pub.telling where id = ${id}`);
  await rows(
    sql`update core.telling set released_at = now() - interval '15 days', open_from = now() - interval '1 minute' where id = ${id}`,
  );
  expect(await open()).toEqual([]);
  await turnTellings();
  expect(await open()).toEqual([{ id }]);
  // What a day does to it, without waiting for one: the row is laid open as of a day before its end.
  await rows(sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by, from_day, until_day)
    select item, use, verdict, audience, seen_hash, shown_in, how, said_by, core.today() - 9, core.today() from core.consent where item = ${id}`);
  await turnTellings();
  expect(await open()).toEqual([]);
});
