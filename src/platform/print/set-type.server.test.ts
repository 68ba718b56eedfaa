import { expect, test } from 'vitest';
import type { PrintJob } from './job.ts';
import { setSheet } from './sheet.server.ts';
import { setType } from './set-type.server.ts';
import type { Sheet, SheetBlock } from './sheet.ts';

const aSheet = (blocks: readonly SheetBlock[], given: Partial<Sheet> = {}): Sheet => ({
  language: 'nl',
  kind: 'Initiatief',
  title: 'Taalcafé De Brug',
  subtitle: null,
  opening: null,
  blocks,
  address: 'https://steppingstones.example/nl/initiatives/de-brug',
  code: null,
  foot: [],
  day: '2026-03-04',
  ...given,
});
const aText = (text: string): SheetBlock => ({ type: 'text', words: text });
const aJob = (text: string): PrintJob => ({
  template: 'page',
  data: { ...aSheet([aText(text)]) },
  standard: 'ua-1',
  day: '2026-03-04',
});
const long = 'Een zin die niet ophoudt. '.repeat(8_000);

test('a sheet is the same bytes twice', async () => {
  const [first, second] = [
    await setSheet('page', aSheet([aText('Thee.')])),
    await setSheet('page', aSheet([aText('Thee.')])),
  ];
  expect(first).toMatchObject({ ok: true, value: { pages: 1 } });
  expect(first.ok && second.ok && Buffer.compare(first.value.pdf, second.value.pdf)).toBe(0);
});

test('what takes too long or too much is ended and says so, and the next is set all the same', async () => {
  expect(await setType(aJob(long), { time: 40 })).toMatchObject({ ok: false, reason: 'print_took_too_long' });
  expect(await setType(aJob(long), { memory: 20 * 1_048_576 })).toMatchObject({
    ok: false,
    reason: 'print_too_large',
  });
  expect(await setType(aJob('Thee.'))).toMatchObject({ ok: true });
});

test('more words than a file may hold are refused before anything is set', async () => {
  expect(await setType(aJob('x'.repeat(7_000_000)))).toMatchObject({ ok: false, reason: 'print_too_large' });
});

test('when too many wait the last ones hear so at once, and the others are set one after the other', async () => {
  const all = await Promise.all(Array.from({ length: 18 }, (_, n) => setType(aJob(`Blad ${n}.`))));
  const set = all.filter((one) => one.ok).length;
  expect(set).toBeGreaterThan(10);
  expect(all.filter((one) => !one.ok && one.reason === 'print_busy').length).toBe(18 - set);
  expect(set).toBeLessThan(18);
});

test('a picture that is none fails with what was wrong, and the press sets the next', async () => {
  const broken = await setSheet(
    'card',
    aSheet([{ type: 'drawing', svg: '<svg', alt: 'niets', caption: '' }]),
  );
  expect(broken).toMatchObject({ ok: false, reason: 'print_failed' });
  expect(await setSheet('wall', aSheet([aText('Thee.')]))).toMatchObject({ ok: true });
});

test('a letter that no face of ours knows is refused by name, and a sign becomes a ring', async () => {
  expect(await setSheet('page', aSheet([aText('中文')]))).toMatchObject({
    ok: false,
    reason: 'print_unknown_letters',
    details: { letters: '中 文' },
  });
  expect(await setSheet('page', aSheet([aText('Welkom 😀')]))).toMatchObject({ ok: true });
});
