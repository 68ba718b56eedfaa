import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf, phoneOf, type Facilitator, type RoomPhone } from '../access.ts';
import { sessionNamed } from '../reading/queries.server.ts';
import { aPhone, aSession, aStatement } from '../testing.ts';
import { answerRemark, draftMinutes, remark, shareMinutes, writeSection } from './commands.server.ts';
import { minutesInside } from './queries.server.ts';

ownDatabase();
let facilitator: Facilitator;
let other: Facilitator;
const close = new Date('2026-11-20T20:00:00Z');
const threeDaysLater = new Date('2026-11-23T20:00:01Z');

const leading = (viewer: Viewer): Facilitator => {
  const proof = facilitatorOf(viewer);
  if (!proof) throw new Error('This person leads nothing.');
  return proof;
};
const asPhone = (viewer: Viewer): RoomPhone => phoneOf(viewer) ?? (viewer as never);

beforeAll(async () => {
  facilitator = leading(await aPerson('Noor', [{ role: 'facilitator' }]));
  other = leading(await aPerson('Bas', [{ role: 'facilitator' }]));
});

async function aDraft() {
  const room = await aSession({ facilitator, state: 'closed' });
  const one = await aPhone(room.id);
  await aStatement(room.id, 'De bus rijdt te weinig.');
  await withViewer(facilitator, (tx) => draftMinutes(tx, facilitator, room.id, close));
  const asks = (text: string) =>
    withViewer(one.viewer, (tx) =>
      remark(tx, asPhone(one.viewer), { session: room.id, section: 'issues', language: 'nl', text }),
    );
  return { ...room, one, asks };
}
const share = (session: string, now: Date, who = facilitator) =>
  withViewer(who, (tx) => shareMinutes(tx, who, session, now));
const onTheStreet = (slug: string) => withViewer(visitor, (tx) => sessionNamed(tx, slug, 'nl'));

test('the draft is read by who was there and who leads it, and by nobody else', async () => {
  const { id, one, slug } = await aDraft();
  const elsewhere = await aPhone((await aSession({ facilitator })).id);
  const seen = (viewer: Viewer) => withViewer(viewer, (tx) => minutesInside(tx, id));
  expect((await seen(one.viewer))?.held.statements.map(({ text }) => text)).toEqual([
    'De bus rijdt te weinig.',
  ]);
  expect((await seen(facilitator))?.minutes.sections.map(({ name }) => name)).toContain('issues');
  expect([await seen(elsewhere.viewer), await seen(other)]).toEqual([null, null]);
  expect(await onTheStreet(slug)).toBeNull();
});

test('before three days the minutes are not shared, and a colleague who does not lead the session never shares them', async () => {
  const { id, slug } = await aDraft();
  expect(await share(id, close)).toMatchObject({ ok: false, reason: 'too-early' });
  expect(await share(id, threeDaysLater, other)).toMatchObject({ ok: false, reason: 'minutes-late' });
  expect(await share(id, threeDaysLater)).toMatchObject({ ok: true });
  expect((await onTheStreet(slug))?.statements.map(({ text }) => text)).toEqual(['De bus rijdt te weinig.']);
});

test('a correction stands beside the public minutes with its answer, and nothing tells who made it', async () => {
  const { id, slug, asks, one } = await aDraft();
  expect(await asks('Het ging over de tram.')).toMatchObject({ ok: true });
  const inside = await withViewer(facilitator, (tx) => minutesInside(tx, id));
  const asked = inside?.remarks[0];
  expect(asked).toMatchObject({ text: 'Het ging over de tram.', standing: 'asked' });
  await withViewer(facilitator, (tx) =>
    answerRemark(tx, facilitator, {
      session: id,
      remark: asked?.id ?? '',
      standing: 'beside',
      answer: 'Beide.',
    }),
  );
  await share(id, threeDaysLater);
  const part = (await onTheStreet(slug))?.body?.sections.find(({ name }) => name === 'issues');
  expect(part?.beside).toEqual([{ language: 'nl', text: 'Het ging over de tram.', answer: 'Beide.' }]);
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      row: string;
    }>`select to_jsonb(r)::text as row from core.minutes_remark r where r.session = ${id}`.execute(tx),
  );
  expect(rows.map(({ row }) => row).join()).not.toContain(one.participant);
});

test('what was taken back or protected after the close is in no minutes, neither inside nor on the street', async () => {
  const { id, slug, one } = await aDraft();
  const said = await aStatement(id, 'Mijn buurman Karel drinkt.');
  await withViewer(facilitator, (tx) =>
    sql`update core.statement set standing = 'protected', why = 'Het gaat over iemand.' where id = ${said}`.execute(
      tx,
    ),
  );
  await share(id, threeDaysLater);
  const inside = await withViewer(one.viewer, (tx) => minutesInside(tx, id));
  expect(JSON.stringify([inside, await onTheStreet(slug)])).not.toContain('Karel');
});

test('once they are public nobody changes the minutes any more', async () => {
  const { id, asks } = await aDraft();
  await share(id, threeDaysLater);
  expect(await asks('Te laat.')).toMatchObject({ ok: false, reason: 'remark-late' });
  const written = await withViewer(facilitator, (tx) =>
    writeSection(tx, facilitator, {
      session: id,
      section: 'opening',
      language: 'nl',
      text: 'x',
      now: threeDaysLater,
    }),
  );
  expect(written).toMatchObject({ ok: false, reason: 'minutes-late' });
});

test('whoever leads writes words with a part in their language, and takes them away again', async () => {
  const { id } = await aDraft();
  const write = (text: string) =>
    withViewer(facilitator, (tx) =>
      writeSection(tx, facilitator, { session: id, section: 'opening', language: 'nl', text, now: close }),
    );
  const words = async () =>
    (await withViewer(facilitator, (tx) => minutesInside(tx, id)))?.minutes.sections[0]?.words;
  await write('We begonnen met soep.');
  expect(await words()).toEqual({ nl: 'We begonnen met soep.' });
  await write('');
  expect(await words()).toEqual({});
});
