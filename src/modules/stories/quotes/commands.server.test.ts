import { sql } from 'kysely';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { lastingKey } from '#platform/ids.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';
import { aPerson } from '../../people/testing.ts';
import { tellerOf, type Teller } from '../access.ts';
import { aTelling } from '../testing.ts';
import { answerQuote, carryQuotes, makeQuote } from './commands.server.ts';
import { quotesOfMine, quotesToShow } from './queries.server.ts';
import { anEdit, laidFlat, quotable, type Said } from './testing.ts';

ownDatabase();
let teller: Viewer;
let reader: Viewer;
beforeAll(async () => {
  teller = await aPerson('Noor');
  reader = await aPerson('Wie leest');
});
const mouth = () => tellerOf(teller) as Teller;
const speaker = (viewer: Viewer) => speakerOf(viewer) as Speaker;
const open = [
  { use: 'read', verdict: 'given', audience: 'public' },
  { use: 'quote-report', verdict: 'given', audience: 'public' },
] as const;
const keyed = (said: Said) => ({
  block: lastingKey('block', said.key),
  text: laidFlat([said])[0]?.text ?? '',
});

/** Releases these blocks as the next version, seen and consented to by its teller, and carries the quotes. */
async function nextVersion(tx: Tx, telling: string, version: number, said: readonly Said[]) {
  const hash = sql`sha256(convert_to(${`${telling} ${version}`}, 'UTF8'))`;
  await sql`insert into core.telling_version (telling, number, doc, hash) values (${telling}, ${version}, '{}', ${hash})`.execute(
    tx,
  );
  for (const [place, each] of said.entries()) {
    const { block, text } = keyed(each);
    await sql`insert into core.telling_block (telling, version, block, place, kind, language, text, hash)
      values (${telling}, ${version}, ${block}, ${place}, 'paragraph', 'nl', ${text}, sha256(convert_to(${text}, 'UTF8')))`.execute(
      tx,
    );
  }
  await sql`update core.telling set version = ${version} where id = ${telling}`.execute(tx);
  for (const use of ['read', 'quote-report'])
    await sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by)
      values (${telling}, ${use}, 'given', 'public', ${hash}, 'nl', 'screen', ${teller.id})`.execute(tx);
  return carryQuotes(tx, mouth(), telling);
}

test('60 tellings in a row of versions: every quote that may be shown is byte-equal to the version its teller consented to', async () => {
  const lots = fc.sample(
    fc.tuple(
      fc.array(fc.array(fc.nat(99), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      fc.array(anEdit, { minLength: 3, maxLength: 3 }),
      fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 60 }),
    ),
    { numRuns: 60, seed: 20_261_123 },
  );
  let [shown, asked] = [0, 0];
  for (const [begun, steps, numbers] of lots) {
    const lot = () => numbers.pop() ?? 0;
    let said = quotable.begin(begun);
    const { id } = await aTelling({
      teller,
      says: said.map((each) => ({
        type: 'paragraph' as const,
        attrs: { id: keyed(each).block, lang: 'nl', dir: 'ltr' as const },
        content: [{ type: 'text' as const, text: keyed(each).text }],
      })),
      consents: open,
    });
    await withViewer(reader, async (tx) => {
      for (const { block, start, end } of quotable.quotes(said, lot))
        expect(
          await makeQuote(tx, speaker(reader), {
            telling: id,
            block: lastingKey('block', block),
            start,
            end,
          }),
        ).toMatchObject({ ok: true });
    });
    for (const [at, step] of steps.entries()) {
      said = step(said);
      asked += (await withViewer(teller, (tx) => nextVersion(tx, id, at + 2, said))).asked;
      const texts = new Map(said.map((each) => [keyed(each).block, keyed(each).text]));
      for (const quote of await withViewer(reader, (tx) => quotesToShow(tx, id, 'public'))) {
        shown++;
        const words = Buffer.from(texts.get(quote.block)?.slice(quote.start, quote.end) ?? '');
        expect(words.equals(Buffer.from(quote.exact))).toBe(true);
      }
    }
  }
  expect(Math.min(shown, asked)).toBeGreaterThan(40);
});

const winter = (consents: Parameters<typeof aTelling>[0]['consents'] = open) =>
  aTelling({ teller, says: ['Ik kwam in de winter. 😀 Ja.'], consents });
const quoteOf = (viewer: Viewer, made: Awaited<ReturnType<typeof winter>>, start = 8, end = 20) =>
  withViewer(viewer, (tx) =>
    makeQuote(tx, speaker(viewer), {
      telling: made.id,
      block: made.doc.content[0]?.attrs.id ?? '',
      start,
      end,
    }),
  );

test('who may not read a telling, or may not quote it, learns nothing of it by quoting', async () => {
  for (const consents of [[], [{ ...open[0], audience: 'network' as const }, open[1]], [open[0]]])
    expect(await quoteOf(reader, await winter(consents))).toEqual({
      ok: false,
      reason: 'quote_unknown',
      details: {},
    });
});

test('a quote that halves an emoji is not made, by the rule nor by the database', async () => {
  const made = await winter();
  expect(await quoteOf(reader, made, 22, 23)).toMatchObject({ reason: 'quote_not_there' });
  const half = (exact: string, start: number, end: number) =>
    withViewer(reader, (tx) =>
      sql`insert into core.quote (telling, version, block, start_at, end_at, exact, exact_hash, made_by)
        values (${made.id}, 1, ${made.doc.content[0]?.attrs.id}, ${start}, ${end}, ${exact}, sha256(convert_to(${exact}, 'UTF8')), ${reader.id})`.execute(
        tx,
      ),
    );
  await expect(half('?', 22, 23)).rejects.toMatchObject({ code: '42501' });
  await expect(half('Ik ging', 0, 7)).rejects.toMatchObject({ code: '42501' });
  await half('😀', 22, 24);
});

test('who quotes cannot put other words in a teller’s mouth later, nor say that the teller agreed', async () => {
  const made = await winter();
  const quote = await quoteOf(reader, made);
  const id = quote.ok ? quote.value.quote : expect.unreachable();
  const change = (set: string) =>
    withViewer(reader, (tx) => sql`update core.quote set ${sql.raw(set)} where id = ${id}`.execute(tx));
  await expect(
    change(`start_at = 0, end_at = 2, exact = 'Ik', exact_hash = sha256('Ik')`),
  ).rejects.toMatchObject({ code: '42501' });
  await expect(change(`standing = 'held'`)).rejects.toMatchObject({ code: '42501' });
  await change(`standing = 'let-go'`);
});

test('only the teller answers for a quote, and may show the words anew or let them go', async () => {
  const made = await winter();
  await quoteOf(reader, made);
  const block = made.doc.content[0]?.attrs.id ?? '';
  await withViewer(operator, (tx) =>
    sql`with v as (insert into core.telling_version (telling, number, doc, hash) values (${made.id}, 2, '{}', sha256('2')) returning number)
      insert into core.telling_block (telling, version, block, place, kind, language, text, hash) select ${made.id}, number, ${block}, 0, 'paragraph', 'nl', 'Ik kwam in de herfst.', sha256('h') from v`.execute(
      tx,
    ),
  );
  await withViewer(teller, (tx) =>
    sql`update core.telling set version = 2 where id = ${made.id}`.execute(tx),
  );
  expect(await withViewer(teller, (tx) => carryQuotes(tx, mouth(), made.id))).toEqual({
    carried: 0,
    asked: 1,
  });
  const [waiting] = await withViewer(teller, (tx) => quotesOfMine(tx, made.id));
  expect(waiting).toMatchObject({ exact: 'in de winter', standing: 'asked', now: 'Ik kwam in de herfst.' });
  const answer = (viewer: Viewer, given: string | null) =>
    withViewer(viewer, (tx) =>
      answerQuote(tx, tellerOf(viewer) as Teller, { telling: made.id, quote: waiting?.id ?? '' }, given),
    );
  expect(await answer(reader, null)).toMatchObject({ reason: 'quote_unknown' });
  expect(await answer(teller, 'in de zomer')).toMatchObject({ reason: 'quote_not_there' });
  expect(await answer(teller, 'in de herfst')).toMatchObject({ ok: true });
  expect((await withViewer(teller, (tx) => quotesOfMine(tx, made.id)))[0]).toMatchObject({
    exact: 'in de herfst',
    standing: 'held',
  });
  // The teller did not consent to the second version yet.
  expect(await withViewer(reader, (tx) => quotesToShow(tx, made.id, 'public'))).toEqual([]);
  await answer(teller, null);
  expect(await withViewer(teller, (tx) => quotesOfMine(tx, made.id))).toEqual([]);
});

test('whoever quoted a telling no longer sees the quote once they may not read it', async () => {
  const made = await winter();
  await quoteOf(reader, made);
  const mine = () =>
    withViewer(reader, (tx) => sql`select exact from core.quote where telling = ${made.id}`.execute(tx)).then(
      ({ rows }) => rows.length,
    );
  expect(await mine()).toBe(1);
  await withViewer(teller, (tx) =>
    sql`insert into core.consent (item, use, verdict, audience, shown_in, how, said_by) values (${made.id}, 'read', 'taken-back', 'circle', 'nl', 'screen', ${teller.id})`.execute(
      tx,
    ),
  );
  expect(await mine()).toBe(0);
});
