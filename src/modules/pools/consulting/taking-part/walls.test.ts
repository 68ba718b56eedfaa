import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { asAdmin } from '../../../initiatives/testing.ts';
import { aMember, aPerson } from '../../../people/testing.ts';
import { facilitatorOf, type Facilitator } from '../../../sessions/access.ts';
import { draftMinutes, shareMinutes } from '../../../sessions/minutes/commands.server.ts';
import { aSession } from '../../../sessions/testing.ts';
import { adviceOf } from '../../advising/queries.server.ts';
import { layBefore, sayOfWhole } from '../../advising/agreeing/commands.server.ts';
import { openAdvice } from '../../following/queries.server.ts';
import { writeTo } from '../../following/writing/commands.server.ts';
import { anExpert } from '../../testing.ts';
import { giveWord, takeWord } from '../commands.server.ts';
import { sessionsToLink, takingPart } from '../queries.server.ts';
import { aConsultation, aKeeper, aParty, aPoint, done, handOver, type MadeConsultation } from '../testing.ts';

const database = ownDatabase();
const on = today();
const here = { kind: 'province', id: 'PV25' } as const;

const asHouse = (text: string) => withViewer(operator, (tx) => sql.raw(text).execute(tx));
const ask = async (tx: Tx, text: string) =>
  (await sql<{ told: unknown }>`${sql.raw(text)}`.execute(tx)).rows.map(({ told }) => told);
const asks = (viewer: Viewer, text: string) => withViewer(viewer, (tx) => ask(tx, text));

/** Everything of the draft that someone reads. */
const reads = (viewer: Viewer, { consultation }: MadeConsultation) =>
  withViewer(viewer, async (tx) => [
    ...(await ask(tx, `select text as told from core.advice_point where consultation = '${consultation}'`)),
    ...(await ask(tx, `select state as told from core.advice where consultation = '${consultation}'`)),
    ...(await ask(tx, `select text as told from core.statements_met('${consultation}')`)),
    ...(await ask(
      tx,
      `select called as told from core.consultation_expert where consultation = '${consultation}'`,
    )),
  ]);

/** An entry of a municipality in the field, and its key. */
const anEntry = (slug: string) =>
  withViewer(operator, async (tx) => {
    const [id] = await ask(
      tx,
      `insert into core.initiative (slug, visibility, origin, last_sign) values ('${slug}', 'hidden', 'own', 'seen') returning id as told`,
    );
    return String(id);
  });

const keeps = ({ pool }: MadeConsultation, { id }: Viewer) =>
  asHouse(`insert into core.pool_keeper (pool, person) values ('${pool.id}', '${id}')`);
const layDown = ({ id }: Viewer) =>
  asHouse(
    `update core.role_grant set ended_on = core.today(), ended_reason = 'I lay it down.' where person_id = '${id}' and role = 'partner'`,
  );
const leading = (viewer: Viewer): Facilitator => {
  const proof = facilitatorOf(viewer);
  if (!proof) throw new Error('This person leads nothing.');
  return proof;
};

test('who was the client since the question was asked reads nothing of the draft, also once they laid that role down themselves', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'CANARY-4f1 a point.');
  const kim = await aPerson('Kim', [{ role: 'facilitator' }, { role: 'partner', scope: here }]);
  const ria = await aPerson('Ria', [{ role: 'partner', scope: here }]);
  const before = await aPerson('Bo', [{ role: 'facilitator' }]);
  for (const keeper of [kim, before]) await keeps(made, keeper);
  const expert = await anExpert({ pool: made.pool.id, called: 'Ria', person: ria });
  const { consultation } = made;
  await asHouse(
    `insert into core.consultation_expert (consultation, expert, since) values ('${consultation}', '${expert.id}', '${on}')`,
  );
  for (const one of [kim, ria]) await layDown(one);
  await asHouse(
    `insert into core.role_grant (person_id, role, scope_kind, scope_id, from_day, until_day, reason, ended_on, ended_reason)
      values ('${before.id}', 'partner', 'province', 'PV25', '${on}'::date - 9, '${on}'::date + 9, 'for a test', '${on}'::date - 1, 'over')`,
  );
  for (const one of [kim, ria]) {
    expect(await asks(one, `select core.is_client('${consultation}') as told`)).toEqual([false]);
    expect(await reads(one, made)).toEqual([]);
    expect(await asks(one, `select core.guides('${consultation}') as told`)).toEqual([false]);
    expect(await asks(one, `select core.counsel_of('${consultation}') as told`)).toEqual([null]);
  }
  expect(await reads(before, made)).toContain('CANARY-4f1 a point.');
  expect(
    await asks(made.keeper, `select core.fits_expert('${consultation}', '${expert.id}') as told`),
  ).toEqual([false]);
  const listed = await withViewer(made.keeper, (tx) => takingPart(tx, consultation));
  expect(listed.map(({ inPool }) => inPool)).not.toContain('Ria');
  // Letters of the pool go to its two keepers who never were the client, and to its three experts.
  expect(await withViewer(house, (tx) => writeTo(tx, consultation, 'asked', on))).toBe(2);
  expect(await withViewer(house, (tx) => writeTo(tx, consultation, 'before-all', on))).toBe(3);
});

test('who came by a word of a colleague and stops acting for the client stays out of an advice that was never handed over', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'CANARY-4f2 a point.');
  const { consultation, client } = made;
  const kim = await aPerson('Kim', [{ role: 'facilitator' }]);
  await keeps(made, kim);
  expect(await reads(kim, made)).toContain('CANARY-4f2 a point.');
  const { word } = done(await withViewer(client, (tx) => giveWord(tx, aParty(client), consultation, on)));
  done(await withViewer(kim, (tx) => takeWord(tx, aParty(kim), word)));
  await asHouse(
    `update core.consultation set state = 'stopped', why = 'No longer.' where id = '${consultation}'`,
  );
  const mine = `where consultation = '${consultation}' and person = '${kim.id}'`;
  expect(await asks(kim, `delete from core.consultation_client ${mine} returning 1 as told`)).toEqual([]);
  const leave = `update core.consultation_client set left_on = core.today() ${mine} returning 1 as told`;
  expect(await asks(kim, leave)).toEqual([1]);
  expect(await asks(kim, `select core.is_client('${consultation}') as told`)).toEqual([false]);
  expect(await reads(kim, made)).toEqual([]);
});

test('who keeps the entry that the client lives on in after a merger is the client, and so is who kept it before', async () => {
  const made = await aConsultation(on);
  const [from, to] = [await anEntry('gemeente-een'), await anEntry('gemeente-twee')];
  const [former, later] = [await aMember('Fay', from), await aMember('Lot', to)];
  const { consultation } = made;
  await asAdmin(
    database.adminUrl,
    `update core.consultation set client_initiative = '${from}' where id = '${consultation}'`,
  );
  await asAdmin(
    database.adminUrl,
    `update core.initiative set standing = 'merged', merged_into = '${to}' where id = '${from}'`,
  );
  expect(await asks(later, `select core.is_client('${consultation}') as told`)).toEqual([true]);
  expect(await asks(house, `select core.was_client('${consultation}', '${former.id}') as told`)).toEqual([
    true,
  ]);
});

test('a facilitator of the client who is let in to lead a meeting along leads nothing of it before the handover', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'A point.');
  const kim = await aPerson('Kim', [{ role: 'facilitator' }, { role: 'partner', scope: here }]);
  const meeting = made.meetings[0]?.id ?? '';
  await asks(
    made.keeper,
    `insert into core.session_facilitator (session, person) values ('${meeting}', '${kim.id}') returning 1 as told`,
  );
  const heard = `select text as told from core.statement where session = '${meeting}'`;
  await layDown(kim);
  expect(await asks(kim, `select core.facilitates('${meeting}') as told`)).toEqual([false]);
  expect(await asks(kim, heard)).toEqual([]);
  expect(await asks(made.keeper, heard)).toHaveLength(1);
  await handOver(made, on);
  expect(await asks(kim, `select core.facilitates('${meeting}') as told`)).toEqual([true]);
});

test('a meeting for an advice stands nowhere in the street before the handover, and what stands there is no meeting', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'A point.');
  const keeper = leading(made.keeper);
  const meeting = made.meetings[0]?.id ?? '';
  const written = new Date('2026-11-01T20:00:00Z');
  const later = new Date('2026-11-20T20:00:00Z');
  await withViewer(keeper, (tx) => draftMinutes(tx, keeper, meeting, written));
  const share = () => withViewer(keeper, (tx) => shareMinutes(tx, keeper, meeting, later));
  expect(await share()).toEqual(refused('before-advice'));
  for (const set of ['announced = true', `state = 'shared'`])
    for (const viewer of [keeper, operator])
      await expect(
        asks(viewer, `update core.session set ${set} where id = '${meeting}' returning 1 as told`),
      ).rejects.toMatchObject({ code: '42501' });
  const open = await aSession({ facilitator: keeper, state: 'closed' });
  await asHouse(`update core.session set announced = true where id = '${open.id}'`);
  const link = (session: string) =>
    `insert into core.consultation_meeting values ('${made.consultation}', '${session}', 7) returning 1 as told`;
  const toLink = await withViewer(keeper, (tx) => sessionsToLink(tx, made.consultation));
  expect(toLink.map(({ id }) => id)).not.toContain(open.id);
  for (const viewer of [keeper, operator])
    await expect(asks(viewer, link(open.id))).rejects.toMatchObject({ code: '42501' });
  await handOver(made, on);
  expect((await share()).ok).toBe(true);
});

test('an expert who chose no name is known by their name in the pool to the pool alone, and goes along without one', async () => {
  const made = await aConsultation(on, { nameless: true, experts: ['Kanarie', 'Omar'] });
  await aPoint(made, 'A point.');
  const { consultation, keeper, experts } = made;
  const insert = `insert into core.consultation_expert (consultation, expert, called, since) values ('${consultation}', '${(await anExpert({ pool: made.pool.id, called: 'Zo' })).id}', 'Zo', '${on}') returning 1 as told`;
  await expect(asks(keeper, insert)).rejects.toMatchObject({ code: '42501' });
  for (const viewer of [keeper, experts[1]?.viewer ?? visitor]) {
    const { words } = (await withViewer(viewer, (tx) => adviceOf(tx, consultation))) ?? { words: [] };
    expect(words.map(({ called }) => called)).toEqual([null, null]);
    expect(words.map(({ inPool }) => inPool).sort()).toEqual(['Kanarie', 'Omar']);
  }
  const names = `select called as told from core.called_in_pool('${consultation}')`;
  for (const viewer of [made.client, await aPerson('Els')]) expect(await asks(viewer, names)).toEqual([]);
  await handOver(made, on);
  const read = await withViewer(visitor, (tx) => openAdvice(tx, { id: consultation }));
  expect(read?.experts).toEqual([]);
  expect(JSON.stringify(read)).not.toContain('Kanarie');
});

test('no expert settles by a day to come that the days to speak are over', async () => {
  const made = await aConsultation(on);
  await aPoint(made, 'A point.');
  const { consultation } = made;
  const proof = aKeeper(made.keeper);
  const first = made.experts[0]?.viewer ?? visitor;
  done(await withViewer(proof, (tx) => layBefore(tx, proof, { consultation, days: 10 }, on)));
  for (const { viewer } of made.experts.slice(0, 2))
    done(
      await withViewer(viewer, (tx) =>
        sayOfWhole(tx, aParty(viewer), { consultation, language: 'nl' }, { said: 'yes', text: null }, on),
      ),
    );
  await expect(
    asks(
      first,
      `update core.advice set state = 'agreed', agreed_on = '2099-01-01' where consultation = '${consultation}' returning 1 as told`,
    ),
  ).rejects.toThrow('does not agree yet');
});

test('no function behind a consultation or an advice can be called by everyone', async () => {
  const names = await asks(
    operator,
    `select distinct p.oid::regprocedure::text as told from pg_trigger t join pg_proc p on p.oid = t.tgfoid
      where p.pronamespace = 'core'::regnamespace and has_function_privilege('steppingstones_public', p.oid, 'execute')
        and (t.tgrelid::regclass::text ~ '^core[.](consultation|advice)' or t.tgname in ('session_stays_quiet', 'quote_reaches_advice', 'consent_reaches_advice', 'pool_expert_leaves_advices'))`,
  );
  expect(names).toEqual([]);
});
