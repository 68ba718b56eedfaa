import { expect, test } from 'vitest';
import { fewest, patternOf, type CodedVoice } from './model.ts';

/** Voices in groups: of each value how many there are, and how many of those have the code. */
function voicesIn(groups: Readonly<Record<string, readonly [all: number, coded: number]>>): CodedVoice[] {
  return Object.entries(groups).flatMap(([value, [all, coded]]) =>
    Array.from({ length: all }, (_, at) => ({
      telling: `${value}${at}`,
      values: [value],
      codes: new Set(at < coded ? ['hope'] : []),
    })),
  );
}
const looked = (groups: Parameters<typeof voicesIn>[0]) => patternOf(['hope'], voicesIn(groups));

test('numbers of five and more are shown, with what they are part of', () => {
  expect(looked({ ar: [20, 12], nl: [30, 8], ti: [15, 6] })).toEqual({
    values: ['ar', 'nl', 'ti'],
    voices: [20, 30, 15],
    all: 65,
    rows: [{ code: 'hope', cells: [12, 8, 6], all: 26 }],
  });
});

test('fewer than five voices are hidden, and so is one more number beside them, so that the total does not tell', () => {
  const [row] = looked({ ar: [20, 12], nl: [30, 9], ti: [15, 3] }).rows;
  expect(row).toEqual({ code: 'hope', cells: [12, null, null], all: 24 });
});

test('that nobody said it is hidden as well', () => {
  expect(looked({ ar: [20, 12], nl: [30, 9], ti: [15, 0] }).rows[0]?.cells).toEqual([12, null, null]);
});

test('that nearly everyone said it is hidden, for it tells of the few who did not', () => {
  expect(looked({ ar: [20, 18], nl: [30, 9], ti: [15, 8] }).rows[0]?.cells[0]).toBeNull();
});

test('a group of fewer than five voices is not counted in any row, and no total gives it away', () => {
  const found = looked({ ar: [20, 12], nl: [30, 9], ti: [2, 2] });
  expect(found.voices.at(2)).toBeNull();
  expect(found.voices.filter((cell) => cell === null).length).toBeGreaterThan(1);
  expect(found.rows[0]?.cells.at(2)).toBeNull();
  expect(found.rows[0]?.cells.filter((cell) => cell === null).length).toBeGreaterThan(1);
});

test('a total is the same by whatever voices are looked at, or hidden by all', () => {
  const voices = voicesIn({ ar: [20, 12], nl: [30, 9], ti: [15, 3] });
  const asOne = voices.map((voice) => ({ ...voice, values: ['newcomer'] }));
  expect(patternOf(['hope'], asOne).rows[0]?.all).toBe(patternOf(['hope'], voices).rows[0]?.all);
  expect(looked({ nl: [3, 2] })).toMatchObject({
    voices: [null],
    all: null,
    rows: [{ cells: [null], all: null }],
  });
});

/**
 * What someone who sees only the pattern must hold possible: the least and the most of each hidden number, by trying every
 * table there is. Of groups whose size is hidden, only their sum is known.
 */
function possible(
  cells: readonly (number | null)[],
  rooms: readonly (number | null)[],
  total: number | null,
  inHidden: number,
): { least: number; most: number }[] {
  const told = cells.map(() => ({ least: Infinity, most: -Infinity }));
  const walk = (at: number, so: readonly number[], sum: number, unseen: number): void => {
    if (unseen > inHidden || (total !== null && sum > total)) return;
    if (at === cells.length) {
      if (total !== null && sum !== total) return;
      so.forEach((count, where) => {
        const each = told[where];
        if (each)
          Object.assign(each, { least: Math.min(each.least, count), most: Math.max(each.most, count) });
      });
      return;
    }
    const [cell, room] = [cells[at] ?? null, rooms[at] ?? null];
    const least = cell ?? 0;
    for (let count = least; count <= (cell ?? room ?? inHidden); count++)
      walk(at + 1, [...so, count], sum + count, unseen + (room === null ? count : 0));
  };
  walk(0, [], 0, 0);
  return told.filter((_, at) => cells[at] === null);
}

test('whoever subtracts everything that is shown from everything else never comes within five of what is hidden', () => {
  let seed = 11;
  const draw = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
  let hidden = 0;
  let shown = 0;
  for (let round = 0; round < 600; round++) {
    const groups = Object.fromEntries(
      Array.from({ length: 2 + draw(3) }, (_, at) => {
        const all = 1 + draw(18);
        return [`v${at}`, [all, draw(all + 1)] as const];
      }),
    );
    const found = looked(groups);
    const inHidden = (found.all ?? 0) - found.voices.reduce<number>((sum, cell) => sum + (cell ?? 0), 0);
    if (found.all !== null) {
      const rooms = found.voices.map(() => found.all);
      for (const { least, most } of possible(found.voices, rooms, found.all, found.all))
        expect(most - least + 1).toBeGreaterThanOrEqual(fewest);
    }
    for (const row of found.rows) {
      if (row.all === null) {
        expect(row.cells.every((cell) => cell === null)).toBe(true);
        continue;
      }
      for (const { least, most } of possible(row.cells, found.voices, row.all, inHidden)) {
        hidden++;
        expect(most - least + 1, JSON.stringify([groups, found])).toBeGreaterThanOrEqual(fewest);
      }
      row.cells.forEach((cell, at) => {
        if (cell === null) return;
        shown++;
        const group = found.voices[at];
        expect(cell).toBeGreaterThanOrEqual(fewest);
        if (typeof group === 'number') expect(group - cell).toBeGreaterThanOrEqual(fewest);
      });
    }
  }
  expect(hidden).toBeGreaterThan(500);
  expect(shown).toBeGreaterThan(50);
});

test('where a voice has several values at once, a small number is hidden and the rest does not tell it', () => {
  const voices = Array.from({ length: 20 }, (_, at) => ({
    telling: String(at),
    values: at < 12 ? ['work', 'language'] : ['work'],
    codes: new Set(at < 3 || at > 12 ? ['hope'] : []),
  }));
  expect(patternOf(['hope'], voices).rows[0]).toEqual({ code: 'hope', cells: [null, 10], all: 10 });
  // Everyone who is not in the one group is in the other: what the total leaves over would tell of the smaller.
  const apart = voices.map((voice, at) => ({
    ...voice,
    values: at < 12 ? ['language'] : at < 13 ? ['work', 'language'] : ['work'],
  }));
  const [row] = patternOf(['hope'], apart).rows;
  expect(row?.cells).toEqual([null, null]);
});
