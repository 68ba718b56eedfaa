import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import {
  aConsultation,
  aKeeper,
  aParty,
  aPoint,
  done,
  handOver,
  type MadeConsultation,
} from '../../consulting/testing.ts';
import { decide } from '../../consulting/commands.server.ts';
import { followAdvice } from '../../following/commands.server.ts';
import { openAdvice } from '../../following/queries.server.ts';
import { layVoice, seeOtherwise, writePoint } from '../commands.server.ts';
import type { SaidOfWhole } from '../model.ts';
import { adviceOf, saidThere } from '../queries.server.ts';
import { layBefore, redraft, sayOfWhole, sign, takeBack } from './commands.server.ts';

ownDatabase();
const on = '2026-11-25';
const words = { language: 'nl' };

const say = (made: MadeConsultation, at: number, said: SaidOfWhole, text: string | null = null, day = on) => {
  const viewer = made.experts[at]?.viewer ?? visitor;
  const { consultation } = made;
  return withViewer(viewer, (tx) =>
    sayOfWhole(tx, aParty(viewer), { consultation, ...words }, { said, text }, day),
  );
};
const lay = (made: MadeConsultation, day = on) => {
  const keeps = aKeeper(made.keeper);
  return withViewer(keeps, (tx) => layBefore(tx, keeps, { consultation: made.consultation, days: 10 }, day));
};
const signs = (viewer: Viewer, { consultation }: MadeConsultation, day = on) =>
  withViewer(viewer, (tx) => sign(tx, aParty(viewer), consultation, day));
const expert = (made: MadeConsultation, at: number): Viewer => made.experts[at]?.viewer ?? visitor;
const advice = (made: MadeConsultation, viewer = made.keeper) =>
  withViewer(viewer, (tx) => adviceOf(tx, made.consultation));
const open = (made: MadeConsultation) =>
  withViewer(visitor, (tx) => openAdvice(tx, { id: made.consultation }));

test('a pool advises point by point with the voices behind each, keeps who sees it otherwise, and hands it over with two people', async () => {
  const made = await aConsultation(on);
  const { consultation } = made;
  const point = await aPoint(made, 'Geef mensen een kamer voordat ze papieren hebben.');
  const samira = expert(made, 0);
  const [statement] = await withViewer(samira, (tx) => saidThere(tx, consultation));
  for (const voice of [
    { kind: 'own' as const, text: 'Ik sliep twee jaar met zes mensen in een kamer.' },
    { kind: 'statement' as const, key: statement?.id ?? '' },
  ])
    done(
      await withViewer(samira, (tx) =>
        layVoice(tx, aParty(samira), { consultation, ...words }, { point, voice }),
      ),
    );
  const omar = expert(made, 1);
  done(
    await withViewer(omar, (tx) =>
      seeOtherwise(
        tx,
        aParty(omar),
        { consultation, ...words },
        { point, text: 'Eerst een baan, dan een kamer.' },
      ),
    ),
  );
  expect((await lay(made)).ok).toBe(true);
  expect(await signs(made.keeper, made)).toEqual(refused('consulting.refused.not-now'));
  done(await say(made, 0, 'yes'));
  done(await say(made, 1, 'yes-with', 'Ik had liever meer over werk gezegd.'));
  expect((await advice(made))?.state).toBe('before-all');
  done(await say(made, 2, 'yes'));
  expect((await advice(made))?.state).toBe('agreed');
  expect(done(await signs(made.keeper, made))).toEqual({ handedOver: false });
  expect(await open(made)).toBeNull();
  expect(done(await signs(samira, made))).toEqual({ handedOver: true });
  const read = await open(made);
  expect(read?.experts).toEqual(['Lina', 'Omar', 'Samira']);
  expect(read?.points[0]?.voices).toMatchObject([
    { kind: 'own', called: 'Samira' },
    { kind: 'statement', called: null, meeting: 1, number: 1 },
  ]);
  expect(read?.points[0]?.dissent).toMatchObject([
    { called: 'Omar', text: 'Eerst een baan, dan een kamer.' },
  ]);
  expect(read?.beside).toMatchObject([{ said: 'yes-with', called: 'Omar' }]);
  expect(read?.hash).toBe(
    createHash('sha256')
      .update(read?.words ?? '', 'utf8')
      .digest('hex'),
  );
  expect(read?.words).toContain('otherwise Omar [nl] Eerst een baan, dan een kamer.');
});

test('one not yet makes it a draft in the first round; in the second it goes along as dissent, and nobody holds it alone', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'Geef mensen een kamer.');
  done(await lay(made));
  done(await say(made, 0, 'yes'));
  done(await say(made, 1, 'yes'));
  done(await say(made, 2, 'not-yet', 'Er staat niets over kinderen.'));
  expect((await advice(made))?.state).toBe('before-all');
  const keeps = aKeeper(made.keeper);
  done(await withViewer(keeps, (tx) => redraft(tx, keeps, made.consultation)));
  done(await lay(made));
  done(await say(made, 0, 'yes'));
  done(await say(made, 1, 'yes'));
  done(await say(made, 2, 'not-yet', 'Er staat nog steeds niets over kinderen.'));
  expect((await advice(made))?.state).toBe('agreed');
  for (const viewer of [made.keeper, expert(made, 0)]) done(await signs(viewer, made));
  expect((await open(made))?.beside).toMatchObject([
    { said: 'not-yet', called: 'Lina', text: 'Er staat nog steeds niets over kinderen.' },
  ]);
});

test('an advice is not laid before all without a point or before the pool met twice', async () => {
  const made = await aConsultation(on);
  expect(await lay(made)).toEqual(refused('consulting.refused.no-points'));
  await aPoint(made, 'Geef mensen een kamer.');
  await withViewer(operator, (tx) =>
    sql`delete from core.consultation_meeting where consultation = ${made.consultation} and number = 2`.execute(
      tx,
    ),
  );
  expect(await lay(made)).toEqual(refused('consulting.refused.meetings'));
  await expect(
    withViewer(operator, (tx) =>
      sql`update core.advice set state = 'before-all', until_day = '2026-12-05' where consultation = ${made.consultation}`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow('met twice');
});

test('what was laid before all is not changed any more, and taking it back to the draft undoes every signature', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'Geef mensen een kamer.');
  done(await lay(made));
  const written = { consultation: made.consultation, point: null, language: 'nl', text: 'Nog een punt.' };
  const write = () => withViewer(made.keeper, (tx) => writePoint(tx, aParty(made.keeper), written));
  expect(await write()).toEqual(refused('consulting.refused.draft-only'));
  for (const at of [0, 1, 2]) done(await say(made, at, 'yes'));
  done(await signs(made.keeper, made));
  expect(await say(made, 0, 'yes')).toEqual(refused('consulting.refused.not-now'));
  const keeps = aKeeper(made.keeper);
  done(await withViewer(keeps, (tx) => redraft(tx, keeps, made.consultation)));
  expect(await advice(made)).toMatchObject({ state: 'draft', keeperSigned: false });
  expect((await write()).ok).toBe(true);
});

test('an expert takes name and words back: they leave the street, the words as handed over go, and the mark stays', async () => {
  const made = await aConsultation(on);
  const point = await aPoint(made, 'Geef mensen een kamer.');
  const lina = expert(made, 2);
  const own = { point, voice: { kind: 'own' as const, text: 'CANARY-5d1 ik wachtte drie jaar.' } };
  const { consultation } = made;
  done(await withViewer(lina, (tx) => layVoice(tx, aParty(lina), { consultation, ...words }, own)));
  await handOver(made, on);
  const before = await open(made);
  expect(before?.words).toContain('CANARY-5d1');
  done(await withViewer(lina, (tx) => takeBack(tx, aParty(lina), { consultation, all: true })));
  const after = await open(made);
  expect(after).toMatchObject({ hash: before?.hash, words: null, experts: ['Omar', 'Samira'] });
  expect(after?.takenBackOn).not.toBeNull();
  expect(JSON.stringify(after)).not.toContain('CANARY-5d1');
  expect(after?.points[0]?.voices).toEqual([]);
});

test('who leaves the pool takes their name and words along out of every advice', async () => {
  const made = await aConsultation(on);
  const point = await aPoint(made, 'Geef mensen een kamer.');
  const lina = expert(made, 2);
  const own = { point, voice: { kind: 'own' as const, text: 'Ik wachtte drie jaar.' } };
  const { consultation } = made;
  done(await withViewer(lina, (tx) => layVoice(tx, aParty(lina), { consultation, ...words }, own)));
  await handOver(made, on);
  for (const [at, all] of [
    [2, false],
    [1, true],
  ] as const)
    await withViewer(expert(made, at), (tx) =>
      sql`select core.leave_pool(${made.experts[at]?.id}::uuid, ${all})`.execute(tx),
    );
  const after = await open(made);
  expect(after).toMatchObject({ words: null, experts: ['Samira'] });
  expect(after?.points[0]?.voices).toEqual([]);
});

test('who leaves the house takes their name and words along too', async () => {
  const made = await aConsultation(on);
  const point = await aPoint(made, 'Geef mensen een kamer.');
  const lina = expert(made, 2);
  const own = { point, voice: { kind: 'own' as const, text: 'Ik wachtte drie jaar.' } };
  const { consultation } = made;
  done(await withViewer(lina, (tx) => layVoice(tx, aParty(lina), { consultation, ...words }, own)));
  await handOver(made, on);
  await withViewer(operator, (tx) =>
    sql`update core.person set left_on = ${on} where id = ${lina.id}`.execute(tx),
  );
  const after = await open(made);
  expect(after).toMatchObject({ words: null, experts: ['Omar', 'Samira'] });
  expect(after?.points[0]?.voices).toEqual([]);
});

test('once a consultation was stopped nothing of its advice moves, and the night passes it by', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'Geef mensen een kamer.');
  done(await lay(made));
  done(await say(made, 0, 'yes'));
  done(await say(made, 1, 'yes'));
  const stop = { consultation: made.consultation, deed: 'stop' as const, why: 'Het geld is op.' };
  done(await withViewer(made.client, (tx) => decide(tx, aParty(made.client), stop, on)));
  expect(await say(made, 2, 'yes')).toEqual(refused('consulting.refused.not-now'));
  await withViewer(house, (tx) => followAdvice(tx, '2026-12-20'));
  expect((await advice(made))?.state).toBe('before-all');
  expect(await open(made)).toBeNull();
});

test('when the days are over and enough said yes, the night settles that the pool agrees; silence is no yes', async () => {
  const [enough, few] = [await aConsultation(on), await aConsultation(on)];
  for (const made of [enough, few]) {
    await aPoint(made, 'Geef mensen een kamer.');
    done(await lay(made));
    done(await say(made, 0, 'yes'));
  }
  done(await say(enough, 1, 'yes'));
  await withViewer(house, (tx) => followAdvice(tx, '2026-12-05'));
  expect((await advice(enough))?.state).toBe('before-all');
  await withViewer(house, (tx) => followAdvice(tx, '2026-12-06'));
  expect((await advice(enough))?.state).toBe('agreed');
  expect((await advice(few))?.state).toBe('before-all');
});
