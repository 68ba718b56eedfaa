import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { asAdmin } from '../../testing.ts';
import { aDesk, doneBy, matter, seenBy } from '../testing.ts';
import { checkEntry, lookAtPlace } from './check.server.ts';

const database = ownDatabase();
const sqlAdmin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

let id: (slug: string) => string;
let people: Awaited<ReturnType<typeof aDesk>>['people'];
beforeAll(async () => {
  ({ id, people } = await aDesk(database.adminUrl));
});

describe('checking', () => {
  const check = (viewer: Viewer, slug: string, more: object = {}) =>
    withViewer(viewer, (tx) =>
      checkEntry(tx, id(slug), {
        channel: 'call',
        day: today(),
        found: 'right',
        note: null,
        since: null,
        ...more,
      }),
    );

  test('checked, nothing changed, is an event of its own, and the entry is fresh again', async () => {
    expect(await check(people.near, 'silent', { note: 'Gesproken met de voorzitter' })).toMatchObject({
      ok: true,
    });
    expect(
      await sqlAdmin(`select checked_on::text, checked_through from pub.initiative where slug = 'silent'`),
    ).toEqual([{ checked_on: today(), checked_through: 'call' }]);
    expect(await sqlAdmin(`select said_by, day::text from pub.life_event where kind = 'checked'`)).toEqual([
      { said_by: 'verifier', day: today() },
    ]);
    expect(await seenBy(people.near, { kinds: ['silent'] })).toEqual(['silent checked']);
    await check(people.near, 'silent', { channel: 'visit', day: daysLater(today(), -5) });
    expect(
      await sqlAdmin(`select checked_on::text, checked_through from pub.initiative where slug = 'silent'`),
    ).toEqual([{ checked_on: today(), checked_through: 'call' }]);
  });

  test('what is noted for colleagues is read by who watches, never by the street or the initiative', async () => {
    const notes = (viewer: Viewer) =>
      withViewer(viewer, (tx) =>
        tx.selectFrom('core.checking').select('note').where('note', 'is not', null).execute(),
      );
    expect(await notes(people.colleague)).toEqual([{ note: 'Gesproken met de voorzitter' }]);
    for (const viewer of [people.far, people.member, people.admin, people.partner])
      expect(await notes(viewer)).toEqual([]);
  });

  test('nobody verifies their own, nor another region’s', async () => {
    for (const viewer of [people.ofOwn, people.member, people.far, people.admin])
      expect(await check(viewer, 'own')).toMatchObject({ ok: false });
    await expect(
      withViewer(people.member, (tx) =>
        tx.updateTable('core.initiative').set({ checked_on: today() }).where('id', '=', id('own')).execute(),
      ),
    ).rejects.toThrow();
    await expect(
      withViewer(people.member, (tx) =>
        tx
          .insertInto('core.life_event')
          .values({
            fact: randomUUID(),
            initiative_id: id('own'),
            key: 'forged',
            kind: 'checked',
            day: today(),
            precision: 'day',
            change: '{}',
            sources: [],
            said_by: 'verifier',
            instead_of: null,
          })
          .execute(),
      ),
    ).rejects.toThrow('watches');
  });

  test('no answer, and something changed, are noted without making it fresh', async () => {
    expect(await seenBy(people.near, { kinds: ['silent'] })).toEqual(['silent checked']);
    await check(people.near, 'checked', { found: 'no-answer' });
    expect(await seenBy(people.near, { kinds: ['silent'] })).toEqual([]);
    expect(await sqlAdmin(`select checked_on from core.initiative where slug = 'checked'`)).toEqual([
      { checked_on: null },
    ]);
  });

  test('found stopped, its end is told by the verifier and it stays on the map', async () => {
    await check(people.near, 'checked', {
      found: 'stopped',
      since: { day: '2024-01-01', precision: 'year' },
    });
    await check(people.near, 'checked', { found: 'stopped' });
    expect(
      await sqlAdmin(
        `select said_by, day::text from pub.life_event where initiative_id = $1 and kind = 'ended'`,
        [id('checked')],
      ),
    ).toEqual([{ said_by: 'verifier', day: '2024-01-01' }]);
  });

  test('the exact place is looked at only by who watches, and that they looked is written for its keepers', async () => {
    const look = (viewer: Viewer) => withViewer(viewer, (tx) => lookAtPlace(tx, id('own')));
    expect(await look(people.near)).toMatchObject({
      ok: true,
      value: { town: 'Arnhem', lat: expect.any(Number) },
    });
    for (const viewer of [people.far, people.ofOwn, people.admin])
      expect(await look(viewer)).toMatchObject({ ok: false });
    const looks = await withViewer(people.member, (tx) =>
      tx
        .selectFrom('core.place_look')
        .select(['person_id', 'purpose'])
        .where('initiative_id', '=', id('own'))
        .execute(),
    );
    expect(looks).toEqual([{ person_id: people.near.id, purpose: 'verify' }]);
  });
});

test('a disputed relation waits no longer once a verifier said what they found; every voice stays', async () => {
  const [tie] = await sqlAdmin<{ id: string }>(`select id from core.relation`);
  await sqlAdmin(
    `insert into core.relation_voice (relation_id, who, stance) select id, 'to', 'disputes' from core.relation`,
  );
  const one = [matter('relation', tie?.id ?? '')];
  const found = await doneBy(people.near, one, {
    deed: 'weigh',
    stance: 'confirms',
    said: { language: 'nl', text: 'Beide kanten gebeld.' },
  });
  expect(found.undone).toEqual([]);
  expect(await seenBy(people.near, { kinds: ['relation'] })).toEqual([]);
  expect(await seenBy(people.far, { kinds: ['relation'] })).toEqual([]);
  expect(await sqlAdmin(`select who, stance from core.relation_voice order by who`)).toEqual([
    { who: 'public-sources', stance: 'asserts' },
    { who: 'to', stance: 'disputes' },
    { who: 'verifier', stance: 'confirms' },
  ]);
});
