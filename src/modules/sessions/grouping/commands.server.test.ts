import { beforeAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf, type Facilitator } from '../access.ts';
import { saidIn } from '../saying/queries.server.ts';
import { as, proof, type Phone } from '../saying/testing.ts';
import { aPhone, aSession, aStatement } from '../testing.ts';
import { layUnder, letIssueGo, nameIssue, renameIssue, sit } from './commands.server.ts';
import { groupsIn, issuesIn } from './queries.server.ts';

ownDatabase();
let facilitator: Viewer;
let other: Viewer;
beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  other = await aPerson('Bas', [{ role: 'facilitator' }]);
});

const room = () => aSession({ facilitator, steps: ['issues'] });
const named = (phone: Phone, session: string, title: string, language = 'nl') =>
  as(phone, async (tx) => {
    const made = await nameIssue(tx, proof(phone), session, { title, language });
    return made.ok ? made.value : made.reason;
  });

describe('issues', () => {
  test('someone in the room names an issue, someone else names it in another language, and both names stay', async () => {
    const { id } = await room();
    const [one, two] = [await aPhone(id), await aPhone(id)];
    const issue = await named(one, id, 'Vervoer');
    await as(two, (tx) => renameIssue(tx, proof(two), id, issue, { title: 'النقل', language: 'ar' }));
    expect(await as(one, (tx) => issuesIn(tx, id))).toMatchObject([
      { number: 1, title: { nl: 'Vervoer', ar: 'النقل' }, language: 'nl' },
    ]);
  });

  test('twenty named at once are twenty, each with a number of its own', async () => {
    const { id } = await room();
    const phones = await Promise.all(Array.from({ length: 20 }, () => aPhone(id)));
    await Promise.all(phones.map((phone, at) => named(phone, id, `Hoop ${at}`)));
    const issues = await as(phones[0] as Phone, (tx) => issuesIn(tx, id));
    expect(issues.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  test('anyone in the room lays statements on a heap, on a new one, and off again; the words stay as they are', async () => {
    const { id } = await room();
    const [one, two] = [await aPhone(id), await aPhone(id)];
    const said = [
      await aStatement(id, 'De bus.'),
      await aStatement(id, 'De trein.'),
      await aStatement(id, 'Eten.'),
    ];
    const heap = await named(one, id, 'Vervoer');
    const lay = (phone: Phone, statements: readonly string[], on: Parameters<typeof layUnder>[3]['on']) =>
      as(phone, (tx) => layUnder(tx, proof(phone), id, { statements, on }));
    await lay(one, said.slice(0, 2), { issue: heap });
    await lay(two, said.slice(2), { named: { title: 'Samen', language: 'nl' } });
    await lay(two, said.slice(1, 2), null);
    const issues = await as(one, (tx) => issuesIn(tx, id));
    const where = (await as(one, (tx) => saidIn(tx, id))).map(({ text, issue }) => [
      text,
      issues.find((each) => each.id === issue)?.title.nl ?? null,
    ]);
    expect(where).toEqual([
      ['Eten.', 'Samen'],
      ['De trein.', null],
      ['De bus.', 'Vervoer'],
    ]);
  });

  test('nobody lays anything on a heap of another room, and who left lays nothing', async () => {
    const [here, there] = [await room(), await room()];
    const [one, stranger] = [await aPhone(here.id), await aPhone(there.id)];
    const statement = await aStatement(here.id, 'De bus.');
    const theirs = await named(stranger, there.id, 'Elders');
    const lay = (phone: Phone, session: string) =>
      as(phone, (tx) =>
        layUnder(tx, proof(phone), session, { statements: [statement], on: { issue: theirs } }),
      );
    expect(await lay(one, here.id)).toMatchObject({ reason: 'not_here' });
    expect(await lay(stranger, there.id)).toMatchObject({ reason: 'not_here' });
    expect(await lay(stranger, here.id)).toMatchObject({ reason: 'not_here' });
    await withViewer(operator, (tx) =>
      tx.updateTable('core.participant').set({ state: 'out' }).where('id', '=', one.participant).execute(),
    );
    expect(await named(one, here.id, 'Weg')).toBe('not_here');
  });

  test('who leads the session groups as the room does; another facilitator does not', async () => {
    const { id } = await room();
    const one = await aPhone(id);
    const statement = await aStatement(id, 'De bus.');
    const lead = facilitatorOf(facilitator) as Facilitator;
    const laid = await withViewer(facilitator, (tx) =>
      layUnder(tx, lead, id, {
        statements: [statement],
        on: { named: { title: 'Vervoer', language: 'nl' } },
      }),
    );
    expect(laid.ok).toBe(true);
    const [issue] = await as(one, (tx) => issuesIn(tx, id));
    const refused = await withViewer(other, (tx) =>
      renameIssue(tx, facilitatorOf(other) as Facilitator, id, issue?.id ?? '', {
        title: 'X',
        language: 'nl',
      }),
    );
    expect(refused).toMatchObject({ ok: false });
  });

  test('a heap goes only when nothing lies on it', async () => {
    const { id } = await room();
    const one = await aPhone(id);
    const statement = await aStatement(id, 'De bus.');
    const issue = await named(one, id, 'Vervoer');
    const go = () => as(one, (tx) => letIssueGo(tx, proof(one), id, issue));
    await as(one, (tx) => layUnder(tx, proof(one), id, { statements: [statement], on: { issue } }));
    expect(await go()).toMatchObject({ reason: 'not_here' });
    await as(one, (tx) => layUnder(tx, proof(one), id, { statements: [statement], on: null }));
    expect((await go()).ok).toBe(true);
    expect(await as(one, (tx) => issuesIn(tx, id))).toEqual([]);
  });
});

describe('small groups', () => {
  test('someone sits down, moves and gets up; everyone sees how many sit where and nobody who', async () => {
    const { id } = await aSession({ facilitator, steps: ['groups'] });
    await withViewer(facilitator, (tx) =>
      tx
        .insertInto('core.room_group')
        .values([1, 2].map((number) => ({ session: id, number, called: `Tafel ${number}` })))
        .execute(),
    );
    const [one, two] = [await aPhone(id), await aPhone(id)];
    const sits = (phone: Phone, number: number | null, who = phone.participant) =>
      as(phone, (tx) => sit(tx, proof(phone), id, { who, number }));
    const seen = async (phone: Phone) =>
      (await as(phone, (tx) => groupsIn(tx, id))).map(({ seats, here }) => [seats, here.length]);
    await sits(one, 1);
    await sits(two, 1);
    expect(await seen(one)).toEqual([
      [2, 1],
      [0, 0],
    ]);
    await sits(one, 2);
    expect(await seen(two)).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(JSON.stringify(await as(two, (tx) => groupsIn(tx, id)))).not.toContain(one.participant);
    await sits(one, null);
    expect(await seen(two)).toEqual([
      [1, 1],
      [0, 0],
    ]);
    expect(await sits(one, 3)).toMatchObject({ reason: 'not_here' });
    expect(await sits(one, 1, two.participant)).toMatchObject({ reason: 'not_here' });
  });
});
