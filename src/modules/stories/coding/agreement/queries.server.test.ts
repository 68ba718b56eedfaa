import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aPerson } from '../../../people/testing.ts';
import { blocksOf } from '../../document/model.ts';
import { aTelling } from '../../testing.ts';
import { shareCodebook } from '../commands/codebook.server.ts';
import { codePassage } from '../commands/passages.server.ts';
import { patternIn } from '../patterns/queries.server.ts';
import { aCodebook, aResearcher, type Studying } from '../testing.ts';
import { agreementOf } from './queries.server.ts';

ownDatabase();
let teller: Viewer;
let ada: Studying;
let ben: Studying;
beforeAll(async () => {
  teller = await aPerson('Noor');
  [ada, ben] = [await aResearcher('Ada'), await aResearcher('Ben')];
});
const consents = [{ use: 'coding', verdict: 'given', audience: 'public' }] as const;

test('two coders agree on what they both coded; a telling that one of them left alone says nothing', async () => {
  const says = ['tien tekens', 'tien tekens', 'tien tekens', 'tien tekens'];
  const [both, one] = [
    await aTelling({ teller, says, consents }),
    await aTelling({ teller, says, consents }),
  ];
  const { id, codes } = await aCodebook(ada, ['hoop']);
  await withViewer(ada.viewer, (tx) => shareCodebook(tx, ada.who, id, { with: ben.who.person, on: true }));
  const give = async ({ viewer, who }: Studying, telling: typeof both, at: readonly number[]) => {
    const blocks = blocksOf(telling.doc);
    await withViewer(viewer, async (tx) => {
      for (const each of at) {
        const said = { block: blocks[each]?.block ?? '', code: codes[0] ?? '', start: 0, end: 11 };
        await codePassage(tx, who, id, telling.id, said);
      }
    });
  };
  await give(ada, both, [0, 1]);
  await give(ben, both, [0]);
  await give(ada, one, [0, 1, 2]);
  const found = await withViewer(ada.viewer, (tx) => agreementOf(tx, id));
  expect(found).toMatchObject({ coders: ['Ada', 'Ben'], tellings: 1, blocks: 4 });
  // Three of four blocks the same; by chance 1/2 * 1/4 + 1/2 * 3/4.
  expect(found.rows[0]).toMatchObject({ observed: 0.75, kappa: 0.5, kappaBySign: 0.5 });
  // Of eight judgements three say yes: 1 - 7 * 2 / (2 * 3 * 5).
  expect(found.rows[0]?.alpha).toBeCloseTo(1 - 14 / 30, 12);
  expect(found.rows).toHaveLength(2);
});

test('a pattern over a few voices shows no number at all', async () => {
  const telling = await aTelling({ teller, says: ['Hallo'], roleThen: 'newcomer', consents });
  const { id, codes } = await aCodebook(ada, ['groet']);
  const said = { block: blocksOf(telling.doc)[0]?.block ?? '', code: codes[0] ?? '', start: 0, end: 5 };
  await withViewer(ada.viewer, (tx) => codePassage(tx, ada.who, id, telling.id, said));
  const found = await withViewer(ada.viewer, (tx) => patternIn(tx, id, 'role'));
  expect(found.all).toBeNull();
  expect([...found.voices, ...found.rows.flatMap(({ cells }) => cells)].every((cell) => cell === null)).toBe(
    true,
  );
});

test('ten voices of whom five have a code are shown, and nobody else’s language is given away', async () => {
  const cas = await aResearcher('Cas');
  const { id, codes } = await aCodebook(cas, ['groet']);
  for (let at = 0; at < 12; at++) {
    const telling = await aTelling({ teller, language: 'uk', says: ['Привіт'], consents });
    const said = { block: blocksOf(telling.doc)[0]?.block ?? '', code: codes[0] ?? '', start: 0, end: 6 };
    if (at < 6) await withViewer(cas.viewer, (tx) => codePassage(tx, cas.who, id, telling.id, said));
  }
  const found = await withViewer(cas.viewer, (tx) => patternIn(tx, id, 'language'));
  // The three Dutch voices of the tests before are too few: so the twelve are hidden beside them, and only the sum is told.
  expect(found).toMatchObject({ values: ['nl', 'uk'], voices: [null, null], all: 15 });
  expect(found.rows[0]).toMatchObject({ cells: [null, null], all: 6 });
});
