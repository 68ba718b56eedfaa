import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { librarianOf, tellerOf } from '../access.ts';
import { bringWorks } from '../citing/commands.server.ts';
import { everyWork } from '../citing/queries.server.ts';
import { parseWorks } from '../citing/input.ts';
import { citedWorks } from '../reading/exchange/model.ts';
import { openInsight, openInsights } from '../reading/queries.server.ts';
import { anInsight, anInsightWish } from '../testing.ts';
import { askQuestion, writeInsight } from './commands.server.ts';
import { besideEachOther, knowledgeKinds } from './model.ts';

ownDatabase();

const proof = <Proof>(given: Proof | null): Proof => {
  if (!given) throw new Error('There is no proof.');
  return given;
};
const works = [
  { id: 'damen2021', type: 'book', title: 'Samen', author: [{ family: 'Damen', given: 'Rosa' }] },
  { id: 'b', type: 'report', title: 'Rapport', author: [{ literal: 'VU' }] },
];

test('works are brought in wholly or not at all, and a second time nothing is new', async () => {
  const ria = await aPerson('Ria', [{ role: 'researcher' }]);
  const brings = (given: typeof works) =>
    withViewer(ria, (tx) => bringWorks(tx, proof(librarianOf(ria)), given));
  expect(await brings(works)).toEqual({ ok: true, brought: 2, known: 0 });
  expect(await brings(works)).toEqual({ ok: true, brought: 0, known: 2 });
  const [first] = works;
  const other = [
    { id: 'nieuw', type: 'book', title: 'Nieuw', author: [{ literal: 'VU' }] },
    { ...first, title: 'Anders' },
  ] as typeof works;
  expect(await brings(other)).toEqual({
    ok: false,
    problems: [{ entry: 2, key: 'damen2021', field: 'id', reason: 'key-taken', found: 'Samen' }],
  });
  expect((await withViewer(ria, everyWork)).map(({ id }) => id)).toEqual(['b', 'damen2021']);
});

test('who knows by living it stands as author beside who knows by research, on the same question and in no order of kind', async () => {
  const ria = await aPerson('Ria', [{ role: 'researcher' }]);
  const samira = await aPerson('Samira');
  const question = await withViewer(ria, (tx) =>
    askQuestion(tx, proof(librarianOf(ria)), {
      question: 'Wat maakt een stad kleiner?',
      language: 'nl',
      themes: [],
    }),
  );
  const lived = await anInsight(samira, { question, authors: ['Yusuf'] });
  const researched = await anInsight(ria, {
    kind: 'scientific',
    question,
    called: 'Ria de Wit',
    works: ['damen2021'],
  });
  const read = await withViewer(visitor, (tx) => openInsight(tx, lived.slug));
  expect(read?.card.authors).toEqual(['Samira', 'Yusuf']);
  expect(read?.others.map(({ slug, works: its }) => [slug, its.map(({ id }) => id)])).toEqual([
    [researched.slug, ['damen2021']],
  ]);
  const cited = citedWorks('https://house.example', await withViewer(visitor, openInsights));
  expect(cited.map(({ id }) => id).sort()).toEqual(['damen2021', lived.slug, researched.slug].sort());
  expect(cited.find(({ id }) => id === lived.slug)?.author).toEqual([
    { literal: 'Samira' },
    { literal: 'Yusuf' },
  ]);
  expect(parseWorks(JSON.stringify(cited), 2030).ok).toBe(true);
});

test('an insight that rests on a work nobody knows is not taken, and the work is named', async () => {
  const samira = await aPerson('Samira');
  const writes = (words: Parameters<typeof anInsightWish>[0]) =>
    withViewer(samira, (tx) => writeInsight(tx, proof(tellerOf(samira)), anInsightWish(words)));
  expect(await writes({ works: ['damen2021', 'niemand1999'] })).toEqual(
    refused('learning.refused.works', { keys: 'niemand1999' }),
  );
  expect(await writes({ question: 'nooit-gevraagd' })).toEqual(refused('learning.refused.question'));
});

test('what kind of knowledge an insight is changes nothing about where it stands', () => {
  const kind = fc.constantFrom(...knowledgeKinds);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 12 }),
      fc.array(kind, { minLength: 12, maxLength: 12 }),
      fc.array(kind, { minLength: 12, maxLength: 12 }),
      (slugs, some, others) => {
        const order = (kinds: readonly string[]) =>
          besideEachOther(slugs.map((slug, at) => ({ slug, kind: kinds[at] }))).map(({ slug }) => slug);
        expect(order(some)).toEqual(order(others));
      },
    ),
    { numRuns: 100 },
  );
});
