import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { afterAskDeed, askDeeds, askDeedsOf, askStates } from './model.ts';

test('an ask goes the ways that docs/states/connecting.md draws, and no other', async () => {
  const page = await readFile('docs/states/connecting.md', 'utf8');
  const drawn = [...page.matchAll(/^ {2}([a-z]+) --> ([a-z]+): ([a-z-]+)/gm)].map(
    ([, from, to, deed]) => `${from} ${deed} ${to}`,
  );
  const walked = askStates.flatMap((state) =>
    askDeeds.flatMap((deed) =>
      (['table', 'asker'] as const).flatMap((doer) => {
        const after = afterAskDeed(state, deed, doer);
        return after.ok ? [`${state} ${deed} ${after.value}`] : [];
      }),
    ),
  );
  expect(walked.toSorted()).toEqual(drawn.toSorted());
});

test('whether it is connected is said by who asked, never by the table', () => {
  expect(afterAskDeed('promised', 'connect', 'table').ok).toBe(false);
  expect(askDeedsOf('promised', 'asker')).toEqual(['connect', 'withdraw']);
  expect(askDeedsOf('promised', 'table')).toEqual(['wait-again']);
  expect(askDeedsOf('connected', 'asker')).toEqual([]);
});
