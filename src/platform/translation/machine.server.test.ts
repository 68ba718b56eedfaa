import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { askMachine, machineAtHand, type Machine } from './machine.server.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A server on this machine that answers as told; also what it was asked. */
async function aServer(answer: (asked: string, response: ServerResponse, request: IncomingMessage) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push(Buffer.concat(parts).toString('utf8'));
      answer(asked.at(-1) ?? '', response, request);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const machine = machineAtHand({ TRANSLATE_URL: `http://127.0.0.1:${port}/api` });
  return { machine: machine as Machine, asked };
}

const inDutch = { from: 'ar', to: 'nl', texts: ['كنا معا', 'ثم ذهبنا'] };
const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

test('without an address no machine is at hand, and nothing but http is one', () => {
  expect(machineAtHand({})).toBeNull();
  expect(machineAtHand({ TRANSLATE_URL: 'file:///etc/hosts' })).toBeNull();
  expect(machineAtHand({ TRANSLATE_URL: 'nowhere' })).toBeNull();
});

test('a machine is asked as LibreTranslate is, and answers text by text', async () => {
  const { machine, asked } = await aServer((body, response, { url }) => {
    const { q } = JSON.parse(body) as { q: string[] };
    json(response, url === '/api/translate' ? 200 : 404, { translatedText: q.map((_, at) => `tekst ${at}`) });
  });
  expect(await askMachine({ ...machine, key: 'sleutel' }, inDutch)).toEqual({
    ok: true,
    value: ['tekst 0', 'tekst 1'],
  });
  expect(JSON.parse(asked[0] ?? '')).toEqual({
    q: inDutch.texts,
    source: 'ar',
    target: 'nl',
    format: 'text',
    api_key: 'sleutel',
  });
});

test.each([
  ['does not know the language', 400, { error: 'ti is not supported' }, 'machine_refused'],
  ['has too much to do', 429, {}, 'machine_busy'],
  ['broke', 500, {}, 'machine_silent'],
  ['answers something else', 200, { text: 'x' }, 'machine_unreadable'],
  ['answers fewer texts', 200, { translatedText: ['een'] }, 'machine_unreadable'],
  [
    'answers more than fits',
    200,
    { translatedText: ['a'.repeat(600_000), 'a'.repeat(600_000)] },
    'machine_unreadable',
  ],
])('a machine that %s is told of, and nothing is thrown', async (_what, status, body, reason) => {
  const { machine } = await aServer((_asked, response) => json(response, status, body));
  expect(await askMachine(machine, inDutch)).toMatchObject({ ok: false, reason });
});

test('a machine that is slow, gone or leads elsewhere is silent', async () => {
  const slow = await aServer(() => undefined);
  expect(await askMachine(slow.machine, inDutch, 100)).toMatchObject({ reason: 'machine_silent' });
  const leads = await aServer((_asked, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/translate' }).end();
  });
  expect(await askMachine(leads.machine, inDutch)).toMatchObject({ reason: 'machine_silent' });
  const gone = machineAtHand({ TRANSLATE_URL: 'http://127.0.0.1:9' }) as Machine;
  expect(await askMachine(gone, inDutch)).toMatchObject({ reason: 'machine_silent' });
});

test('more than a machine can be asked at once is not sent at all', async () => {
  const { machine, asked } = await aServer((_asked, response) => json(response, 200, {}));
  const much = { ...inDutch, texts: ['a'.repeat(30_001)] };
  expect(await askMachine(machine, much)).toMatchObject({ reason: 'machine_too_much' });
  expect(asked).toEqual([]);
});
