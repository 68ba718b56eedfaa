import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { asAdmin } from '../../testing.ts';
import { tellBringerOf } from '../jobs.server.ts';
import { waiting } from '../queries.server.ts';
import { aDesk, aProposal, backToWaiting, doneBy, matter, wishAll } from '../testing.ts';

const database = ownDatabase();
const sqlAdmin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

let id: (slug: string) => string;
let people: Awaited<ReturnType<typeof aDesk>>['people'];
beforeAll(async () => {
  ({ id, people } = await aDesk(database.adminUrl));
});
const wait = (...slugs: string[]) => backToWaiting(database.adminUrl, ...slugs);
const isOpen = async (slug: string) =>
  (await sqlAdmin(`select from pub.initiative where slug = $1`, [slug])).length === 1;

beforeEach(async () => {
  await sqlAdmin('delete from core.assignment');
  await sqlAdmin('delete from core.proposal');
});

describe('bulk and single go the same way', () => {
  test('bulk over mixed rights refuses exactly those without right, says so, and does the rest', async () => {
    await wait('new-one', 'new-two', 'own', 'far');
    const matters = ['new-one', 'own', 'far', 'new-two'].map((slug) => matter('new', id(slug)));
    const absent = matter('new', randomUUID());
    const outcome = await doneBy(people.ofOwn, [...matters, absent], { deed: 'accept', why: null });
    expect(outcome.done.map(({ subject }) => subject)).toEqual([id('new-one'), id('new-two')]);
    expect(outcome.undone).toEqual([
      { matter: matters[1], name: 'own', reason: 'own' },
      // What waits elsewhere looks like what is not there.
      { matter: matters[2], name: null, reason: 'elsewhere' },
      { matter: absent, name: null, reason: 'elsewhere' },
    ]);
    expect(await Promise.all(['new-one', 'new-two', 'own', 'far'].map(isOpen))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    for (const [at, one] of matters.entries()) {
      const alone = await doneBy(people.ofOwn, [one], { deed: 'accept', why: null });
      expect(alone.undone[0]?.reason).toBe(['gone', 'own', 'elsewhere', 'gone'][at]);
    }
    await doneBy(people.near, [matter('new', id('own'))], { deed: 'accept', why: null });
    await doneBy(people.far, [matter('new', id('far'))], { deed: 'accept', why: null });
    expect(await Promise.all(['own', 'far'].map(isOpen))).toEqual([true, true]);
  });

  test('members, admins and partners work nothing off', async () => {
    await wait('new-one');
    for (const viewer of [people.member, people.admin, people.partner, { ...people.near, sure: false }]) {
      const outcome = await doneBy(viewer, [matter('new', id('new-one'))], { deed: 'accept', why: null });
      expect(outcome).toMatchObject({ done: [], undone: [{ name: null, reason: 'elsewhere' }] });
    }
    expect(await isOpen('new-one')).toBe(false);
  });

  test('a deed that does not suit a matter changes nothing', async () => {
    const outcome = await doneBy(people.near, [matter('silent', id('silent'))], {
      deed: 'accept',
      why: null,
    });
    expect(outcome.undone).toMatchObject([{ reason: 'not-this-way' }]);
  });
});

describe('a new entry', () => {
  test('accepted, it is laid open, and the person who brought it belongs to it for a year and is written to once', async () => {
    const bringer = await aPerson('Bringer');
    await wait('new-one');
    await sqlAdmin(`update core.initiative set added_by = $1 where slug = 'new-one'`, [bringer.id]);
    await doneBy(people.near, [matter('new', id('new-one'))], { deed: 'accept', why: null });
    expect(await isOpen('new-one')).toBe(true);
    const grants = await sqlAdmin(
      `select role, scope_id, granted_by, until_day - from_day as days from core.role_grant where person_id = $1`,
      [bringer.id],
    );
    expect(grants).toEqual([
      { role: 'member', scope_id: id('new-one'), granted_by: people.near.id, days: 365 },
    ]);
    const [proposal] = await sqlAdmin<{ id: string; kind: string; standing: string }>(
      `select id, kind, standing from core.proposal`,
    );
    expect(proposal).toMatchObject({ kind: 'new', standing: 'accepted' });
    for (let again = 0; again < 3; again++) await tellBringerOf({ proposal: proposal?.id ?? '' });
    expect(await sqlAdmin(`select name, to_person from vault.letter`)).toEqual([
      { name: 'proposal.laid', to_person: bringer.id },
    ]);
    await sqlAdmin('delete from vault.letter');
  });

  test('declined, it leaves with a reason that is mailed to the address its link went to', async () => {
    const [link] = await sqlAdmin<{ id: string }>(
      `insert into vault.entry_link (initiative_id, purpose, token_hash, sent_to, language, until) values ($1, 'add', sha256('x'), 'bringer@x.example', 'ar', now() + interval '1 day') returning id`,
      [id('new-two')],
    );
    await wait('new-two');
    await sqlAdmin(`update core.initiative set added_by = $1 where slug = 'new-two'`, [link?.id]);
    await doneBy(people.near, [matter('new', id('new-two'))], {
      deed: 'decline',
      why: 'Dit is dezelfde als een andere.',
    });
    expect(await sqlAdmin(`select standing from core.initiative where slug = 'new-two'`)).toEqual([
      { standing: 'withdrawn' },
    ]);
    const [proposal] = await sqlAdmin<{ id: string }>(
      `select id from core.proposal where standing = 'declined'`,
    );
    await tellBringerOf({ proposal: proposal?.id ?? '' });
    expect(
      await sqlAdmin(`select name, to_address, language, words->'values'->>'why' as why from vault.letter`),
    ).toEqual([
      {
        name: 'proposal.declined',
        to_address: 'bringer@x.example',
        language: 'ar',
        why: 'Dit is dezelfde als een andere.',
      },
    ]);
  });

  test('nobody lays what they brought themselves', async () => {
    await wait('new-one');
    await sqlAdmin(`update core.initiative set added_by = $1 where slug = 'new-one'`, [people.near.id]);
    const outcome = await doneBy(people.near, [matter('new', id('new-one'))], { deed: 'accept', why: null });
    expect(outcome.undone).toMatchObject([{ reason: 'own' }]);
    await expect(
      withViewer(people.near, (tx) =>
        tx.updateTable('core.initiative').set({ standing: 'laid' }).where('id', '=', id('new-one')).execute(),
      ),
    ).rejects.toThrow();
    await sqlAdmin(`update core.initiative set added_by = null where slug = 'new-one'`);
  });
});

describe('a proposal', () => {
  test('accepted, what it says is written in the entry; declined, nothing is', async () => {
    const site = (to: string) => ({ website: { from: null, to }, since: { kind: 'wrong' } });
    const right = await aProposal(database.adminUrl, id('laid'), 'change', site('https://right.example'));
    const wrong = await aProposal(database.adminUrl, id('silent'), 'change', site('https://wrong.example'));
    await doneBy(people.near, [matter('proposal', right)], { deed: 'accept', why: null });
    await doneBy(people.near, [matter('proposal', wrong)], {
      deed: 'decline',
      why: 'Deze site is van een ander.',
    });
    expect(
      await sqlAdmin(`select slug, website from pub.initiative where slug in ('laid', 'silent') order by 1`),
    ).toEqual([
      { slug: 'laid', website: 'https://right.example' },
      { slug: 'silent', website: null },
    ]);
    const decided = await sqlAdmin(`select standing, decided_by from core.proposal order by standing`);
    expect(decided.map((row) => row)).toEqual([
      { standing: 'accepted', decided_by: people.near.id },
      { standing: 'declined', decided_by: people.near.id },
    ]);
    const again = await doneBy(people.near, [matter('proposal', right)], { deed: 'accept', why: null });
    expect(again.undone).toMatchObject([{ reason: 'gone' }]);
  });

  test('‘stopped’, accepted, tells the end in the initiative’s own voice', async () => {
    const stop = await aProposal(database.adminUrl, id('asked'), 'stopped', {
      day: '2025-01-01',
      precision: 'year',
    });
    await doneBy(people.near, [matter('proposal', stop)], { deed: 'accept', why: null });
    expect(
      await sqlAdmin(
        `select kind, said_by, day::text from pub.life_event where initiative_id = $1 and kind = 'ended'`,
        [id('asked')],
      ),
    ).toEqual([{ kind: 'ended', said_by: 'own', day: '2025-01-01' }]);
  });

  test('a turn, accepted, is written by the room of turns; what cannot be read is refused and waits on', async () => {
    const renamed = { turn: 'renamed', day: '2025-05-01', precision: 'day', name: 'Nieuwe naam' };
    const turn = await aProposal(database.adminUrl, id('laid'), 'event', renamed);
    const broken = await aProposal(database.adminUrl, id('laid'), 'event', { turn: 'nonsense' });
    const outcome = await doneBy(people.near, [matter('proposal', turn), matter('proposal', broken)], {
      deed: 'accept',
      why: null,
    });
    expect(outcome.done.map(({ subject }) => subject)).toEqual([turn]);
    expect(outcome.undone).toMatchObject([{ matter: { subject: broken }, name: 'Nieuwe naam' }]);
    expect(await sqlAdmin(`select name from pub.initiative where slug = 'laid'`)).toEqual([
      { name: 'Nieuwe naam' },
    ]);
    expect(await sqlAdmin(`select standing from core.proposal where id = $1`, [broken])).toEqual([
      { standing: 'waiting' },
    ]);
  });
});

describe('assignments', () => {
  const one = () => matter('silent', id('silent'));
  const holder = async (viewer: Viewer) =>
    (await withViewer(viewer, (tx) => waiting(tx, { ...wishAll, q: 'silent' }))).matters[0]?.holder;

  test('a matter is taken, given to a colleague by name, and let go; who holds it is known to colleagues', async () => {
    await doneBy(people.near, [one()], { deed: 'take' });
    expect(await holder(people.near)).toEqual({ id: people.near.id, called: 'Samira', mine: true });
    expect(await holder(people.colleague)).toEqual({ id: people.near.id, called: 'Samira', mine: false });
    expect((await doneBy(people.colleague, [one()], { deed: 'take' })).undone).toMatchObject([
      { reason: 'taken' },
    ]);
    expect((await doneBy(people.colleague, [one()], { deed: 'let-go' })).undone).toMatchObject([
      { reason: 'taken' },
    ]);
    await doneBy(people.near, [one()], { deed: 'give', to: people.colleague.id ?? '' });
    expect(await holder(people.near)).toEqual({ id: people.colleague.id, called: 'Joris', mine: false });
    await doneBy(people.colleague, [one()], { deed: 'let-go' });
    expect(await holder(people.near)).toBeNull();
  });

  test('nothing is given to someone who could not look at it', async () => {
    await wait('own');
    for (const to of [people.far, people.member, people.admin])
      expect((await doneBy(people.near, [one()], { deed: 'give', to: to.id ?? '' })).undone).toMatchObject([
        { reason: 'colleague' },
      ]);
    const given = await doneBy(people.near, [matter('new', id('own'))], {
      deed: 'give',
      to: people.ofOwn.id ?? '',
    });
    expect(given.undone).toMatchObject([{ reason: 'colleague' }]);
  });
});
