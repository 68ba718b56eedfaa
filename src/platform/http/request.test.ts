import { expect, test } from 'vitest';
import { defaultLimits, refusalOf } from './request.ts';

const asked = (url: string) =>
  refusalOf({ method: 'GET', url, headers: { host: 'stones.example' } }, defaultLimits)?.status ?? null;

test.each([
  ['/data/v1/initiatives', null],
  ['/data/v1/initiatives/', 404],
  ['/data/v1/initiatives/?page=1', 404],
  ['/hsds/3.0/services/', 404],
  ['/hsds/3.0/services/x/', 404],
  ['/hsds/3.0/', null],
  ['/data/v1/?x=1', null],
  ['/data/v1/initiatives?q=a/', null],
  ['/nl/initiatives/', null],
])('%s of the open data is answered with %s before any door', (url, status) => {
  expect(asked(url)).toBe(status);
});
