import { beforeAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { holds, taggedVoices } from '../../../../tests/support/media-files.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf, type Facilitator } from '../access.ts';
import { aPhone, aSession } from '../testing.ts';
import { speak, withdraw, writeDown } from './commands.server.ts';
import { mineIn, saidIn, voiceBytes, voiceOf } from './queries.server.ts';
import { as, proof, saying, type Phone } from './testing.ts';

ownDatabase();
const canary = 'CANARY-1e550c3d';
let facilitator: Viewer;
let voice: Buffer;

beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  voice = (await taggedVoices(canary))['voice.webm'] as Buffer;
});

const spoken = (phone: Phone, room: string, text = '') =>
  speak(
    proof(phone),
    room,
    { ...saying(phone, text), file: new File([new Uint8Array(voice)], 'x') },
    (_tx, deed) => deed(),
  );

describe('a voice', () => {
  test('is made anew, heard in the room only, and gone when who spoke takes it back', async () => {
    const [room, elsewhere] = [await aSession({ facilitator }), await aSession({ facilitator })];
    const [one, two, stranger] = [await aPhone(room.id), await aPhone(room.id), await aPhone(elsewhere.id)];
    expect(await spoken(one, room.id)).toMatchObject({ value: 'open' });
    const [heard] = await as(two, (tx) => saidIn(tx, room.id));
    expect(heard).toMatchObject({ text: '' });
    expect(heard?.voice).toBeCloseTo(0.8, 1);
    const statement = heard?.id ?? '';
    const label = await as(two, (tx) => voiceOf(tx, room.id, statement));
    const bytes = await as(two, (tx) => voiceBytes(tx, statement, 0, label?.size ?? 0));
    expect(bytes).toHaveLength(label?.size ?? -1);
    expect(holds(bytes ?? voice, canary)).toBe(false);
    expect(await as(stranger, (tx) => voiceOf(tx, room.id, statement))).toBeNull();
    expect(await as(stranger, (tx) => voiceBytes(tx, statement, 0, 10))).toBeNull();
    await as(one, (tx) => withdraw(tx, proof(one), room.id, statement));
    expect(await as(one, (tx) => voiceOf(tx, room.id, statement))).toBeNull();
  });

  test('is written down once, by who spoke or by who helps, and not by anyone else', async () => {
    const room = await aSession({ facilitator });
    const [one, two, helper] = [await aPhone(room.id), await aPhone(room.id), await aPhone(room.id)];
    await withViewer(operator, (tx) =>
      tx.updateTable('core.participant').set({ helps: true }).where('id', '=', helper.participant).execute(),
    );
    await spoken(one, room.id);
    await spoken(one, room.id);
    const [second, first] = await as(one, (tx) => mineIn(tx, room.id));
    const write = (phone: Phone, statement: string | undefined, text: string) =>
      as(phone, (tx) => writeDown(tx, proof(phone), room.id, { statement: statement ?? '', text }));
    expect(await write(two, first?.id, 'Iets anders')).toMatchObject({ reason: 'already' });
    expect((await write(one, first?.id, 'Ik kook graag.')).ok).toBe(true);
    expect((await write(helper, second?.id, 'Ik wil werken.')).ok).toBe(true);
    expect(await write(one, first?.id, 'Toch niet.')).toMatchObject({ reason: 'already' });
    expect((await as(two, (tx) => saidIn(tx, room.id))).map(({ text }) => text)).toEqual([
      'Ik wil werken.',
      'Ik kook graag.',
    ]);
  });

  test('is heard and written down by who leads the session too, and not by who leads another', async () => {
    const room = await aSession({ facilitator });
    const one = await aPhone(room.id);
    await spoken(one, room.id);
    const [mine] = await as(one, (tx) => mineIn(tx, room.id));
    const statement = mine?.id ?? '';
    const other = await aPerson('Bas', [{ role: 'facilitator' }]);
    const write = (viewer: Viewer) =>
      withViewer(viewer, (tx) =>
        writeDown(tx, facilitatorOf(viewer) as Facilitator, room.id, { statement, text: 'Ik kook graag.' }),
      );
    expect(await withViewer(other, (tx) => voiceOf(tx, room.id, statement))).toBeNull();
    expect(await withViewer(facilitator, (tx) => voiceOf(tx, room.id, statement))).not.toBeNull();
    expect(await write(other)).toMatchObject({ reason: 'already' });
    expect((await write(facilitator)).ok).toBe(true);
    expect(await as(one, (tx) => mineIn(tx, room.id))).toMatchObject([{ text: 'Ik kook graag.' }]);
  });

  test('what is no voice, is empty or comes too late is refused and leaves nothing', async () => {
    const room = await aSession({ facilitator, steps: ['stones'] });
    const one = await aPhone(room.id);
    expect(await spoken(one, room.id)).toMatchObject({ reason: 'not_now' });
    const open = await aSession({ facilitator });
    const two = await aPhone(open.id);
    const said = { ...saying(two, ''), file: new File(['<svg>'], 'x') };
    expect(await speak(proof(two), open.id, said, (_tx, deed) => deed())).toMatchObject({
      reason: 'voice_unknown',
    });
    expect(await as(two, (tx) => mineIn(tx, open.id))).toEqual([]);
  });
});
