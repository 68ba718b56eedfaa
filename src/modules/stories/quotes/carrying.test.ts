import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carry, hold, holds, mayCut, type Anchor, type HoldingBlock } from './model.ts';
import { anEdit, laidFlat, quotable, type Said } from './testing.ts';

// Each version is made of the one before by one edit; every sentence carries whose it is, which the rule never sees.
const versions = fc.tuple(
  fc.array(fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
  fc.array(anEdit, { minLength: 10, maxLength: 10 }),
);

/** Which sentence an anchor is, wholly and alone; null when it is a stretch of another length. */
function sentenceOf(said: readonly Said[], { block, start, end }: Anchor): string | null {
  let at = 0;
  for (const { key, text } of said.find((each) => each.key === block)?.sentences ?? []) {
    if (at === start && at + text.length === end) return key;
    at += text.length;
  }
  return null;
}

const slice = (blocks: readonly HoldingBlock[], { block, start, end }: Anchor) =>
  Buffer.from(blocks.find((each) => each.block === block)?.text.slice(start, end) ?? '', 'utf8');

test('10,000 edits: every quote that is shown is byte-equal to its version, and no twin inherits one', () => {
  let [edits, carried, asked, twins] = [0, 0, 0, 0];
  fc.assert(
    fc.property(versions, fc.infiniteStream(fc.nat(1_000_000)), ([begun, steps], lots) => {
      const lot = () => Number(lots.next().value);
      let said = quotable.begin(begun);
      let held: Anchor[] = quotable.quotes(said, lot);
      for (const step of steps) {
        const next = step(said);
        const [was, is] = [laidFlat(said), laidFlat(next)];
        edits++;
        const kept: Anchor[] = [];
        for (const anchor of held) {
          const over = carry(anchor, was, is);
          if (over === 'asked') {
            asked++;
            continue;
          }
          carried++;
          expect(over.block).toBe(anchor.block);
          expect(over.exact).toBe(anchor.exact);
          expect(slice(is, over).equals(Buffer.from(anchor.exact, 'utf8'))).toBe(true);
          expect(holds(over, is)).toBe(true);
          const text = is.find(({ block }) => block === over.block)?.text ?? '';
          expect(mayCut(text, over.start) && mayCut(text, over.end)).toBe(true);
          // Where the block's words did not change there is nothing that could have changed places.
          const sentence = sentenceOf(said, anchor);
          const changed = was.find(({ block }) => block === over.block)?.text !== text;
          if (sentence && changed) expect(sentenceOf(next, over)).toBe(sentence);
          if (is.some((each) => each.block !== over.block && each.text.includes(over.exact))) twins++;
          kept.push(over);
        }
        said = next;
        held = [...kept, ...quotable.quotes(said, lot).slice(0, 2)];
      }
    }),
    { numRuns: 1_000, seed: 20_261_123 },
  );
  expect(edits).toBe(10_000);
  // The edits tried both answers often, and twins stood in other blocks all the time.
  expect(Math.min(carried, asked, twins)).toBeGreaterThan(1_000);
});

test('a quote cannot be made of half a sign', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat(60), fc.nat(60), (text, a, b) => {
      const anchor = hold({ block: 'a', kind: 'paragraph', text }, a, b);
      if (anchor) expect(anchor.exact.isWellFormed() || !text.isWellFormed()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
