import { expect, test } from 'vitest';
import { answerInParts, parseRange } from './parts.ts';

test('of a sound any one part can be asked for, and no part beyond its end', () => {
  expect(parseRange(null, 100)).toBeNull();
  expect(parseRange('bytes=0-', 100)).toEqual({ from: 0, length: 100 });
  expect(parseRange('bytes=10-19', 100)).toEqual({ from: 10, length: 10 });
  expect(parseRange('bytes=90-500', 100)).toEqual({ from: 90, length: 10 });
  expect(parseRange('bytes=-30', 100)).toEqual({ from: 70, length: 30 });
  expect(parseRange('bytes=-300', 100)).toEqual({ from: 0, length: 100 });
  for (const beyond of ['bytes=100-', 'bytes=100-200', 'bytes=-0'])
    expect(parseRange(beyond, 100), beyond).toBe('unsatisfiable');
  for (const unclear of ['bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=1e3-', '-5'])
    expect(parseRange(unclear, 100), unclear).toBeNull();
});

test('what goes while it is read breaks off, and is not filled up with something else', async () => {
  let left = 2;
  const read = async ({ length }: { length: number }) =>
    left-- > 1 ? new Uint8Array(Math.min(length, 10)) : null;
  const answer = answerInParts(new Request('http://house/m/1'), 30, new Headers({ etag: '"1"' }), read);
  expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '30']);
  await expect(answer.arrayBuffer()).rejects.toThrow('It went while it was read.');
});
