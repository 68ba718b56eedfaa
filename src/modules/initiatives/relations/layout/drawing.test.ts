import { describe, expect, test } from 'vitest';
import { aField, aRelation, aStone, aWideField } from '../testing.ts';
import { drawingOf, layOut, widthOf } from './drawing.ts';
import type { DrawnStone } from './model.ts';

const drawing = layOut(aWideField(190));
const box = (stone: DrawnStone) => {
  const wide = widthOf(stone.name);
  const left =
    stone.label.anchor === 'start'
      ? stone.label.x
      : stone.label.x - (stone.label.anchor === 'end' ? wide : wide / 2);
  return { left, right: left + wide, top: stone.label.y - 15, bottom: stone.label.y + 4 };
};
const overlap = (a: ReturnType<typeof box>, b: ReturnType<typeof box>) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const pairs = <Item>(items: readonly Item[]) =>
  items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other] as const));

describe('a drawing of 190 entries', () => {
  test('is the same every time', () => {
    expect(layOut(aWideField(190))).toEqual(drawing);
  });

  test('keeps every stone on the paper and clear of every other, with room for a finger around it', () => {
    for (const stone of [...drawing.stones, ...drawing.alone]) {
      expect(stone.x).toBeGreaterThan(stone.size);
      expect(stone.x).toBeLessThan(drawing.width - stone.size);
      expect(stone.y).toBeGreaterThan(stone.size);
      expect(stone.y).toBeLessThan(drawing.height - stone.size);
    }
    for (const [one, other] of pairs(drawing.stones)) {
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.size + other.size + 10);
    }
  });

  test('shows no two names over each other, and hides no name that is asked for', () => {
    const shown = drawing.stones.filter((stone) => stone.label.always);
    for (const [one, other] of pairs(shown)) expect(overlap(box(one), box(other))).toBe(false);
    expect(shown.length).toBeGreaterThan(40);
    expect(drawing.stones.every((stone) => stone.name.length > 0)).toBe(true);
  });
});

test('entries without any relation lie on the beach, nobody is lost', () => {
  const small = layOut(aField([aRelation('knit member-of church')], [aStone('alone'), aStone('quiet')]));
  expect(small.stones.map((stone) => stone.slug).sort()).toEqual(['church', 'knit']);
  expect(small.alone.map((stone) => stone.slug)).toEqual(['alone', 'quiet']);
  expect(small.leftOut).toBe(0);
});

test('a field of 5,000 is drawn as its most connected, and says how many are left out', () => {
  const wide = layOut(aWideField(5000), 200);
  expect(wide.stones).toHaveLength(200);
  expect(wide.stones.length + wide.alone.length + wide.leftOut).toBe(5000);
});

test('an empty field is an empty drawing, not an error', () => {
  expect(layOut(aField([]))).toMatchObject({ stones: [], alone: [], leftOut: 0 });
});

test('the same field is drawn only once', () => {
  expect(drawingOf(aWideField(60))).toBe(drawingOf(aWideField(60)));
});
