import { beforeAll, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { layField, theRealField } from '../testing.ts';
import { parseShoreline } from './input.ts';
import { tidings } from './model.ts';
import { happenedBetween, livingOn, shores, tide } from './queries.server.ts';

ownDatabase();
const ask = <Answer>(work: (tx: Tx) => Promise<Answer>) => withViewer(visitor, work);

interface Row {
  id: string;
  startYear: number | null;
  status: string;
  endYear: number | null;
}
interface Happened {
  organisation: string;
  kind: string;
  date: string;
}
let rows: Row[];
let events: Happened[];

beforeAll(async () => {
  const field = await theRealField();
  rows = JSON.parse(field.organisations) as Row[];
  events = JSON.parse(field.trajectory) as Happened[];
  await layField(field);
}, 120_000);

const yearOf = (date: string) => Number(date.replace('~', '').slice(0, 4));

test('as many began and ended in each year as the files of the field tell', async () => {
  for (const { year, started, ended } of await ask((tx) => tide(tx, today()))) {
    const told = (kind: string) =>
      events.filter((event) => event.kind === kind && yearOf(event.date) === year).length;
    const without = (kind: string, row: Row) =>
      !events.some((event) => event.kind === kind && event.organisation === row.id);
    expect(started, `began in ${year}`).toBe(
      told('founded') + rows.filter((row) => row.startYear === year && without('founded', row)).length,
    );
    expect(ended, `ended in ${year}`).toBe(
      told('ended') +
        rows.filter((row) => row.status === 'ended' && row.endYear === year && without('ended', row)).length,
    );
  }
});

test('the tide is as high as the number that lives on its day, in every year', async () => {
  for (const { year, count } of await ask((tx) => tide(tx, today()))) {
    const last = `${year}-12-31` < today() ? `${year}-12-31` : today();
    expect(count, String(year)).toBe((await ask((tx) => livingOn(tx, last))).there);
  }
});

test('every spot of the moving tide never holds more than the tide itself', async () => {
  const [years, spots] = [await ask((tx) => tide(tx, today())), await ask((tx) => shores(tx, today()))];
  expect(spots.length).toBeGreaterThan(30);
  for (const [at, year] of years.entries()) {
    const sum = spots.reduce((all, spot) => all + (spot.counts[at] ?? 0), 0);
    expect(sum).toBeLessThanOrEqual(year.count);
    expect(sum).toBeGreaterThan(year.count * 0.7);
  }
});

test('what happened between two days is what the files tell of the days after the first up to the last', async () => {
  for (const [from, until] of [
    ['2014-06-01', '2024-06-01'],
    ['2015-12-31', '2016-01-01'],
    ['2019-12-31', '2020-12-31'],
    ['2020-02-29', '2020-03-01'],
  ] as const) {
    const told = await ask((tx) => happenedBetween(tx, from, until, 'nl'));
    const dayOf = (date: string) => `${date.replace('~', '')}-01-01`.slice(0, 10);
    const expected = events
      .filter((event) => (tidings as readonly string[]).includes(event.kind))
      .filter((event) => dayOf(event.date) > from && dayOf(event.date) <= until)
      .map((event) => `${dayOf(event.date)} ${event.kind} ${event.organisation}`);
    const founded = rows
      .filter(
        (row) =>
          row.startYear && !events.some((event) => event.organisation === row.id && event.kind === 'founded'),
      )
      .map((row) => `${row.startYear}-01-01 founded ${row.id}`);
    const ended = rows
      .filter(
        (row) =>
          row.status === 'ended' &&
          row.endYear &&
          !events.some((event) => event.organisation === row.id && event.kind === 'ended'),
      )
      .map((row) => `${row.endYear}-01-01 ended ${row.id}`);
    const all = [
      ...expected,
      ...[...founded, ...ended].filter((line) => line.slice(0, 10) > from && line.slice(0, 10) <= until),
    ];
    expect(told.map((one) => `${one.day} ${one.kind} ${one.slug}`).sort()).toEqual(all.sort());
    expect(told.map((one) => one.day)).toEqual(told.map((one) => one.day).sort());
  }
});

test('two adjoining stretches of days together tell what the whole tells', async () => {
  const between = (from: string, until: string) => ask((tx) => happenedBetween(tx, from, until, 'en'));
  const whole = await between('2013-12-31', '2024-06-01');
  const parts = [
    ...(await between('2013-12-31', '2018-08-31')),
    ...(await between('2018-08-31', '2024-06-01')),
  ];
  expect(parts).toEqual(whole);
  expect(await between('2020-01-01', '2020-01-01')).toEqual([]);
});

test('days at the far ends of the calendar can be asked', async () => {
  for (const day of ['1000-01-01', '2999-12-31']) {
    const { there, perhaps } = await ask((tx) => livingOn(tx, day));
    expect([there >= 0, perhaps > 0]).toEqual([true, true]);
    expect(await ask((tx) => happenedBetween(tx, day, day, 'nl'))).toEqual([]);
  }
});

test('on the leap day a year earlier is the last of February', () => {
  const read = parseShoreline(new URLSearchParams('until=2028-02-29'), '2028-02-29');
  expect(read.wish.between).toEqual({ from: '2027-02-28', until: '2028-02-29' });
  for (let days = 0; days < 1500; days++) {
    const day = daysLater('2026-01-01', days);
    const { between } = parseShoreline(new URLSearchParams(`until=${day}`), day).wish;
    expect(between && between.from < between.until, day).toBe(true);
  }
});
