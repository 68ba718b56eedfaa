import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { aPhone, aSession, aStatement } from '../testing.ts';
import { render, say, withdraw } from './commands.server.ts';
import type { Saying } from './input.ts';
import { mineIn, saidIn, saidUnder } from './queries.server.ts';
import { as, proof, saying, type Phone } from './testing.ts';

ownDatabase();
let facilitator: Viewer;

beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
});

const tell = (phone: Phone, room: string, text: string, more: Partial<Saying> = {}) =>
  as(phone, (tx) => say(tx, proof(phone), room, saying(phone, text, more)));
describe('saying', () => {
  test('everyone in the room reads what was said, and nobody reads by whom: not another phone, not the facilitator', async () => {
    const room = await aSession({ facilitator });
    const [one, two] = [await aPhone(room.id, { called: 'Amina', role: 'newcomer' }), await aPhone(room.id)];
    expect(await tell(one, room.id, 'De bus rijdt te weinig.')).toMatchObject({ ok: true, value: 'open' });
    const [seen] = await as(two, (tx) => saidIn(tx, room.id));
    expect(seen).toMatchObject({ number: 1, text: 'De bus rijdt te weinig.', form: 'statement' });
    expect(JSON.stringify(seen)).not.toContain(one.participant);
    expect(await as(two, (tx) => mineIn(tx, room.id))).toEqual([]);
    expect(await as(one, (tx) => mineIn(tx, room.id, one.participant))).toMatchObject([{ number: 1 }]);
    expect(
      await withViewer(facilitator, (tx) => tx.selectFrom('core.statement_author').selectAll().execute()),
    ).toEqual([]);
    expect(await withViewer(facilitator, (tx) => mineIn(tx, room.id))).toEqual([]);
  });

  test('the room hears that something was said, and not who said it', async () => {
    const room = await aSession({ facilitator });
    const one = await aPhone(room.id);
    await tell(one, room.id, 'Samen eten helpt.');
    const events = await withViewer(facilitator, (tx) =>
      tx.selectFrom('core.room_event').selectAll().where('session', '=', room.id).execute(),
    );
    expect(events.map(({ kind, about }) => [kind, about])).toEqual([['statement', { number: 1 }]]);
    expect(JSON.stringify(events)).not.toContain(one.participant);
    expect(JSON.stringify(events)).not.toContain(one.viewer.id);
  });

  test('words that may tell of someone are asked about first, and then the facilitator looks before the room does', async () => {
    const room = await aSession({ facilitator });
    const [one, two] = [await aPhone(room.id), await aPhone(room.id)];
    const words = 'Bel mijn buurvrouw Fatima, 06 12 34 56 78.';
    expect(await tell(one, room.id, words)).toMatchObject({ reason: 'about_someone' });
    expect(await tell(one, room.id, words, { anyway: true })).toMatchObject({ value: 'held' });
    expect(await as(two, (tx) => saidIn(tx, room.id))).toEqual([]);
    expect(await as(two, (tx) => saidUnder(tx, room.id, 1))).toBeNull();
    expect(await as(one, (tx) => mineIn(tx, room.id))).toMatchObject([
      { standing: 'held', why: 'about_someone' },
    ]);
    // The next one does not stumble over a number that its phone cannot see.
    await tell(two, room.id, 'Wij koken op vrijdag.');
    expect(await as(two, (tx) => saidIn(tx, room.id))).toMatchObject([{ number: 2 }]);
  });

  test('thirty at once are thirty, each with a number of its own', async () => {
    const room = await aSession({ facilitator });
    const phones = await Promise.all(Array.from({ length: 30 }, () => aPhone(room.id)));
    const done = await Promise.all(phones.map((phone, at) => tell(phone, room.id, `Ik weet iets ${at}.`)));
    expect(done.filter(({ ok }) => ok)).toHaveLength(30);
    const said = await as(phones[0] as Phone, (tx) => saidIn(tx, room.id));
    expect(said.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => 30 - at));
  });

  test('nothing is said in a step that has not begun, in a closed room, by who left, or on the phone of someone else', async () => {
    const room = await aSession({ facilitator, steps: ['statements', 'harvest', 'stones'] });
    const [one, two] = [await aPhone(room.id), await aPhone(room.id)];
    expect(await tell(one, room.id, 'Later.', { step: 2 })).toMatchObject({ reason: 'not_now' });
    expect(await tell(one, room.id, 'Nergens.', { step: 9 })).toMatchObject({ reason: 'not_now' });
    expect(await tell(one, room.id, 'Als jij.', { who: two.participant })).toMatchObject({
      reason: 'not_here',
    });
    const elsewhere = await aSession({ facilitator });
    expect(await tell(one, elsewhere.id, 'Verkeerde deur.')).toMatchObject({ reason: 'not_here' });
    await withViewer(operator, (tx) =>
      tx.updateTable('core.participant').set({ state: 'out' }).where('id', '=', two.participant).execute(),
    );
    expect(await tell(two, room.id, 'Ik ben weg.')).toMatchObject({ reason: 'not_here' });
    await withViewer(operator, (tx) =>
      tx
        .updateTable('core.session')
        .set({ state: 'closed', closed_at: new Date() })
        .where('id', '=', room.id)
        .execute(),
    );
    expect(await tell(one, room.id, 'Te laat.')).toMatchObject({ reason: 'not_now' });
  });

  test('a dilemma is looked at from a position that exists', async () => {
    const room = await aSession({ facilitator, steps: ['dilemma'] });
    const sides = JSON.stringify([{ nl: 'De gemeente' }, { nl: 'Het gezin' }]);
    await withViewer(operator, (tx) =>
      sql`update core.session_step set sides = ${sides}::jsonb where session = ${room.id}`.execute(tx),
    );
    const one = await aPhone(room.id);
    await tell(one, room.id, 'Het kost tijd.', { side: 1 });
    await tell(one, room.id, 'Wie betaalt?', { side: 2 });
    expect((await as(one, (tx) => saidIn(tx, room.id))).map(({ form, side }) => [form, side])).toEqual([
      ['dilemma', null],
      ['dilemma', 1],
    ]);
  });
});

describe('taking back', () => {
  test('who takes words back still sees that they did; the room does not see them any more', async () => {
    const room = await aSession({ facilitator });
    const [one, two] = [await aPhone(room.id), await aPhone(room.id)];
    await tell(one, room.id, 'Dat wilde ik niet zeggen.');
    const [mine] = await as(one, (tx) => mineIn(tx, room.id));
    expect(await as(two, (tx) => withdraw(tx, proof(two), room.id, mine?.id ?? ''))).toMatchObject({
      reason: 'not_here',
    });
    expect((await as(one, (tx) => withdraw(tx, proof(one), room.id, mine?.id ?? ''))).ok).toBe(true);
    expect(await as(two, (tx) => saidIn(tx, room.id))).toEqual([]);
    expect(await as(one, (tx) => mineIn(tx, room.id))).toMatchObject([{ standing: 'withdrawn' }]);
  });

  test('words that stand in public minutes leave the street at once when who said them takes them back', async () => {
    const room = await aSession({ facilitator });
    const one = await aPhone(room.id);
    await tell(one, room.id, 'De bus rijdt te weinig.');
    await withViewer(operator, async (tx) => {
      await tx
        .updateTable('core.session')
        .set({ state: 'shared', closed_at: new Date(), shared_at: new Date(), code: null })
        .where('id', '=', room.id)
        .execute();
      await sql`select core.lay_session_open(${room.id}::uuid)`.execute(tx);
    });
    const open = () =>
      withViewer(visitor, (tx) =>
        tx.selectFrom('pub.session_statement').select('text').where('session', '=', room.id).execute(),
      );
    expect(await open()).toHaveLength(1);
    const [mine] = await as(one, (tx) => mineIn(tx, room.id));
    await as(one, (tx) => withdraw(tx, proof(one), room.id, mine?.id ?? ''));
    expect(await open()).toEqual([]);
  });

  test('what was held, protected or laid together stays in sight of who said it, with the reason', async () => {
    const room = await aSession({ facilitator });
    const one = await aPhone(room.id);
    for (const words of ['Een.', 'Twee.', 'Drie.']) await tell(one, room.id, words);
    const [three, two, first] = await as(one, (tx) => mineIn(tx, room.id));
    const look = (
      id: string | undefined,
      change: { standing: 'protected' | 'merged'; why?: string; merged_into?: string },
    ) =>
      withViewer(facilitator, (tx) =>
        tx
          .updateTable('core.statement')
          .set(change)
          .where('id', '=', id ?? '')
          .execute(),
      );
    await look(three?.id, { standing: 'protected', why: 'Hier staat waar iemand woont.' });
    await look(two?.id, { standing: 'merged', merged_into: first?.id ?? '' });
    expect(
      (await as(one, (tx) => mineIn(tx, room.id))).map(({ standing, why, joined }) => [
        standing,
        why,
        joined,
      ]),
    ).toEqual([
      ['protected', 'Hier staat waar iemand woont.', null],
      ['merged', null, 1],
      ['open', null, null],
    ]);
  });
});

describe('in other languages', () => {
  test('a rendering is signed, corrected by whoever knows better, and what was replaced is kept', async () => {
    const room = await aSession({ facilitator });
    const [one, two] = [await aPhone(room.id, { called: 'Noor' }), await aPhone(room.id, { called: 'Sam' })];
    const statement = await aStatement(room.id, 'الباص قليل', 'ar');
    const rendering = (phone: Phone, text: string, signs: boolean, language = 'nl') =>
      as(phone, (tx) =>
        render(tx, proof(phone), room.id, { who: phone.participant, statement, language, text, signs }),
      );
    await rendering(one, 'Weinig bus', true);
    await rendering(two, 'Er zijn weinig bussen', false);
    expect(await rendering(two, 'Anders', false, 'ar')).toMatchObject({ reason: 'no_language' });
    const [seen] = await as(one, (tx) => saidIn(tx, room.id));
    expect(seen?.renderings).toEqual([
      { language: 'nl', text: 'Er zijn weinig bussen', signed: null, how: 'person' },
    ]);
    const kept = await withViewer(operator, (tx) =>
      tx
        .selectFrom('core.statement_rendering')
        .select(['text', 'signed', 'standing'])
        .orderBy('standing')
        .execute(),
    );
    expect(kept).toContainEqual({ text: 'Weinig bus', signed: 'Noor', standing: 'replaced' });
  });

  test('nobody renders in a room they are not in, or what the room does not see', async () => {
    const [room, elsewhere] = [await aSession({ facilitator }), await aSession({ facilitator })];
    const stranger = await aPhone(elsewhere.id);
    const statement = await aStatement(room.id, 'Wij wachten.');
    for (const session of [room.id, elsewhere.id])
      expect(
        await as(stranger, (tx) =>
          render(tx, proof(stranger), session, {
            who: stranger.participant,
            statement,
            language: 'en',
            text: 'We wait.',
            signs: true,
          }),
        ),
      ).toMatchObject({ reason: 'not_here' });
  });
});
