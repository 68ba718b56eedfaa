import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf, type Facilitator } from '../access.ts';
import { houseMethods, methodNames } from '../model.ts';
import { askColleague, partFromColleague } from './commands/colleagues.server.ts';
import { endMethod, keepMethod } from './commands/methods.server.ts';
import { changeSession, prepareSession } from './commands/session.server.ts';
import { addStep, changeStep, dropStep, moveStep } from './commands/steps.server.ts';
import { parseSession } from './input.ts';
import { moved, without } from './model.ts';
import { colleaguesFor, offeredMethods, preparedSession, sessionsLed } from './queries.server.ts';

ownDatabase();
let noor: Facilitator;
let bas: Facilitator;

const proof = (viewer: Viewer): Facilitator => {
  const facilitator = facilitatorOf(viewer);
  if (!facilitator) throw new Error('Nobody leads.');
  return facilitator;
};
const wish = (fields: Record<string, string> = {}) => {
  const form = new FormData();
  const all = { method: 'make-session', title: 'Maaksessie Werk', language: 'nl', door: 'open', ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return parseSession(form).wish;
};
async function begun(fields: Record<string, string> = {}): Promise<string> {
  const made = await withViewer(noor, (tx) => prepareSession(tx, noor, wish(fields)));
  if (!made.ok) throw new Error(made.reason);
  return made.value;
}
const seen = (viewer: Viewer, id: string) => withViewer(viewer, (tx) => preparedSession(tx, id));

beforeAll(async () => {
  noor = proof(await aPerson('Noor', [{ role: 'facilitator' }]));
  bas = proof(await aPerson('Bas', [{ role: 'facilitator' }]));
});

test('whoever is not entrusted to lead, or gave no second factor, prepares nothing', async () => {
  const unsure = await aPerson('Ilse', [{ role: 'facilitator' }], false);
  expect(facilitatorOf(visitor)).toBeNull();
  const claims = { ...unsure, leads: true } as Facilitator;
  await expect(withViewer(claims, (tx) => prepareSession(tx, claims, wish()))).rejects.toThrow('row-level');
});

test('a session of each method of the house stands at once, with a code and the steps of that method', async () => {
  for (const method of methodNames) {
    const session = await seen(noor, await begun({ method }));
    expect(session?.code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
    expect(session?.steps.map(({ kind }) => kind)).toEqual(houseMethods[method].map(({ kind }) => kind));
    expect(session?.facilitators.map(({ called }) => called)).toEqual(['Noor']);
  }
});

test('the hour of a session is that of the Netherlands, in summer and in winter', async () => {
  const summer = await seen(noor, await begun({ day: '2027-07-01', time: '19:30' }));
  const winter = await seen(noor, await begun({ day: '2027-01-15', time: '19:30' }));
  expect(summer?.startsAt?.toISOString()).toBe('2027-07-01T17:30:00.000Z');
  expect(winter?.startsAt?.toISOString()).toBe('2027-01-15T18:30:00.000Z');
  expect([summer?.day, summer?.time]).toEqual(['2027-07-01', '19:30']);
});

test('nobody else sees or changes what is prepared, until they are asked to lead it too', async () => {
  const id = await begun();
  expect(await seen(bas, id)).toBeNull();
  expect(await withViewer(bas, (tx) => changeSession(tx, bas, id, wish({ title: 'Van mij' })))).toMatchObject(
    {
      reason: 'not_yours',
    },
  );
  expect(await withViewer(bas, (tx) => addStep(tx, bas, id, 'vote'))).toMatchObject({ reason: 'not_yours' });
  const [colleague] = await withViewer(noor, (tx) => colleaguesFor(tx, id));
  expect(colleague?.called).toBe('Bas');
  await withViewer(noor, (tx) => askColleague(tx, noor, id, colleague?.id ?? ''));
  expect((await seen(bas, id))?.facilitators.map(({ called }) => called)).toEqual(['Noor', 'Bas']);
  await withViewer(bas, (tx) => partFromColleague(tx, bas, id, noor.id));
  expect(await withViewer(bas, (tx) => partFromColleague(tx, bas, id, bas.id))).toMatchObject({
    reason: 'last_one',
  });
  expect(await withViewer(noor, (tx) => sessionsLed(tx, noor))).not.toContainEqual(
    expect.objectContaining({ id }),
  );
});

test('only facilitators are asked to lead, and who they are is told to facilitators only', async () => {
  const id = await begun();
  const reader = await aPerson('Ali');
  expect(await withViewer(noor, (tx) => askColleague(tx, noor, id, reader.id ?? ''))).toMatchObject({
    reason: 'no_facilitator',
  });
  expect(await withViewer(reader, (tx) => colleaguesFor(tx, id))).toEqual([]);
});

test('an announced session stands in the street, and no longer when that is taken back', async () => {
  const titles = () =>
    withViewer(visitor, async (tx) =>
      (await tx.selectFrom('pub.session').select('title').execute()).map(({ title }) => title.nl),
    );
  const id = await begun({ title: 'Aangekondigd', announced: 'yes' });
  expect(await titles()).toContain('Aangekondigd');
  await withViewer(noor, (tx) => changeSession(tx, noor, id, wish({ title: 'Aangekondigd' })));
  expect(await titles()).not.toContain('Aangekondigd');
});

test('who invites stands on the announcement, in the order they were named', async () => {
  const id = await begun({ organisers: 'Gemeente Ede\r\n\r\n  Buurthuis  De Brug ', announced: 'yes' });
  const { organisers } = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.session').select('organisers').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  expect(organisers.map(({ name }) => name)).toEqual(['Gemeente Ede', 'Buurthuis De Brug']);
  await withViewer(noor, (tx) => changeSession(tx, noor, id, wish({ organisers: 'Gemeente Ede' })));
  expect((await seen(noor, id))?.organisers).toEqual(['Gemeente Ede']);
});

test('steps are added, reworded, moved and left out while they wait', async () => {
  const id = await begun({ method: 'storytelling' });
  const kinds = async () => (await seen(noor, id))?.steps.map(({ kind }) => kind);
  await withViewer(noor, (tx) => addStep(tx, noor, id, 'promises'));
  await withViewer(noor, (tx) => moveStep(tx, noor, id, 5, 'up'));
  await withViewer(noor, (tx) => dropStep(tx, noor, id, 2));
  expect(await kinds()).toEqual(['check-in', 'statements', 'promises', 'harvest']);
  await withViewer(noor, (tx) =>
    changeStep(tx, noor, id, 2, {
      prompt: { nl: 'Wat hoorde je?' },
      purpose: {},
      minutes: 7,
      sides: [{ nl: 'Buur' }],
    }),
  );
  expect((await seen(noor, id))?.steps[1]).toMatchObject({
    prompt: { nl: 'Wat hoorde je?' },
    minutes: 7,
    sides: [{ nl: 'Buur' }],
    fromHouse: 'storytelling.heard',
  });
});

test('a step that was open keeps its place, for what was said stands under its number', () => {
  const step = (position: number, state: 'waiting' | 'open' | 'done') => ({ position, state });
  const steps = [step(1, 'done'), step(2, 'open'), step(3, 'waiting'), step(4, 'waiting')];
  expect(moved(steps, 3, 'up')).toMatchObject({ ok: false, reason: 'step_was_open' });
  expect(without(steps, 1)).toMatchObject({ ok: false, reason: 'step_was_open' });
  expect(moved(steps, 3, 'down')).toMatchObject({ ok: true });
  expect(without([step(1, 'waiting')], 1)).toMatchObject({ ok: false, reason: 'last_step' });
});

test('an own method is begun from by other facilitators, and ended by its maker alone', async () => {
  const id = await begun({ method: 'intervision' });
  await withViewer(noor, (tx) => dropStep(tx, noor, id, 3));
  await withViewer(noor, (tx) => keepMethod(tx, noor, id, 'Korte intervisie'));
  const offered = await withViewer(bas, (tx) => offeredMethods(tx, bas));
  const method = offered.find(({ title }) => title === 'Korte intervisie');
  expect(method).toMatchObject({ isMine: false, cameFrom: 'intervision' });
  const made = await withViewer(bas, (tx) =>
    prepareSession(tx, bas, { ...wish(), method: { own: method?.id ?? '' } }),
  );
  const session = await seen(bas, made.ok ? made.value : '');
  expect(session?.steps.map(({ fromHouse }) => fromHouse)).toEqual([
    'intervision.arrive',
    'intervision.case',
    'intervision.bring',
  ]);
  expect(session?.kind).toBe('intervision');
  expect(await withViewer(bas, (tx) => endMethod(tx, bas, method?.id ?? ''))).toMatchObject({ ok: false });
  await withViewer(noor, (tx) => endMethod(tx, noor, method?.id ?? ''));
  expect(await withViewer(operator, (tx) => offeredMethods(tx, operator))).toEqual([]);
});

test('a form that cannot be taken says so field by field and keeps what was typed', () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    title: 'x',
    day: '2027-02-30',
    time: '25:00',
    minutes: '2',
    place: 'Arnhem',
  }))
    form.set(name, value);
  const { wish: kept, problems } = parseSession(form);
  expect(problems.map(({ field }) => field)).toEqual(['title', 'day', 'time', 'minutes']);
  expect(kept).toMatchObject({ title: 'x', day: '2027-02-30', place: 'Arnhem' });
});
