import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '../../people/access.ts';
import { leaveHouse } from '../../people/commands/leave.server.ts';
import { belongingsOf } from '../../people/export/queries.server.ts';
import { aPerson } from '../../people/testing.ts';
import { guideOf } from '../access.ts';
import { lookAt } from '../looking/commands.server.ts';
import { waitingToBeSeen } from '../looking/queries.server.ts';
import { aTrajectory, aTrajectoryWish } from '../testing.ts';
import {
  changeTrajectory,
  eraseNote,
  stopTakingPart,
  takePart,
  tellChange,
  writeNote,
} from './commands.server.ts';
import { byYear } from './model.ts';
import { myPath, myTrajectories } from './queries.server.ts';

ownDatabase();

const proof = <Proof>(given: Proof | null): Proof => {
  if (!given) throw new Error('There is no proof.');
  return given;
};
const onTheStreet = (id: string) =>
  withViewer(visitor, (tx) =>
    tx.selectFrom('pub.trajectory').selectAll().where('id', '=', id).executeTakeFirst(),
  );
const takes = (who: Viewer, slug: string) => withViewer(who, (tx) => takePart(tx, proof(oneself(who)), slug));
const notes = (who: Viewer, words: string, trajectory: string | null) =>
  withViewer(who, (tx) =>
    writeNote(tx, proof(oneself(who)), { kind: 'asked', words, trajectory, day: '2026-02-01' }),
  );
const change = {
  day: '2026-03-01',
  words: 'Er komen nu ook vaders.',
  language: 'nl',
  called: 'Samira',
  goesAlong: true,
};

test('a draft is seen by nobody but who keeps it, and nobody takes part in it', async () => {
  const [bas, samira] = [await aPerson('Bas', [{ role: 'facilitator' }]), await aPerson('Samira')];
  const { id, slug } = await aTrajectory(bas, { draft: true });
  expect(await onTheStreet(id)).toBeUndefined();
  expect(await takes(samira, slug)).toEqual(refused('learning.refused.not-there'));
});

test('a question that stays keeps the day since when it is asked, and what is not known is told', async () => {
  const bas = await aPerson('Bas', [{ role: 'facilitator' }]);
  const { id } = await aTrajectory(bas, { questions: ['Wie komt er nooit?', 'Weg'] });
  const changed = await withViewer(bas, (tx) =>
    changeTrajectory(
      tx,
      proof(guideOf(bas)),
      id,
      aTrajectoryWish({ questions: ['Nieuw', 'Wie komt er nooit?'], gatherings: ['is-er-niet'] }),
    ),
  );
  expect(changed).toMatchObject({ ok: true, value: { unknown: ['is-er-niet'] } });
  expect((await onTheStreet(id))?.questions.map(({ question }) => question)).toEqual([
    'Nieuw',
    'Wie komt er nooit?',
  ]);
  const other = await aPerson('Els', [{ role: 'facilitator' }]);
  const refusal = await withViewer(other, (tx) =>
    changeTrajectory(tx, proof(guideOf(other)), id, aTrajectoryWish({})),
  );
  expect(refusal).toEqual(refused('learning.refused.not-there'));
});

test('someone walks their own path, which nobody else reads, and takes it along', async () => {
  const [bas, samira, jan] = [
    await aPerson('Bas', [{ role: 'facilitator' }]),
    await aPerson('Samira'),
    await aPerson('Jan'),
  ];
  const { id, slug } = await aTrajectory(bas);
  expect(await notes(samira, 'Te vroeg.', id)).toEqual(refused('learning.refused.not-there'));
  await takes(samira, slug);
  await takes(samira, slug);
  await notes(samira, 'Wat kan ik laten?', id);
  await notes(samira, 'Voor mijzelf.', null);
  const path = (who: Viewer) => withViewer(who, (tx) => myPath(tx, proof(oneself(who))));
  expect((await path(samira)).map(({ words }) => words)).toEqual(['Wat kan ik laten?', 'Voor mijzelf.']);
  for (const other of [bas, jan]) expect(await path(other)).toEqual([]);
  expect(JSON.stringify(await belongingsOf(proof(oneself(samira))))).toContain('Wat kan ik laten?');
  await withViewer(samira, (tx) => stopTakingPart(tx, proof(oneself(samira)), id));
  expect(await withViewer(samira, (tx) => myTrajectories(tx, proof(oneself(samira))))).toEqual([]);
  const kept = await path(samira);
  expect(kept).toHaveLength(2);
  await withViewer(samira, (tx) => eraseNote(tx, proof(oneself(samira)), kept[0]?.id ?? ''));
  expect(await path(samira)).toHaveLength(1);
});

test('what changed, told by who takes part, is open once who keeps it looked, and gone when its teller leaves', async () => {
  const [bas, samira, jan] = [
    await aPerson('Bas', [{ role: 'facilitator' }]),
    await aPerson('Samira'),
    await aPerson('Jan'),
  ];
  const { id, slug } = await aTrajectory(bas);
  const tells = (who: Viewer, as: 'learner' | 'guide') =>
    withViewer(who, (tx) => tellChange(tx, proof(oneself(who)), id, change, as));
  expect(await tells(jan, 'learner')).toEqual(refused('learning.refused.not-there'));
  expect(await tells(jan, 'guide')).toEqual(refused('learning.refused.not-there'));
  await takes(samira, slug);
  expect((await tells(samira, 'learner')).ok).toBe(true);
  expect((await onTheStreet(id))?.changes).toEqual([]);
  const [waits] = await withViewer(bas, waitingToBeSeen);
  await withViewer(bas, (tx) =>
    lookAt(tx, proof(guideOf(bas)), { kind: 'change', id: waits?.id ?? '', why: null }),
  );
  expect((await tells(bas, 'guide')).ok).toBe(true);
  expect((await onTheStreet(id))?.changes).toHaveLength(2);
  await withViewer(samira, (tx) => leaveHouse(tx, proof(oneself(samira))));
  expect((await onTheStreet(id))?.changes).toHaveLength(1);
});

test('things by year keep every thing, in the order of the days', () => {
  const day = fc
    .date({ min: new Date('2015-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(fc.array(fc.record({ day, at: fc.nat() })), (things) => {
      const years = byYear(things);
      const flat = years.flatMap((year) => year.things);
      expect(flat.map((thing) => thing.day)).toEqual(things.map((thing) => thing.day).sort());
      expect(new Set(flat)).toEqual(new Set(things));
      expect(
        years.every(
          ({ year, things: its }) => its.length > 0 && its.every((thing) => thing.day.startsWith(year)),
        ),
      ).toBe(true);
    }),
    { numRuns: 100 },
  );
});
