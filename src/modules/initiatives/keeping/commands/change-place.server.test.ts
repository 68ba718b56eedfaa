import { describe, expect, test } from 'vitest';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { allOfPub, asAdmin } from '../../testing.ts';
import { entryToKeep } from '../queries.server.ts';
import { aKeptEntry, kept, onTheStreet, save } from '../testing.ts';
import { showPlace } from './look-at-place.server.ts';

const database = ownDatabase();
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

describe('a place', () => {
  test('that nobody knows is asked after, with what may have been meant', async () => {
    const { id, keeper } = await aKeptEntry();
    const saved = await save(keeper, id, { place: 'Lewarden', when: 'wrong' });
    if (saved.kind !== 'problems') throw new Error(saved.kind);
    expect(saved.problems[0]).toMatchObject({ field: 'place', reason: 'place_which' });
    expect(saved.problems[0]?.didYouMean?.map((place) => place.name)).toContain('Leeuwarden');
  });

  test('that is kept back appears nowhere the street can read, nor where it was before', async () => {
    const { id, slug, keeper } = await aKeptEntry();
    await save(keeper, id, {
      place: 'Velp, Rheden',
      point: '51.99876, 5.97654',
      precision: 'exact',
      when: 'today',
    });
    expect((await onTheStreet(slug))?.periods.at(-1)?.town).toBe('Velp');
    await save(keeper, id, {
      'show-place': 'hidden',
      'why-place': 'safety',
      name: 'Zwaluwnest',
      when: 'wrong',
    });
    expect(
      (await onTheStreet(slug))?.periods.map((period) => [period.precision, period.town, period.province]),
    ).toEqual([
      ['hidden', null, null],
      ['hidden', null, null],
    ]);
    for (const [table, text] of await allOfPub(database.adminUrl)) {
      expect(text, table).not.toMatch(/51\.99876|5\.97654/);
      if (!/^(place|search_|municipality)/.test(table))
        expect(
          text
            .split('\n')
            .filter((line) => line.includes(id))
            .join(),
          table,
        ).not.toMatch(/Velp|GM0275|PV25/);
    }
    const [why] = await admin<{ kept_back: object }>('select kept_back from pub.initiative where id = $1', [
      id,
    ]);
    expect(why?.kept_back).toEqual({ place: 'safety' });
    expect((await kept(keeper, id)).typed).toMatchObject({ point: ['51.99876, 5.97654'] });
  });

  test('is shown less precisely wherever it ever was', async () => {
    const { id, slug, keeper } = await aKeptEntry();
    await save(keeper, id, { place: 'Nijmegen', when: 'today' });
    await save(keeper, id, { precision: 'region' });
    expect((await onTheStreet(slug))?.periods.map((period) => [period.precision, period.town])).toEqual([
      ['region', null],
      ['region', null],
    ]);
  });

  test('shows its exact point to its keeper, and to a verifier only when they ask', async () => {
    const { id, keeper } = await aKeptEntry({ lat: 51.98765, lon: 5.91234 });
    expect((await kept(keeper, id)).typed.point).toEqual(['51.98765, 5.91234']);
    const verifier = await aPerson('Vera', [{ role: 'verifier' }]);
    const seen = await kept(verifier, id);
    expect([seen.hasPoint, seen.pointShown, seen.typed.point]).toEqual([true, false, []]);
    await save(verifier, id, { text: 'Gebeld.', pointShown: 'no' });
    expect((await kept(keeper, id)).typed.point).toEqual(['51.98765, 5.91234']);
  });
});

test('a verifier who looks at the exact point is written down, and who only says to have looked sees nothing', async () => {
  const { id, keeper } = await aKeptEntry({ lat: 51.98765, lon: 5.91234 });
  const verifier = await aPerson('Vera', [{ role: 'verifier' }]);
  const began = (await kept(verifier, id)).typed;
  await save(keeper, id, { text: 'Intussen.' });
  const lie = await save(verifier, id, { text: 'Ook.', pointShown: 'yes' }, began);
  expect([lie.kind, JSON.stringify(lie)]).toEqual(['clash', expect.not.stringContaining('51.98765')]);
  expect(await withViewer(keeper, (tx) => showPlace(tx, id, {}, 'nl'))).toBeNull();
  expect(await withViewer(verifier, (tx) => showPlace(tx, id, {}, 'nl'))).toMatchObject({
    typed: { point: ['51.98765, 5.91234'] },
  });
  const looks = await withViewer(keeper, (tx) =>
    tx
      .selectFrom('core.place_look')
      .select(['person_id', 'purpose'])
      .where('initiative_id', '=', id)
      .execute(),
  );
  expect(looks).toEqual([{ person_id: verifier.id, purpose: 'verify' }]);
  const shown = await withViewer(verifier, (tx) => entryToKeep(tx, id, 'nl', true));
  expect(shown?.typed.point).toEqual(['51.98765, 5.91234']);
  const saved = await save(
    verifier,
    id,
    { point: '', place: 'Arnhem', when: 'wrong', pointShown: 'yes' },
    shown?.typed,
  );
  expect(saved).toMatchObject({ kind: 'saved', told: ['place'] });
});

test('a verifier does not move an entry out of their own region', async () => {
  const { id } = await aKeptEntry();
  const verifier = await aPerson('Vera', [
    { role: 'verifier', scope: { kind: 'municipality', id: 'GM0202' } },
  ]);
  expect(await save(verifier, id, { place: 'Nijmegen', when: 'wrong', pointShown: 'no' })).toMatchObject({
    kind: 'problems',
    problems: [{ field: 'place', reason: 'place_not_yours' }],
  });
});
