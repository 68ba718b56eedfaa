import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { openLine } from '#platform/http/open-line.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../../people/testing.ts';
import { castVote } from '../../ballots/commands.server.ts';
import { aPhone, aSession, aStatement } from '../../testing.ts';
import { tellRoom } from '../commands.server.ts';
import { hangUp, listenIn } from './hub.server.ts';
import { presenceOf } from './presence.server.ts';

const database = ownDatabase();
let leader: Viewer;
const open: ReadableStreamDefaultReader<Uint8Array>[] = [];
beforeAll(async () => {
  leader = await aPerson('Noor', [{ role: 'facilitator' }]);
});
afterAll(async () => {
  await Promise.all(open.map((reader) => reader.cancel()));
  await hangUp();
});

interface Heard {
  readonly events: string[];
  readonly counts: unknown[];
  leave(): Promise<void>;
}

async function streamOf(session: string, since: number | null, of: string) {
  const begin = await listenIn(session, since, of);
  return begin && openLine(undefined, begin);
}

/** Listens to a room as a phone does. */
async function listen(session: string, since: number | null = null, of = 'phone'): Promise<Heard> {
  const stream = await streamOf(session, since, of);
  if (!stream) throw new Error('There is no stream.');
  const reader = stream.getReader();
  open.push(reader);
  const heard: Heard = { events: [], counts: [], leave: () => reader.cancel() };
  const read = async () => {
    for (let text = ''; ;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += Buffer.from(value).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, data] = /^data: (.*)$/m.exec(block) ?? [];
        const [, id] = /^id: (\d+)$/m.exec(block) ?? [];
        if (data && id) heard.events.push(`${id} ${(JSON.parse(data) as { kind: string }).kind}`);
        else if (data) heard.counts.push(JSON.parse(data));
      }
    }
  };
  void read();
  return heard;
}
const tell = (session: string, kind: 'step' | 'statement' | 'people') =>
  withViewer(leader, (tx) => tellRoom(tx, session, kind));
const asAdmin = async (text: string) => {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(text).finally(() => client.end());
};

test('everyone in a room hears every event once and in order, and who comes back what they missed', async () => {
  const room = await aSession({ facilitator: leader });
  const elsewhere = await aSession({ facilitator: leader });
  const [one, other, stranger] = [await listen(room.id), await listen(room.id), await listen(elsewhere.id)];
  for (const kind of ['step', 'statement', 'statement'] as const) await tell(room.id, kind);
  const all = ['1 step', '2 statement', '3 statement'];
  await expect.poll(() => one.events).toEqual(all);
  await expect.poll(() => other.events).toEqual(all);
  expect(stranger.events).toEqual([]);
  const back = await listen(room.id, 1);
  await expect.poll(() => back.events).toEqual(['2 statement', '3 statement']);
  const late = await listen(room.id, 999);
  await tell(room.id, 'people');
  await expect.poll(() => late.events).toEqual(['4 people']);
  await expect.poll(() => back.events).toEqual(['2 statement', '3 statement', '4 people']);
});

test('what happens while the line is broken is heard when it is back', async () => {
  const room = await aSession({ facilitator: leader });
  const one = await listen(room.id);
  await tell(room.id, 'step');
  await expect.poll(() => one.events).toEqual(['1 step']);
  await asAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'steppingstones news of room' and datname = current_database()`,
  );
  await tell(room.id, 'statement');
  await expect.poll(() => one.events, { timeout: 3_000 }).toEqual(['1 step', '2 statement']);
});

test('votes are heard as counts, a few times a second at most, and never who or what', async () => {
  const room = await aSession({ facilitator: leader });
  const phones = await Promise.all(Array.from({ length: 20 }, () => aPhone(room.id)));
  const statement = await aStatement(room.id, 'Samen eten helpt.');
  const one = await listen(room.id);
  await expect.poll(() => one.counts).toEqual([{ people: 20, seen: {} }]);
  for (const { ballot } of phones) {
    await castVote({ session: room.id, viewer: ballot }, { statement, said: 'agree', seq: 1 });
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await expect.poll(() => one.counts.at(-1), { timeout: 3_000 }).toEqual({ seen: { 1: 20 } });
  expect(one.counts.length).toBeLessThanOrEqual(5);
  expect(one.events).toEqual([]);
  const again = await listen(room.id);
  await expect.poll(() => again.counts).toEqual([{ people: 20, seen: { 1: 20 } }]);
});

test('a phone that is turned away votes no more from the moment the room hears of it', async () => {
  const room = await aSession({ facilitator: leader });
  const one = await aPhone(room.id);
  await listen(room.id);
  const isIn = async () => (await presenceOf(room.code, one.word))?.people.has(one.participant);
  await expect.poll(async () => (await isIn()) && (await isIn())).toBe(true);
  await withViewer(operator, async (tx) => {
    await tx
      .updateTable('core.participant')
      .set({ state: 'turned-away' })
      .where('id', '=', one.participant)
      .execute();
    await tellRoom(tx, room.id, 'people');
  });
  await expect.poll(isIn, { timeout: 2_000 }).toBe(false);
  expect(await presenceOf(room.code, 'another word')).toBeNull();
});

test('one phone holds six open pages; the oldest is let go, and so is who cannot keep up', async () => {
  const room = await aSession({ facilitator: leader });
  const pages: Heard[] = [];
  for (let page = 0; page < 7; page++) pages.push(await listen(room.id, null, 'one phone'));
  await tell(room.id, 'step');
  await expect.poll(() => pages.slice(1).map(({ events }) => events.length)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(pages[0]?.events).toEqual([]);
  const deaf = await streamOf(room.id, null, 'deaf');
  for (let many = 0; many < 300; many++) await tell(room.id, 'people');
  await expect.poll(() => pages.at(-1)?.events.length).toBe(301);
  const reader = deaf?.getReader();
  let chunks = 0;
  while (reader && !(await reader.read()).done) chunks++;
  expect(chunks).toBeLessThanOrEqual(256);
});
