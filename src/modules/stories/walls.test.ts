import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { aPerson } from '../people/testing.ts';
import { aTelling } from './testing.ts';

ownDatabase();
let teller: Viewer;
beforeAll(async () => {
  teller = await aPerson('Noor');
});
const everyone = { use: 'read', verdict: 'given', audience: 'public' } as const;
const read = (slug: string) =>
  withViewer(visitor, (tx) =>
    sql<{
      text: string;
    }>`select b.text from pub.telling t join pub.telling_block b on b.telling = t.id where t.slug = ${slug}`.execute(
      tx,
    ),
  ).then(({ rows }) => rows.map(({ text }) => text));

test('a telling is read by anyone once its teller consented and slept on it', async () => {
  const { slug } = await aTelling({ teller, says: ['Ik kwam in de winter.'], consents: [everyone] });
  expect(await read(slug)).toEqual(['Ik kwam in de winter.']);
});

test.each([
  ['a draft', { openIn: null, consents: [everyone] }],
  ['what is still being slept on', { openIn: 14, consents: [everyone] }],
  ['what nobody consented to', { consents: [] }],
  ['what is for the network', { consents: [{ ...everyone, audience: 'network' as const }] }],
  ['what may be read when asked each time', { consents: [{ ...everyone, verdict: 'ask-me' as const }] }],
])('%s is not read by anyone', async (_what, made) => {
  const { slug } = await aTelling({ teller, ...made });
  expect(await read(slug)).toEqual([]);
});

test('taking it back empties every place in the same moment, and the chain of consent stays whole', async () => {
  const { id, slug } = await aTelling({ teller, says: ['Alleen voor nu.'], consents: [everyone] });
  await withViewer(teller, (tx) => sql`select core.take_back(${id}, 'nl', 'screen')`.execute(tx));
  expect(await read(slug)).toEqual([]);
  const left = await withViewer(teller, (tx) =>
    sql<{
      n: number;
    }>`select (select count(*) from core.telling where id = ${id}) + (select count(*) from core.telling_block where telling = ${id}) as n`.execute(
      tx,
    ),
  );
  expect(left.rows).toEqual([{ n: 0 }]);
  const broken = await withViewer(teller, (tx) => sql`select * from core.broken_seals()`.execute(tx));
  expect(broken.rows).toEqual([]);
});

test('what was taken back is never given again', async () => {
  const { id } = await aTelling({ teller, consents: [everyone] });
  await withViewer(teller, (tx) => sql`select core.take_back(${id}, 'nl', 'screen')`.execute(tx));
  const again = withViewer(teller, (tx) =>
    sql`insert into core.consent (item, use, verdict, shown_in, how, said_by) values (${id}, 'read', 'ask-me', 'nl', 'screen', ${teller.id})`.execute(
      tx,
    ),
  );
  await expect(again).rejects.toMatchObject({ code: '42501' });
});

test('nobody else takes it back, nor learns that it is there', async () => {
  const { id } = await aTelling({ teller, consents: [] });
  const other = await aPerson('Ander');
  const back = withViewer(other, (tx) => sql`select core.take_back(${id}, 'nl', 'screen')`.execute(tx));
  await expect(back).rejects.toMatchObject({ code: '42501' });
  const seen = await withViewer(other, (tx) => sql`select id from core.telling where id = ${id}`.execute(tx));
  expect(seen.rows).toEqual([]);
});

test.each(['network', 'public'] as const)(
  'a new version for the %s is not read before its teller, who saw it, said so anew',
  async (audience) => {
    const { id } = await aTelling({
      teller,
      consents: [
        { use: 'read', verdict: 'given', audience },
        { use: 'coding', verdict: 'given', audience: 'public' },
      ],
    });
    const researcher = await aPerson('Onderzoeker', [{ role: 'researcher' }]);
    const rights = async () => {
      const { rows } = await withViewer(researcher, (tx) =>
        sql`select core.reads(${id}) as reads, core.codes(${id}) as codes`.execute(tx),
      );
      return rows;
    };
    expect(await rights()).toEqual([{ reads: audience, codes: true }]);
    await withViewer(teller, async (tx) => {
      await sql`insert into core.telling_version (telling, number, title, doc, hash) values (${id}, 2, '', '{}', sha256('anders'))`.execute(
        tx,
      );
      await sql`update core.telling set version = 2 where id = ${id}`.execute(tx);
    });
    expect(await rights()).toEqual([{ reads: null, codes: false }]);
  },
);
