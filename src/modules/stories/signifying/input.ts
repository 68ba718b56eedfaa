import type { Placing } from '../model.ts';
import { cornersOf, frames, sharesOf } from './model.ts';

/** How much of each corner a form can say, from nothing to all of it. */
export const weights = ['0', '1', '2', '3'] as const;
const corners = ['a', 'b', 'c'] as const;

/** Reads where a teller places their telling: `strength` is `fits` or `not`, and `strength.a` how much of the first corner. What is not said is skipped. */
export function parsePlacings(form: FormData): Placing[] {
  return frames.flatMap((frame): Placing[] => {
    const said = form.get(frame);
    if (said === 'not') return [{ frame, fits: false }];
    if (said !== 'fits') return [];
    const given = corners.slice(0, cornersOf(frame)).map((corner) => {
      const weight = String(form.get(`${frame}.${corner}`) ?? '');
      return (weights as readonly string[]).includes(weight) ? Number(weight) : 0;
    });
    const shares = sharesOf(given);
    return shares ? [{ frame, fits: true, shares }] : [];
  });
}
