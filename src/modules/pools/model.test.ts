import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expertAfter, poolAfter, poolStates, type ExpertDeed, type ExpertState } from './model.ts';

const deeds: readonly ExpertDeed[] = ['let-in', 'turn-away', 'rest', 'come-back', 'leave'];

test('whatever happens, nobody is in a pool without having been let in, and who left stays away', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...deeds), { maxLength: 30 }), (walk) => {
      let state: ExpertState = 'asking';
      let letIn = false;
      for (const deed of walk) {
        const after = expertAfter(state, deed);
        if (state === 'left') expect(after.ok).toBe(false);
        if (!after.ok) continue;
        letIn ||= deed === 'let-in';
        state = after.value;
        if (state === 'in' || state === 'resting') expect(letIn).toBe(true);
      }
    }),
  );
});

test('an ended pool stays ended, and every other one can be opened, rest and end', () => {
  for (const state of poolStates)
    for (const deed of ['open', 'rest', 'end'] as const)
      expect(poolAfter(state, deed).ok).toBe(state !== 'ended');
});
