import { expect, test } from 'vitest';
import { logTo, type LogFacts } from './log.ts';

function aLog(level = 'info') {
  const lines: string[] = [];
  return { lines, log: logTo({ write: (line: string) => void lines.push(line) }, level) };
}

test('a line holds only what is on the list, whoever passes more', () => {
  const { lines, log } = aLog();
  log.tell('info', 'request.answered', {
    route: '/a',
    status: 200,
    ms: 1.234,
    requestId: 'r',
    ip: '203.0.113.7',
    url: '/?q=kanarie',
  } as LogFacts);
  const { time, ...rest } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(rest).toEqual({
    level: 'info',
    event: 'request.answered',
    route: '/a',
    status: 200,
    ms: 1.2,
    requestId: 'r',
  });
});

test('a surprise is told by its kind and its places in our code, never by its words', () => {
  const { lines, log } = aLog();
  log.tellSurprise(Object.assign(new TypeError('invalid input syntax: "kanarie"'), { code: '22P02' }));
  expect(lines[0]).not.toContain('kanarie');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    event: 'surprise',
    kind: 'TypeError 22P02',
  });
  expect((JSON.parse(lines[0] ?? '') as { at: string[] }).at[0]).toMatch(/^log\.test\.ts:\d+$/);
});

test('by default a visit leaves no line', () => {
  const { lines, log } = aLog('warn');
  log.tell('info', 'request.answered', { status: 200 });
  expect(lines).toEqual([]);
  expect(log.hears('info')).toBe(false);
});
