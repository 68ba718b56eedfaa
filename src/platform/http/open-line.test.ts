import { expect, test } from 'vitest';
import { ownFrontDoor } from '../../../tests/support/front-door.ts';
import { openLine, type Way } from './open-line.ts';

const street = ownFrontDoor();
const bytes = (words: string) => Buffer.from(words);

/** Asks, at a door that keeps its line open; `ways` gets the way to who asked, and `left` counts who went. */
async function call(status = 200) {
  const kept: { way: Way | null; left: number } = { way: null, left: 0 };
  street.handler = (request, response) => {
    const body = openLine(request, (way) => {
      kept.way = way;
      return () => kept.left++;
    });
    expect(body).toBeNull();
    response.setHeader('content-type', 'text/event-stream');
    response.writeHead(status);
    response.end();
  };
  const leaving = new AbortController();
  const answer = await fetch(`${street.home}/nl/room/ABC234/live`, { signal: leaving.signal });
  return { answer, kept, leaving };
}

test('a line stays open after its answer, says what happens, and ends when its door ends it', async () => {
  const { answer, kept } = await call();
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
  expect(kept.way?.say(bytes('one '))).toBe(true);
  expect(kept.way?.say(bytes('two'))).toBe(true);
  kept.way?.end();
  expect(await answer.text()).toBe('one two');
  expect(kept.left).toBe(1);
});

test('who leaves is let go of, once', async () => {
  const { kept, leaving } = await call();
  leaving.abort();
  await expect.poll(() => kept.left).toBe(1);
});

test('one who takes nothing in is told to call again before much waits for them', async () => {
  const { kept } = await call();
  let many = 0;
  while (many < 10_000 && kept.way?.say(Buffer.alloc(65_536))) many++;
  expect(many).toBeLessThan(10_000);
  kept.way?.end();
});

test('an answer that is not a yes keeps no line', async () => {
  const { answer, kept } = await call(404);
  expect(await answer.text()).toBe('');
  expect(kept.way).toBeNull();
});

test('without our front door the same goes over a stream', async () => {
  let left = 0;
  const body = openLine({}, (way) => {
    way.say(bytes('one'));
    return () => left++;
  });
  const reader = body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one');
  await reader?.cancel();
  expect(left).toBe(1);
});
