import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { afterAskDeed, askDeeds, askDeedsOf, askStates, stepTitle } from './model.ts';

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

test('the agenda of a step names a table only when that is open to everyone', () => {
  const titled = (openTo: string) =>
    stepTitle({ name: 'Tafel in de Hommelstraat', openTo }, (language) => speaker(language, catalogue));
  for (const openTo of ['table', 'network'])
    for (const words of Object.values(titled(openTo))) expect(words).not.toContain('Hommelstraat');
  expect(titled('everyone').nl).toContain('Tafel in de Hommelstraat');
  expect(Object.keys(titled('table'))).toEqual(['nl', 'en']);
});
